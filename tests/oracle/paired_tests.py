"""Paired t-tests and Holm's adjustment, for tests/al/run_summary_test.cc.

python paired_tests.py > paired_tests.json
"""
import json

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(40)
cases = []
for seeds in (2, 3, 5, 10, 30):
    shared = rng.normal(size=seeds) * 0.05 + 0.9
    first, second = shared + rng.normal(size=seeds) * 0.01 + 0.005, shared + rng.normal(size=seeds) * 0.01
    test = stats.ttest_rel(first, second)
    interval = test.confidence_interval(0.95)
    cases.append({"first": first.tolist(), "second": second.tolist(), "t": test.statistic,
                  "p": test.pvalue, "low": interval.low, "high": interval.high})


def holm(p):
    """By rejecting step by step: the least level at which each is rejected."""
    order = np.argsort(p, kind="stable")
    adjusted = np.empty(len(p))
    level = 0.0
    for k, index in enumerate(order):
        level = max(level, min(1.0, (len(p) - k) * p[index]))
        adjusted[index] = level
    return adjusted.tolist()


p = [case["p"] for case in cases]
print(json.dumps({"made_with": {"scipy": scipy.__version__}, "cases": cases, "holm": holm(p)}))
