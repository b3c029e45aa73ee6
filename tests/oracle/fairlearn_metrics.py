"""The functions that fairlearn's MetricFrame is given, by the names that afaudit has for them."""
import numpy as np
from fairlearn import metrics as fm
from sklearn import metrics as sk

RATES = {
    "accuracy": sk.accuracy_score,
    "balanced_accuracy": sk.balanced_accuracy_score,
    "zero_one_loss": sk.zero_one_loss,
    "mean_prediction": fm.mean_prediction,
    "selection_rate": fm.selection_rate,
    "true_positive_rate": fm.true_positive_rate,
    "true_negative_rate": fm.true_negative_rate,
    "false_positive_rate": fm.false_positive_rate,
    "false_negative_rate": fm.false_negative_rate,
    "precision": sk.precision_score,
    "recall": sk.recall_score,
    "f1": sk.f1_score,
}


def macro(score):
    return lambda y, p, **weights: score(y, p, average="macro", **weights)


MULTICLASS_RATES = {
    **{k: RATES[k] for k in ("accuracy", "balanced_accuracy", "zero_one_loss", "mean_prediction")},
    "macro_precision": macro(sk.precision_score),
    "macro_recall": macro(sk.recall_score),
    "macro_f1": macro(sk.f1_score),
}

NAMED = ("demographic_parity", "equalized_odds", "equal_opportunity")


def number(value):
    """15 digits for a JSON file; None where it is undefined."""
    value = float(value)
    return float(f"{value:.15g}") if np.isfinite(value) else None
