"""Expected values of audit/metrics/predictions.h, made with fairlearn.

python fairlearn_disparities.py   writes fairlearn_disparities.json beside this file.

A table is held as counts[group][label][prediction]. `tables` are those on which fairlearn is
defined; `silent` are those where it answers with a number although a group or a rate has no rows.
"""
import json
import pathlib

import fairlearn
import numpy as np
import pandas as pd
import sklearn
from fairlearn import metrics as fm
from sklearn.metrics import (accuracy_score, balanced_accuracy_score, f1_score, precision_score,
                             recall_score, zero_one_loss)

BINARY = {
    "count": fm.count,
    "accuracy": accuracy_score,
    "balanced_accuracy": balanced_accuracy_score,
    "zero_one_loss": zero_one_loss,
    "selection_rate": fm.selection_rate,
    "true_positive_rate": fm.true_positive_rate,
    "true_negative_rate": fm.true_negative_rate,
    "false_positive_rate": fm.false_positive_rate,
    "false_negative_rate": fm.false_negative_rate,
    "precision": precision_score,
    "recall": recall_score,
    "f1": f1_score,
}
MULTICLASS = {k: BINARY[k] for k in ("count", "accuracy", "balanced_accuracy", "zero_one_loss")}
NAMED = ["demographic_parity_difference", "demographic_parity_ratio", "equalized_odds_difference",
         "equalized_odds_ratio", "equal_opportunity_difference", "equal_opportunity_ratio"]


def rows_of(counts):
    """Label, prediction and group of every row of a table of counts."""
    cells = [(y, p, g, n) for g, table in enumerate(counts) for y, line in enumerate(table)
             for p, n in enumerate(line)]
    repeat = [n for *_, n in cells]
    return tuple(np.repeat([cell[i] for cell in cells], repeat) for i in range(3))


def number(value):
    """None where fairlearn itself has no number."""
    value = float(value)
    return value if np.isfinite(value) else None


def expected(counts, functions, named):
    y, p, g = rows_of(counts)
    frame = fm.MetricFrame(metrics=functions, y_true=y, y_pred=p, sensitive_features=g)
    result = {"overall": {m: number(frame.overall[m]) for m in functions},
              "by_group": [{m: number(frame.by_group[m].loc[i]) for m in functions}
                           for i in range(len(counts))],
              "disparities": {}}
    difference, ratio = frame.difference(), frame.ratio()
    for m in functions:
        result["disparities"][m + "_difference"] = number(difference[m])
        result["disparities"][m + "_ratio"] = number(ratio[m])
    for name in named:
        value = getattr(fm, name)(y, p, sensitive_features=g)
        result["disparities"][name] = number(value)
    return result


def random_counts(rng, groups, classes, rows):
    """Every group has every label and every prediction, so that all metrics are defined."""
    while True:
        share = rng.dirichlet(np.full(groups * classes * classes, 1.5))
        counts = rng.multinomial(rows, share).reshape(groups, classes, classes)
        if (counts.sum(axis=2) > 0).all() and (counts.sum(axis=1) > 0).all():
            return counts.tolist()


def silent_case(says, metric, counts, group_columns):
    """A disparity that fairlearn gives for a table with an empty group or denominator."""
    y, p, g = rows_of(counts)
    second = g % 2
    features = pd.DataFrame({"a": g // 2, "b": second}) if group_columns == 2 else g
    frame = fm.MetricFrame(metrics={metric: BINARY[metric]}, y_true=y, y_pred=p,
                           sensitive_features=features)
    return {"says": says, "metric": metric, "counts": counts, "group_columns": group_columns,
            "fairlearn_difference": number(frame.difference()[metric])}


def main():
    rng = np.random.default_rng(20260117)
    tables = []
    for i in range(60):
        classes = 2 if i < 45 else int(rng.integers(3, 6))
        groups = int(rng.integers(2, 6))
        rows = int(rng.integers(max(20, 4 * groups * classes), 2001))
        counts = random_counts(rng, groups, classes, rows)
        functions, named = (BINARY, NAMED) if classes == 2 else (MULTICLASS, [])
        tables.append({"counts": counts, **expected(counts, functions, named)})
    silent = [
        silent_case("a group without positive labels", "true_positive_rate",
                    [[[30, 10], [5, 25]], [[20, 4], [0, 0]]], 1),
        silent_case("a group without negative labels", "false_positive_rate",
                    [[[30, 10], [5, 25]], [[0, 0], [3, 9]]], 1),
        silent_case("a group without positive predictions", "precision",
                    [[[30, 10], [5, 25]], [[20, 0], [4, 0]]], 1),
        silent_case("an intersection without rows", "selection_rate",
                    [[[8, 2], [3, 7]], [[6, 4], [2, 8]], [[9, 1], [7, 3]], [[0, 0], [0, 0]]], 2),
    ]
    out = {"made_with": {"fairlearn": fairlearn.__version__, "scikit-learn": sklearn.__version__},
           "tables": tables, "silent": silent}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, indent=None, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
