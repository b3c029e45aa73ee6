"""Expected values of audit/metrics/score_metrics.h and of BCa intervals, made with scikit-learn, fairlearn
and scipy.

python score_metrics.py   writes score_metrics.json beside this file.

`tables`: rows as group, label and score (two decimals, so that there are ties); every group has both
labels. `bca`: intervals of functions of counts by scipy.stats.bootstrap with 50,000 resamples.
"""
import json
import pathlib
import warnings

import numpy as np
import scipy
import sklearn
from fairlearn import metrics as fm
from scipy import stats
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


def share(cells, top, bottom):
    """Rows in some cells over rows in others, along the last axis."""
    count = lambda which: np.isin(cells, which).sum(axis=-1)
    return count(top) / count(bottom)


def f1_of(cells, first):
    """F1 of the group whose cells begin there."""
    count = lambda which: np.isin(cells, [first + i for i in which]).sum(axis=-1)
    return 2 * count([3]) / (2 * count([3]) + count([1, 2]))


# Cells are numbered group x 4 + label x 2 + prediction.
STATISTICS = {
    "f1": lambda c: 2 * np.isin(c, [3, 7]).sum(-1) /
    (2 * np.isin(c, [3, 7]).sum(-1) + np.isin(c, [1, 2, 5, 6]).sum(-1)),
    "balanced_accuracy": lambda c: (share(c, [0, 4], [0, 1, 4, 5]) +
                                    share(c, [3, 7], [2, 3, 6, 7])) / 2,
    "f1_difference": lambda c: f1_of(c, 4) - f1_of(c, 0),
}


def bca(counts):
    cells = np.repeat(np.arange(8), counts)
    result = {"counts": counts}
    for name, statistic in STATISTICS.items():
        found = stats.bootstrap((cells,), lambda c, axis=-1, s=statistic: s(c), n_resamples=50_000,
                                method="BCa", vectorized=True, batch=2_000,
                                random_state=np.random.default_rng(5))
        ends = [found.confidence_interval.low, found.confidence_interval.high]
        # A difference is of the groups in the order in which the data have it above 0.
        result[name] = ends if statistic(cells) > 0 else [-ends[1], -ends[0]]
    return result


def main():
    rng = np.random.default_rng(20260122)
    out = {"made_with": {"scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
           "tables": [scores(rng) for _ in range(40)],
           "bca": [bca(c) for c in ([30, 10, 5, 25, 20, 4, 9, 40], [80, 20, 10, 90, 50, 50, 30, 70],
                                    [9, 3, 4, 14, 12, 6, 2, 10])]}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
