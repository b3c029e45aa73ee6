"""Predictions by sex, and differential fairness, against AIF360.

AIF360 compares an unprivileged group with a privileged one and keeps the sign; ours are the largest value less the
smallest, and the smallest over the largest. With two groups they are equal but for sign and for which is divided by
which. Its between_group indices know two groups only.
"""
import numpy as np
from aif360.datasets import BinaryLabelDataset
from aif360.metrics import BinaryLabelDatasetMetric, ClassificationMetric

from held import Held, group_options

DIFFERENCES = {
    "demographic_parity": "statistical_parity_difference",
    "equal_opportunity": "equal_opportunity_difference",
    "true_positive_rate": "true_positive_rate_difference",
    "false_positive_rate": "false_positive_rate_difference",
    "false_negative_rate": "false_negative_rate_difference",
    "predictive_parity": "false_discovery_rate_difference",  # 1 - precision
    "zero_one_loss": "error_rate_difference",
    "equalized_odds": "equalized_odds_difference",
    "equalized_odds_mean": "average_abs_odds_difference",
}
RATIOS = {
    "demographic_parity": "disparate_impact",
    "false_positive_rate": "false_positive_rate_ratio",
    "false_negative_rate": "false_negative_rate_ratio",
    "zero_one_loss": "error_rate_ratio",
}
VALUES = {
    "accuracy": "accuracy",
    "zero_one_loss": "error_rate",
    "selection_rate": "selection_rate",
    "true_positive_rate": "true_positive_rate",
    "true_negative_rate": "true_negative_rate",
    "false_positive_rate": "false_positive_rate",
    "false_negative_rate": "false_negative_rate",
    "precision": "positive_predictive_value",
    "recall": "recall",
}


def dataset(table, label, column, groups):
    codes = {g: table[g].astype("category").cat.codes.astype(float) for g in groups}
    frame = table[[]].assign(**codes, **{label: table[column].astype(float)})
    return BinaryLabelDataset(df=frame, label_names=[label], protected_attribute_names=groups)


def hold_classification(held, report, metric):
    for ours, theirs in VALUES.items():
        held.same(ours, report["overall"][ours]["value"], getattr(metric, theirs)())
        for entry in report["by_group"]:
            held.same(f"{ours} of {entry['sex']}", entry["metrics"][ours]["value"],
                      getattr(metric, theirs)(privileged=entry["sex"] == "male"))
    disparities = {name: one["value"] for name, one in report["disparities"].items()}
    for ours, theirs in DIFFERENCES.items():
        held.same(ours, disparities[f"{ours}_difference"], abs(getattr(metric, theirs)()))
    for ours, theirs in RATIOS.items():
        ratio = getattr(metric, theirs)()
        held.same(ours, disparities[f"{ours}_ratio"], min(ratio, 1 / ratio))
    held.same("GE", report["overall"]["generalized_entropy_index"]["value"], metric.generalized_entropy_index())
    held.same("Theil", report["overall"]["theil_index"]["value"], metric.theil_index())
    held.same("CV", np.sqrt(2 * report["overall"]["generalized_entropy_index"]["value"]),
              metric.coefficient_of_variation())
    held.same("between groups, GE", disparities["between_group_generalized_entropy_index"],
              metric.between_group_generalized_entropy_index())
    held.same("between groups, Theil", disparities["between_group_theil_index"], metric.between_group_theil_index())


def hold_aif360(auditor, title, table, label):
    held = Held(f"{title}: predictions by sex, AIF360")
    truth, predicted = (dataset(table, label, column, ["sex"]) for column in (label, "prediction"))
    metric = ClassificationMetric(truth, predicted, unprivileged_groups=[{"sex": 0.0}],
                                  privileged_groups=[{"sex": 1.0}])
    report = auditor.of_table("predictions.csv", table, "--label", label, "--prediction", "prediction",
                              "--group", "sex")
    hold_classification(held, report, metric)
    groups = ["race", "sex"]
    rates = auditor.of_table("rates.csv", table, "--label", label, *group_options(groups))
    metric = BinaryLabelDatasetMetric(dataset(table, label, label, groups))
    # A concentration of K is a prior of one row for each of K classes.
    held.same("smoothed differential fairness", rates["differential_fairness"]["smoothed"]["value"],
              metric.smoothed_empirical_differential_fairness(concentration=2.0))
    held.done()
