"""G-tests by SciPy: counts, shares, G, p-value, and the power to find a deviation of Cohen's w at alpha.

python g_test.py > g_test.json    Needs SciPy. All expected counts are 5 or more.
"""
import json
import sys

import numpy as np
from scipy import stats

CASES = [([450, 50, 52, 448], [.45, .05, .05, .45]), ([90, 10], [.5, .5]), ([30, 20, 50], [.3, .3, .4]),
         ([0, 12, 88], [.05, .15, .8]), ([4500, 500, 500, 4500], [.45, .05, .05, .45])]
ALPHA, EFFECT = 1e-3, 0.1

if __name__ == "__main__":
    cases = []
    for counts, shares in CASES:
        n, q = sum(counts), np.array(shares)
        g, p = stats.power_divergence(counts, n * q, lambda_="log-likelihood")
        degrees = len(q) - 1
        power = stats.ncx2.sf(stats.chi2.isf(ALPHA, degrees), degrees, n * EFFECT**2)
        cases.append({"counts": counts, "shares": shares, "g": g, "degrees": degrees, "p_value": p, "power": power})
    json.dump({"source": "scipy.stats", "alpha": ALPHA, "effect": EFFECT, "cases": cases}, sys.stdout, indent=1)
