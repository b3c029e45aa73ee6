"""Expected values of audit/interval.h, made with scipy.

python intervals.py   writes intervals.json beside this file.
"""
import json
import pathlib

import numpy as np
import scipy
from scipy import stats


def main():
    rng = np.random.default_rng(20260118)
    wilson = []
    for confidence in (0.9, 0.95, 0.99):
        for trials in (1, 2, 7, 20, 100, 1000, 123457):
            for successes in {0, trials, *rng.integers(0, trials + 1, 3).tolist()}:
                interval = stats.binomtest(successes, trials).proportion_ci(confidence, "wilson")
                wilson.append([successes, trials, confidence, interval.low, interval.high])
    means = []
    for n in (2, 3, 5, 10, 30):
        values = (rng.normal(size=n) * 0.1 + 0.9).tolist()
        low, high = stats.t.interval(0.95, n - 1, np.mean(values), stats.sem(values))
        means.append({"values": values, "mean": np.mean(values), "sd": np.std(values, ddof=1),
                      "low": low, "high": high})
    # Newcombe 1998, Statistics in Medicine 17:873, Table II, method 10: a/m, b/n, interval.
    newcombe = [[56, 70, 48, 80, 0.0524, 0.3339], [9, 10, 3, 10, 0.1705, 0.8090],
                [6, 7, 2, 7, 0.0582, 0.8062], [5, 56, 0, 29, -0.0381, 0.1926],
                [0, 10, 0, 20, -0.1611, 0.2775], [0, 10, 0, 10, -0.2775, 0.2775],
                [10, 10, 0, 20, 0.6791, 1.0000], [10, 10, 0, 10, 0.6075, 1.0000]]
    out = {"made_with": {"scipy": scipy.__version__}, "wilson": wilson, "means": means,
           "newcombe": newcombe}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
