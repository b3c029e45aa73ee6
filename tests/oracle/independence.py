"""Expected values of the tests of independence and of the measures of association and divergence.

python independence.py   writes independence.json beside this file.

scipy and statsmodels where they are accurate; where double precision is not enough (counts of 10^9,
p-values in the far tail) or no library has it (exact test of a larger table), exact integers and
mpmath with 50 digits.
"""
import itertools
import json
import math
import pathlib
from fractions import Fraction

import mpmath
import numpy as np
import scipy
import statsmodels
from scipy import optimize, spatial, stats
from statsmodels.stats.multitest import multipletests

mpmath.mp.dps = 50


def exact_statistics(table):
    """Pearson's and the G statistic with their tails, in 50 digits."""
    n = sum(map(sum, table))
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table)]
    pearson, g = mpmath.mpf(0), mpmath.mpf(0)
    for row, r in zip(table, rows):
        for count, c in zip(row, columns):
            expected = mpmath.mpf(r) * c / n
            pearson += (count - expected) ** 2 / expected
            if count:
                g += 2 * count * mpmath.log(count / expected)
    degrees = (len(rows) - 1) * (len(columns) - 1)
    tail = [mpmath.gammainc(mpmath.mpf(degrees) / 2, s / 2, regularized=True) for s in (pearson, g)]
    return [float(pearson), float(g), degrees, float(tail[0]), float(tail[1])]


def independence(rng):
    cases = []
    for rows, columns in [(2, 2), (2, 3), (3, 4), (5, 5), (10, 7)]:
        for scale in (3, 30, 1000):
            table = rng.poisson(rng.uniform(0.2, 2, (rows, columns)) * scale) + 1
            pearson = stats.chi2_contingency(table, correction=False)
            g = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
            cases.append({"table": table.tolist(), "by": "scipy",
                          "expected": [pearson.statistic, g.statistic, int(pearson.dof),
                                       pearson.pvalue, g.pvalue]})
    huge = [[[10**9, 10**9 + 40000], [10**9 - 40000, 10**9]], [[10**9, 3], [5, 10**9]],
            [[10**9, 0], [7, 2]], [[999999937, 31622], [31607, 1]],
            [[40, 0, 3], [0, 55, 2], [1, 1, 60]],
            [[10**9 + 12345, 10**9, 10**9 - 5000], [10**9 - 12345, 10**9 + 1, 10**9 + 7000]]]
    cases += [{"table": table, "by": "mpmath", "expected": exact_statistics(table)}
              for table in huge]
    return cases


def hypergeometric_p(population, successes, draws, observed):
    """Two-sided as in R, in 50 digits: all counts no more probable than 1 + 1e-7 times observed."""
    low, high = max(0, draws + successes - population), min(draws, successes)

    def log_weight(k):
        return -sum(mpmath.loggamma(n + 1) for n in
                    (k, draws - k, successes - k, population - successes - draws + k))

    margins = sum(mpmath.loggamma(n + 1) for n in
                  (draws, population - draws, successes, population - successes))
    log_all = margins - mpmath.loggamma(population + 1)
    limit = log_weight(observed) + mpmath.log(1 + mpmath.mpf("1e-7"))
    mode = (draws + 1) * (successes + 1) // (population + 2)

    def tail(start, step):
        """Outwards from the first count on this side that is improbable enough."""
        near, far = mode, (high if step > 0 else low)
        if log_weight(far) > limit:
            return mpmath.mpf(0)
        while abs(far - near) > 1:
            middle = (near + far) // 2
            near, far = (near, middle) if log_weight(middle) <= limit else (middle, far)
        total = term = mpmath.exp(log_weight(far) + log_all)
        k = far
        while low < k < high or (k == low and step > 0) or (k == high and step < 0):
            up = k if step > 0 else k - 1
            ratio = mpmath.mpf((successes - up) * (draws - up)) / (
                (up + 1) * (population - successes - draws + up + 1))
            term *= ratio if step > 0 else 1 / ratio
            total += term
            k += step
            if term < total * mpmath.mpf("1e-30"):
                break
        return total

    if log_weight(mode) <= limit:
        return 1.0
    return float(min(mpmath.mpf(1), tail(mode, 1) + tail(mode, -1)))


