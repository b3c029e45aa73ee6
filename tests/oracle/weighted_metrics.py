"""Expected values of metrics and shares of rows with weights, made with fairlearn, scikit-learn, scipy
and statsmodels.

python weighted_metrics.py   writes weighted_metrics.json beside this file.

40 random tables of rows: group, label, prediction, score (two decimals, so that there are ties) and
weight. Metrics are fairlearn's MetricFrame with `sample_weight` for every function. Intervals are
statsmodels' of Kish's effective number of rows. Calibration error by its definition.
"""
import json
import pathlib
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
from fairlearn import __version__ as fairlearn_version
from fairlearn import metrics as fm
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn import metrics as sk
from statsmodels.stats.proportion import proportion_confint

from fairlearn_metrics import MULTICLASS_RATES, NAMED, RATES, number

warnings.filterwarnings("ignore")

def calibration_error(y, s, sample_weight):
    bins = np.minimum((s * 10).astype(int), 9)
    return sum(abs(np.sum((sample_weight * (y - s))[bins == b])) for b in range(10)) / sum(
        sample_weight)


SCORES = {
    "log_loss": lambda y, s, sample_weight: sk.log_loss(y, s, sample_weight=sample_weight,
                                                        labels=[0, 1]),
    "roc_auc": sk.roc_auc_score,
    "expected_calibration_error": calibration_error,
    "mean_score": lambda y, s, sample_weight: np.average(s, weights=sample_weight),
}


def frame_values(functions, y, p, g, w):
    params = {name: {"sample_weight": w} for name in functions}
    frame = fm.MetricFrame(metrics=functions, y_true=y, y_pred=p, sensitive_features=g,
                           sample_params=params)
    values = {"overall": {m: number(frame.overall[m]) for m in functions},
              "by_group": [{m: number(frame.by_group[m].loc[i]) for m in functions}
                           for i in sorted(set(g))]}
    for suffix, of in (("_difference", frame.difference()), ("_ratio", frame.ratio()),
                       ("_difference_to_overall", frame.difference(method="to_overall")),
                       ("_ratio_to_overall", frame.ratio(method="to_overall"))):
        values[suffix] = {m: number(of[m]) for m in functions}
    return values


def named(y, p, g, w):
    return {f"{name}_{kind}": number(getattr(fm, f"{name}_{kind}")(
        y, p, sensitive_features=g, sample_weight=w))
        for kind in ("difference", "ratio")
        for name in NAMED}


def shares(y, g, w):
    """By label and group: share of all weight, with Wilson's and Clopper-Pearson's interval."""
    effective = w.sum() ** 2 / (w ** 2).sum()
    out = []
    for label in sorted(set(y)):
        for group in sorted(set(g)):
            share = w[(y == label) & (g == group)].sum() / w.sum()
            out.append([number(share)] + [
                number(end) for method in ("wilson", "beta")
                for end in proportion_confint(share * effective, effective, method=method)])
    return {"effective_rows": number(effective), "cells": out}


def association(y, g, w):
    table = np.array([[w[(y == label) & (g == group)].sum() for group in sorted(set(g))]
                      for label in sorted(set(y))])
    chi2 = stats.chi2_contingency(table, correction=False).statistic
    return {"cramers_v": number(np.sqrt(chi2 / table.sum() / (min(table.shape) - 1))),
            # scikit-learn's mutual_info_score cuts weights down to whole numbers.
            "mutual_information": number(stats.entropy(table.sum(axis=0))
                                         + stats.entropy(table.sum(axis=1))
                                         - stats.entropy(table.ravel())),
            "class_entropy": number(stats.entropy(table.sum(axis=1)))}


def drift(y, g, w, chosen):
    cells = [(label, group) for label in sorted(set(y)) for group in sorted(set(g))]
    of = lambda rows: np.array([w[rows & (y == a) & (g == b)].sum() for a, b in cells])
    pool, labelled = of(np.full(len(y), True)), of(chosen)
    pool, labelled = pool / pool.sum(), labelled / labelled.sum()
    return {"total_variation": number(np.abs(pool - labelled).sum() / 2),
            "jensen_shannon": number(jensenshannon(labelled, pool, base=2) ** 2),
            "representation": [number(r) for r in labelled / pool]}


def random_table(rng, classes):
    groups = int(rng.integers(2, 5))
    while True:
        n = int(rng.integers(20 * classes, 161))
        g = rng.integers(0, groups, n)
        y = rng.integers(0, classes, n)
        p = np.where(rng.random(n) < 0.6, y, rng.integers(0, classes, n))
        if all(len(set(of[g == i])) == classes for of in (y, p) for i in range(groups)):
            break
    w = np.round(np.exp(rng.normal(0, 1, n)), 3) + 0.001
    s = np.round(np.clip(0.25 + 0.5 * (y == 1) + rng.normal(0, 0.25, n), 0.01, 0.99), 2)
    return g, y, p, s, w


def main():
    rng = np.random.default_rng(20260303)
    tables = []
    for i in range(40):
        classes = 2 if i < 30 else 3
        g, y, p, s, w = random_table(rng, classes)
        table = {"group": g.tolist(), "label": y.tolist(), "prediction": p.tolist(),
                 "score": s.tolist(), "weight": [number(x) for x in w],
                 "metrics": frame_values(RATES if classes == 2 else MULTICLASS_RATES, y, p, g, w),
                 "shares": shares(y, g, w), "association": association(y, g, w)}
        chosen = rng.random(len(y)) < 0.6
        if all(chosen[(y == a) & (g == b)].any() for a in set(y) for b in set(g)):
            table["chosen"] = chosen.tolist()
            table["drift"] = drift(y, g, w, chosen)
        if classes == 2:
            table["named"] = named(y, p, g, w)
            table["scores"] = frame_values(SCORES, y, s, g, w)
        tables.append(table)
    out = {"made_with": {"fairlearn": fairlearn_version, "scikit-learn": sklearn.__version__,
                         "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
           "tables": tables}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
