"""Expected values of audit/statistics/paired_tests.h and of the tests of a subset, made with scipy.

python paired.py   writes paired.json beside this file.

The exact signed rank test with ties is scipy's permutation method over all 2^n signs.
"""
import json
import pathlib

import numpy as np
import scipy
from scipy import stats


def paired(rng):
    sets = [rng.normal(0.3, 1, n).tolist() for n in (2, 3, 6, 9, 12, 25)]
    sets += [rng.integers(-3, 6, n).astype(float).tolist() for n in (6, 8, 10, 12)]
    sets += [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [0.0, 0.0, 1.0, 2.0, -1.5, 3.0, 4.0],
             [1e-5, 1.0, 2.0, 2.5, -1.0, 1e6]]
    cases = []
    for values in sets:
        left = [v for v in values if v]
        ties = len(set(map(abs, left))) < len(left)
        method = stats.PermutationMethod(n_resamples=np.inf) if ties else "exact"
        ranks = stats.wilcoxon(left, method=method)
        t = stats.ttest_1samp(values, 0)
        cases.append({"differences": values, "t": t.statistic, "t_p": t.pvalue,
                      "w": float(ranks.statistic), "w_p": float(ranks.pvalue)})
    return cases


def subsets(rng):
    """Every cell by fisher_exact, which is the two-sided hypergeometric test."""
    cases = []
    for k, scale in [(2, 40), (4, 400), (6, 3000)]:
        pool = (rng.uniform(0.05, 2, k) * scale).astype(int) + 3
        labelled = rng.binomial(pool, rng.uniform(0.02, 0.3, k))
        labelled[0] = 0
        n, m = int(pool.sum()), int(labelled.sum())
        p = [stats.fisher_exact([[x, m - x], [c - x, n - c - m + x]]).pvalue
             for c, x in zip(pool.tolist(), labelled.tolist())]
        spread = sum(stats.hypergeom(n, c, m).expect(lambda x, c=c: abs(x / m - c / n))
                     for c in pool.tolist()) / 2
        cases.append({"pool": pool.tolist(), "labelled": labelled.tolist(), "p": p,
                      "total_variation_at_random": float(spread)})
    return cases


def main():
    rng = np.random.default_rng(20261126)
    out = {"made_with": {"scipy": scipy.__version__}, "paired": paired(rng),
           "subsets": subsets(rng)}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