def two_by_two(rng):
    tables = []
    for scale in (3, 12, 60, 400):
        tables += [rng.poisson(rng.uniform(0.3, 2, 4) * scale).tolist() for _ in range(12)]
    tables += [[0, 5, 5, 0], [5, 5, 5, 5], [3, 1, 1, 3], [8, 2, 1, 5], [0, 0, 3, 4], [1, 0, 0, 1]]
    cases = []
    for a, b, c, d in tables:
        if min(a + b, c + d, a + c, b + d) == 0:
            continue
        p = stats.fisher_exact([[a, b], [c, d]]).pvalue
        mine = hypergeometric_p(a + b + c + d, a + c, a + b, a)
        assert math.isclose(p, mine, rel_tol=1e-9), (a, b, c, d, p, mine)
        cases.append([a, b, c, d, p])
    huge = [[10**9, 10**9 + 40000, 10**9 - 40000, 10**9], [10**9, 10**6, 10**9 + 10**5, 10**6 + 900],
            [0, 20, 10**9, 10**9], [3, 10**5, 10**9, 10**9], [7, 0, 10**9, 10**9],
            [200, 0, 0, 200], [500, 3, 4, 480], [10**6, 10**6 + 3000, 10**6, 10**6],
            [0, 10**9, 1, 10**9], [30, 10**9, 2, 10**9], [20, 0, 0, 10**9], [3, 1, 2, 10**9]]
    for a, b, c, d in huge:
        cases.append([a, b, c, d, hypergeometric_p(a + b + c + d, a + c, a + b, a)])
    return cases


def columns_with(total, limits):
    if len(limits) == 1:
        if total <= limits[0]:
            yield (total,)
        return
    for count in range(min(total, limits[0]) + 1):
        for rest in columns_with(total - count, limits[1:]):
            yield (count, *rest)


def every_table(rows, columns):
    if len(columns) == 1:
        yield (tuple(rows),)
        return
    for column in columns_with(columns[0], rows):
        left = [r - c for r, c in zip(rows, column)]
        for rest in every_table(left, columns[1:]):
            yield (column, *rest)


def freeman_halton(table):
    """By listing every table with the margins, in exact fractions."""
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table)]

    def weight(counts):
        return Fraction(1, math.prod(math.factorial(n) for n in counts))

    limit = weight(itertools.chain(*table)) * (1 + Fraction(1, 10**7))
    total = small = Fraction(0)
    for one in every_table(rows, columns):
        here = weight(itertools.chain(*one))
        total += here
        small += here if here <= limit else 0
    return float(small / total)


def larger(rng):
    tables = [[[3, 1, 0], [0, 2, 4]], [[5, 0, 0], [0, 5, 0], [0, 0, 5]], [[2, 2, 2], [2, 2, 2]],
              [[1, 7, 3, 2], [6, 0, 1, 2]], [[4, 1, 0], [2, 3, 1], [0, 2, 5]],
              [[12, 5, 9], [3, 14, 10]], [[0, 9, 1, 1, 2], [3, 0, 5, 1, 0]],
              [[2, 0, 1, 3], [1, 4, 0, 1], [0, 1, 3, 0]]]
    for rows, columns, scale in [(2, 4, 4), (3, 3, 3), (2, 5, 3), (3, 4, 1.2), (4, 4, 0.8)]:
        tables += [(rng.poisson(scale, (rows, columns)) + np.eye(rows, columns, dtype=int)).tolist()
                   for _ in range(4)]
    return [{"table": table, "p": freeman_halton(table)} for table in tables
            if all(map(sum, table)) and all(map(sum, zip(*table)))]


def noncentrality(statistic, degrees, probability):
    if stats.chi2.cdf(statistic, degrees) <= probability:
        return 0.0
    return optimize.brentq(lambda l: stats.ncx2.cdf(statistic, degrees, l) - probability, 1e-12,
                           4 * statistic + 400, xtol=1e-13, rtol=1e-14, maxiter=500)


