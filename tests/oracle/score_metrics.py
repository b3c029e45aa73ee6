"""Expected values of audit/metrics/score_metrics.h, made with scikit-learn and fairlearn.

python score_metrics.py   writes score_metrics.json beside this file.

`tables`: rows as group, label and score (two decimals, so that there are ties); every group has both
labels.
"""
import json
import pathlib
import warnings

import numpy as np
import sklearn
from fairlearn import metrics as fm
from sklearn import metrics as sk

warnings.filterwarnings("ignore")


def calibration_error(y, s):
    bins = np.minimum((s * 10).astype(int), 9)
    return sum(abs(y[bins == b].mean() - s[bins == b].mean()) * (bins == b).mean()
               for b in range(10) if (bins == b).any())


METRICS = {"log_loss": lambda y, s: sk.log_loss(y, s, labels=[0, 1]), "roc_auc": sk.roc_auc_score,
           "expected_calibration_error": calibration_error, "mean_score": lambda y, s: s.mean()}


def scores(rng):
    groups, rows = int(rng.integers(2, 4)), int(rng.integers(20, 80))
    while True:
        g, y = rng.integers(0, groups, rows), rng.integers(0, 2, rows)
        if all(set(y[g == i]) == {0, 1} for i in range(groups)):
            break
    s = np.clip(np.round(rng.beta(2, 2, rows) * 0.7 + 0.3 * y, 2), 0.01, 0.99)
    frame = fm.MetricFrame(metrics=METRICS, y_true=y, y_pred=s, sensitive_features=g)
    return {"groups": groups, "group": g.tolist(), "label": y.tolist(), "score": s.tolist(),
            "overall": frame.overall.to_dict(),
            "by_group": [frame.by_group.loc[i].to_dict() for i in range(groups)],
            "_difference": frame.difference().to_dict(), "_ratio": frame.ratio().to_dict(),
            "_difference_to_overall": frame.difference(method="to_overall").to_dict()}


def main():
    rng = np.random.default_rng(20260122)
    out = {"made_with": {"scikit-learn": sklearn.__version__},
           "tables": [scores(rng) for _ in range(40)]}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
