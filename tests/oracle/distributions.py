"""Expected values of audit/statistics/hypergeometric.h, made with scipy.

python distributions.py   writes distributions.json beside this file.
"""
import json
import pathlib

import mpmath
import numpy as np
import scipy
from scipy import stats

mpmath.mp.dps = 40


def poisson():
    """scipy's, but where its logarithms of factorials cancel mpmath's."""
    cases = []
    for n, mean in [(0, 0.3), (1, 1e-6), (3, 2.5), (15, 16.0), (16, 15.0), (40, 90.0), (700, 650.0)]:
        cases.append([n, mean, float(stats.poisson.logpmf(n, mean))])
    for n, mean in [(10**6, 10.0**6 + 2500), (10**9, 10.0**9), (10**9, 10.0**9 - 65000)]:
        exact = n * mpmath.log(mean) - mpmath.mpf(mean) - mpmath.loggamma(n + 1)
        cases.append([n, mean, float(exact)])
    return cases


def hypergeometric():
    cases = []
    for population, successes, draws in [(20, 8, 6), (100, 50, 40), (1000, 990, 500), (5000, 13, 700)]:
        law = stats.hypergeom(population, successes, draws)
        low, high = law.support()
        for k in sorted({int(low), int(high), int(law.mean()), int((low + law.mean()) / 2)}):
            cases.append([population, successes, draws, k, float(law.logpmf(k)),
                          float(law.expect(lambda x, m=law.mean(): abs(x - m)))])
    return cases


def tables(rng):
    cases = []
    for rows, columns, total in [(2, 2, 30), (3, 4, 60), (5, 3, 900)]:
        for _ in range(3):
            table = rng.multinomial(total, rng.dirichlet(np.ones(rows * columns))).reshape(rows, columns)
            law = stats.random_table(table.sum(1), table.sum(0))
            cases.append({"table": table.tolist(), "log": float(law.logpmf(table))})
    return cases


def main():
    rng = np.random.default_rng(20261127)
    out = {"made_with": {"scipy": scipy.__version__, "mpmath": mpmath.__version__},
           "poisson": poisson(), "hypergeometric": hypergeometric(), "tables": tables(rng)}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