def noncentralities():
    cases = [[s, k, p, noncentrality(s, k, p)] for s in (0.5, 4.0, 20.0, 300.0, 5000.0)
             for k in (1, 4, 30) for p in (0.025, 0.975, 0.05)]
    # One degree of freedom is the square of a normal variable, which has a closed form.
    cases += [[s, 1, p, (math.sqrt(s) - stats.norm.ppf(p)) ** 2] for s in (1e5, 1e7, 1e9, 1e12)
              for p in (0.025, 0.975)]
    return cases


def association(rng):
    cases = []
    for rows, columns in [(2, 2), (2, 4), (3, 3), (6, 4)]:
        for scale in (2, 20, 300):
            table = rng.poisson(rng.uniform(0.1, 2, (rows, columns)) * scale) + 1
            n = int(table.sum())
            chi2 = stats.chi2_contingency(table, correction=False)
            raw = stats.contingency.association(table, method="cramer")
            r = rows - (rows - 1) ** 2 / (n - 1)
            c = columns - (columns - 1) ** 2 / (n - 1)
            phi2 = max(0, chi2.statistic / n - (rows - 1) * (columns - 1) / (n - 1))
            most = min(r, c) - 1
            ends = [math.sqrt(noncentrality(chi2.statistic, chi2.dof, p) / n / most)
                    for p in (0.975, 0.025)]
            shares = table / n
            information = stats.entropy(shares.ravel(), np.outer(
                shares.sum(1), shares.sum(0)).ravel())
            pmi = np.log(shares / np.outer(shares.sum(1), shares.sum(0))) / -np.log(shares)
            cases.append({"table": table.tolist(), "v": raw, "corrected": math.sqrt(phi2 / most),
                          "low": min(1, ends[0]), "high": min(1, ends[1]), "mi": information,
                          "entropy": stats.entropy(table.sum(1)), "npmi": pmi.ravel().tolist()})
    return cases


def divergences(rng):
    pairs = [[[90, 10], [45, 5]], [[5, 0, 3], [1, 4, 0]], [[10**9, 10**9], [10**9 + 50000, 10**9]],
             [[1, 0], [0, 1]], [[400, 100, 100, 400], [12, 30, 31, 12]]]
    pairs += [[rng.integers(1, 50, k).tolist(), rng.integers(1, 500, k).tolist()]
              for k in (2, 5, 12)]
    cases = []
    for first, second in pairs:
        p, q = np.array(first) / sum(first), np.array(second) / sum(second)
        defined = all((a == 0) == (b == 0) for a, b in zip(first, second))
        if max(first) < 10**6:
            js = float(spatial.distance.jensenshannon(p, q, base=2) ** 2)
        else:
            a = [mpmath.mpf(x) / sum(first) for x in first]
            b = [mpmath.mpf(x) / sum(second) for x in second]
            js = float(sum(x * mpmath.log(2 * x / (x + y), 2) + y * mpmath.log(2 * y / (x + y), 2)
                           for x, y in zip(a, b)) / 2)
        cases.append({"first": first, "second": second, "tv": float(abs(p - q).sum() / 2), "js": js,
                      "psi": float(((p - q) * np.log(p / q)).sum()) if defined else None})
    return cases


def holm(rng):
    sets = [[0.01, 0.04, 0.03, 0.005], [0.5], [0.02, 0.02, 0.02], [1e-300, 0.9, 0.04, 0.0]]
    sets.append(rng.uniform(0, 0.2, 15).tolist())
    return [[p, multipletests(p, method="holm")[1].tolist()] for p in sets]


def main():
    rng = np.random.default_rng(20261125)
    out = {"made_with": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
                         "mpmath": mpmath.__version__},
           "independence": independence(rng), "fisher_two_by_two": two_by_two(rng),
           "fisher_larger": larger(rng), "noncentrality": noncentralities(),
           "association": association(rng), "divergence": divergences(rng), "holm": holm(rng)}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
