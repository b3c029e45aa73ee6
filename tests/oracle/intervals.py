"""Expected values of audit/statistics/interval.h and audit/statistics/ratio_interval.h.

scipy: Wilson, Clopper-Pearson (mpmath where p is near 0 or 1), Student. statsmodels: Newcombe
(method "newcomb"), and the score statistic of a ratio, whose roots scipy finds more closely than
statsmodels does itself.

python intervals.py   writes intervals.json beside this file.
"""
import json
import pathlib

import mpmath
import numpy as np
import scipy
import statsmodels
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep, score_test_proportions_2indep

mpmath.mp.dps = 40


def clopper_pearson(x, n):
    """scipy's, but for its first digits only where p is near 0 or 1: there mpmath's."""
    interval = stats.binomtest(x, n).proportion_ci(0.95, "exact")
    if n - 1 <= x:
        low, high = clopper_pearson_of_few(n - x, n)
        return [float(1 - high), float(1 - low)]
    return list(map(float, clopper_pearson_of_few(x, n) if x <= 1 else interval))


def clopper_pearson_of_few(x, n):
    def at_most(k, p):
        return (1 - p) ** n + (n * p * (1 - p) ** (n - 1) if k else 0)

    tail = mpmath.mpf("0.025")
    low = 1 - (1 - tail) ** (mpmath.mpf(1) / n) if x == 1 else mpmath.mpf(0)
    if x == 0:
        return low, 1 - tail ** (mpmath.mpf(1) / n)
    if n == 1:
        return low, mpmath.mpf(1)
    near, far = mpmath.mpf(1) / n, mpmath.mpf(1)
    for _ in range(180):
        middle = (near + far) / 2
        near, far = (middle, far) if at_most(1, middle) > tail else (near, middle)
    return low, near


def score_in_many_digits(x, n, y, m, ratio):
    """Koopman's statistic from its definition, in 40 digits."""
    ratio = mpmath.mpf(ratio)
    a, b, c = (n + m) * ratio, n * ratio + x + m + y * ratio, x + y
    q = (b - mpmath.sqrt(b * b - 4 * a * c)) / (2 * a)
    variance = ratio * q * (1 - ratio * q) / n + ratio**2 * q * (1 - q) / m
    return float((mpmath.mpf(x) / n - ratio * y / m) / mpmath.sqrt(variance))


def koopman_interval(x, n, y, m):
    z = stats.norm.ppf(0.975)
    ratio = x / n / (y / m)

    def statistic(value):
        if max(n, m) > 10**8:  # There statsmodels' root of a quadratic equation cancels.
            return score_in_many_digits(x, n, y, m, value)
        return score_test_proportions_2indep(x, n, y, m, value=value, compare="ratio",
                                             correction=False, return_results=False)[0]

    def root(target, low, high):
        return optimize.brentq(lambda value: statistic(value) - target, low, high, xtol=1e-15,
                               rtol=1e-14, maxiter=500)

    above = max(1.0, 2 * ratio)
    while not statistic(above) < -z:
        above *= 2
    below = ratio / 2
    while x > 0 and not statistic(below) > z:
        below /= 2
    near = 1e-9
    low = root(z, below, ratio * (1 - near)) if x > 0 else 0.0
    return [low, root(-z, ratio * (1 + near) if x > 0 else near, above)]


def main():
    rng = np.random.default_rng(20260118)
    wilson = []
    for confidence in (0.9, 0.95, 0.99):
        for trials in (1, 2, 7, 20, 100, 1000, 123457, 10**9):
            for successes in {0, trials, *rng.integers(0, trials + 1, 3).tolist()}:
                interval = stats.binomtest(successes, trials).proportion_ci(confidence, "wilson")
                wilson.append([successes, trials, confidence, interval.low, interval.high])
    means = []
    for n in (2, 3, 5, 10, 30):
        values = (rng.normal(size=n) * 0.1 + 0.9).tolist()
        low, high = stats.t.interval(0.95, n - 1, np.mean(values), stats.sem(values))
        means.append({"values": values, "mean": np.mean(values), "sd": np.std(values, ddof=1),
                      "low": low, "high": high})
    exact = []
    for trials in (1, 5, 20, 1000, 123457, 10**9):
        for successes in sorted({0, 1, trials // 50, trials // 3, trials - 1, trials}):
            exact.append([successes, trials, *clopper_pearson(successes, trials)])
    pairs = [(56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20),
             (0, 10, 0, 10), (10, 10, 0, 20), (10, 10, 0, 10), (1, 10**6, 40, 10**6), (0, 10, 3, 20),
             (10, 10, 4, 20), (3, 20, 20, 20), (0, 10, 10, 10), (1, 10**9, 30, 10**9),
             (3 * 10**8, 10**9, 3 * 10**8 + 50000, 10**9)]
    pairs += [(int(rng.integers(0, n + 1)), int(n), int(rng.integers(0, m + 1)), int(m))
              for n, m in rng.integers(1, 400, (30, 2))]
    newcombe = [[*pair, *map(float, confint_proportions_2indep(
        *pair, method="newcomb", compare="diff", alpha=0.05))] for pair in pairs]
    koopman = [[*pair, *koopman_interval(*pair)] for pair in pairs if pair[2] > 0]
    out = {"made_with": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
                         "mpmath": mpmath.__version__},
           "wilson": wilson, "clopper_pearson": exact, "newcombe": newcombe, "koopman": koopman,
           "means": means}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
