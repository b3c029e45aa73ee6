"""Base rates and predictions by group against fairlearn, scikit-learn and scipy."""
import numpy as np
import pandas as pd
from fairlearn import metrics as fm
from scipy import stats
from sklearn import metrics as sk

from fairlearn_metrics import NAMED, RATES
from held import Held, group_options

SCORES = {
    "roc_auc": sk.roc_auc_score,
    "log_loss": lambda y, s: sk.log_loss(y, s, labels=[0, 1]),
    "mean_score": lambda y, s: float(np.mean(s)),
}


def hold_base_rates(auditor, title, named, label, groups):
    held = Held(f"{title}: base rates by {' and '.join(groups)}")
    report = auditor.of_table("rates.csv", named, "--label", label, *group_options(groups))
    by_class = named.groupby([label, *groups]).size()
    for cell in report["counts"]:
        key = (int(cell[label]), *(cell[g] for g in groups))
        held.same(f"count of {key}", cell["count"], by_class.get(key, 0), 0)
        held.same(f"share of {key}", cell["share"], by_class.get(key, 0) / len(named))
    rates = fm.MetricFrame(metrics={f"p_{label}_1": lambda y, _: y.mean()}, y_true=named[label],
                           y_pred=named[label], sensitive_features=named[groups])
    hold_frame(held, report, rates, rates.overall.index, groups)
    hold_relation(held, report["relations"][-1], pd.crosstab(named[label], [named[g] for g in groups]))
    held.done()


def hold_predictions(auditor, title, table, label, groups):
    held = Held(f"{title}: predictions by {' and '.join(groups)}")
    report = auditor.of_table("predictions.csv", table, "--label", label, "--prediction", "prediction",
                              "--score", "score", *group_options(groups))
    for names, predicted in (({"count": fm.count, **RATES}, table.prediction), (SCORES, table.score)):
        frame = fm.MetricFrame(metrics=names, y_true=table[label], y_pred=predicted,
                               sensitive_features=table[groups])
        hold_frame(held, report, frame, names, groups)
    disparities = report["disparities"]
    for name in NAMED:
        for kind in ("difference", "ratio"):
            of = getattr(fm, f"{name}_{kind}")
            held.same(f"{name}_{kind}", disparities[f"{name}_{kind}"]["value"],
                      of(table[label], table.prediction, sensitive_features=table[groups]))
    held.done()


def hold_relation(held, relation, counts):
    """Class against groups: chi-square, G, Cramer's V."""
    tests = {one["test"]: one for one in relation["tests"]}
    for name, kind in (("chi_square", "pearson"), ("g", "log-likelihood")):
        theirs = stats.chi2_contingency(counts, correction=False, lambda_=kind)
        held.same(name, tests[name]["statistic"], theirs.statistic, 1e-9)
        held.same_p(f"p of {name}", tests[name]["p_value"], theirs.pvalue)
    held.same("Cramer's V", relation["cramers_v"]["value"],
              stats.contingency.association(counts, method="cramer"), 1e-9)


def hold_frame(held, report, frame, names, groups):
    for entry in report["by_group"]:
        key = tuple(entry[g] for g in groups)
        for name in names:
            theirs = frame.by_group[name].loc[key if len(key) > 1 else key[0]]
            held.same(f"{name} of {key}", entry["metrics"][name]["value"], theirs)
    of = {"_difference": frame.difference(), "_ratio": frame.ratio(),
          "_difference_to_overall": frame.difference(method="to_overall"),
          "_ratio_to_overall": frame.ratio(method="to_overall"),
          "_group_min": frame.group_min(), "_group_max": frame.group_max()}
    for name in names:
        held.same(name, report["overall"][name]["value"], frame.overall[name])
        for suffix, values in of.items():
            held.same(name + suffix, report["disparities"][name + suffix]["value"], values[name])
