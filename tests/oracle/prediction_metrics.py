"""Expected values of audit/metrics/predictions.h, made with fairlearn, scikit-learn and AIF360.

python prediction_metrics.py   writes prediction_metrics.json beside this file.

200 random tables, held as counts[group][label][prediction]; every group has every label and every
prediction, so that all metrics are defined. The groups' own values are kept of every fourth. Needs
fairlearn 0.15.0, scikit-learn, aif360 (its inequality indices; without it their definition is
evaluated row by row, which is checked to give the same).
"""
import json
import pathlib
import warnings

import numpy as np
import pandas as pd
import sklearn
from fairlearn import __version__ as fairlearn_version
from fairlearn import metrics as fm
from sklearn import metrics as sk

from fairlearn_metrics import MULTICLASS_RATES, NAMED, RATES, number

warnings.filterwarnings("ignore")


def entropy(benefits, alpha):
    """Speicher et al. 2018, equation 2, over rows."""
    r = np.asarray(benefits, float) / np.mean(benefits)
    if alpha == 1:
        return float(np.mean(np.where(r > 0, r * np.log(np.where(r > 0, r, 1)), 0)))
    return float(np.mean(r ** alpha - 1) / (alpha * (alpha - 1)))


def benefits_of(y, p):
    return p.astype(int) - y.astype(int) + 1


BINARY = {
    "count": fm.count,
    **RATES,
    "generalized_entropy_index": lambda y, p: entropy(benefits_of(y, p), 2),
    "theil_index": lambda y, p: entropy(benefits_of(y, p), 1),
}
MULTICLASS = {"count": fm.count, **MULTICLASS_RATES}


def one_vs_rest(classes):
    functions = {}
    for k in range(classes):
        for name, score in (("precision", sk.precision_score), ("recall", sk.recall_score),
                            ("f1", sk.f1_score)):
            functions[f"{name}[{k}]"] = (lambda y, p, s=score, k=k: s(y == k, p == k))
        functions[f"selection_rate[{k}]"] = lambda y, p, k=k: float(np.mean(p == k))
    return functions


def rows_of(counts):
    cells = [(y, p, g, n) for g, table in enumerate(counts) for y, line in enumerate(table)
             for p, n in enumerate(line)]
    repeat = [n for *_, n in cells]
    return tuple(np.repeat([cell[i] for cell in cells], repeat) for i in range(3))


def between_groups(y, p, g, alpha):
    b = pd.Series(benefits_of(y, p))
    return entropy(b.groupby(g).transform("mean"), alpha)


def expected(counts, functions, binary, with_groups):
    y, p, g = rows_of(counts)
    frame = fm.MetricFrame(metrics=functions, y_true=y, y_pred=p, sensitive_features=g)
    values = {"overall": [number(frame.overall[m]) for m in functions],
              "by_group": [[number(frame.by_group[m].loc[i]) for m in functions]
                           for i in range(len(counts))] if with_groups else []}
    for suffix, of in (("_difference", frame.difference()), ("_ratio", frame.ratio()),
                       ("_difference_to_overall", frame.difference(method="to_overall")),
                       ("_ratio_to_overall", frame.ratio(method="to_overall")),
                       ("_group_min", frame.group_min()), ("_group_max", frame.group_max())):
        values[suffix] = [number(of[m]) for m in functions]
    if binary:
        named = {}
        for kind in ("difference", "ratio"):
            for name in NAMED:
                named[f"{name}_{kind}"] = number(
                    getattr(fm, f"{name}_{kind}")(y, p, sensitive_features=g))
            named[f"equalized_odds_mean_{kind}"] = number(
                getattr(fm, f"equalized_odds_{kind}")(y, p, sensitive_features=g, agg="mean"))
        named["between_group_generalized_entropy_index"] = between_groups(y, p, g, 2)
        named["between_group_theil_index"] = between_groups(y, p, g, 1)
        values["named"] = named
        check_with_aif360(y, p, g, values, list(functions))
    return values


def check_with_aif360(y, p, g, values, names):
    try:
        from aif360.sklearn import metrics as am
    except ImportError:
        return
    overall = dict(zip(names, values["overall"]))
    index = pd.Index(g, name="group")
    y, p = pd.Series(y, index=index), pd.Series(p, index=index)
    for alpha, name in ((2, "generalized_entropy_index"), (1, "theil_index")):
        assert abs(am.generalized_entropy_error(y, p, alpha=alpha) - overall[name]) < 1e-12
        between = am.between_group_generalized_entropy_error(y, p, prot_attr="group", alpha=alpha)
        assert abs(between - values["named"]["between_group_" + name]) < 1e-12
    global checked
    checked += 1


checked = 0


def random_counts(rng, groups, classes, rows):
    while True:
        share = rng.dirichlet(np.full(groups * classes * classes, 1.5))
        counts = rng.multinomial(rows, share).reshape(groups, classes, classes)
        if (counts.sum(axis=2) > 0).all() and (counts.sum(axis=1) > 0).all():
            return counts.tolist()


def main():
    rng = np.random.default_rng(20260121)
    tables = []
    for i in range(200):
        classes = 2 if i < 150 else int(rng.integers(3, 5))
        groups = int(rng.integers(2, 6))
        rows = int(rng.integers(max(20, 4 * groups * classes), 1501))
        counts = random_counts(rng, groups, classes, rows)
        functions = BINARY if classes == 2 else {**MULTICLASS, **one_vs_rest(classes)}
        tables.append({"counts": counts, "metrics": list(functions),
                       **expected(counts, functions, classes == 2, i % 4 == 0)})
    print("inequality indices equal to AIF360's on", checked, "tables")
    out = {"made_with": {"fairlearn": fairlearn_version, "scikit-learn": sklearn.__version__},
           "tables": tables}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
