"""Expected BCa intervals on given replicates, made with scipy.stats.bootstrap itself.

python bootstrap.py   writes bootstrap.json beside this file.

scipy is given the replicates (`bootstrap_result`, with no resamples of its own), so that nothing is
left to chance: its bias correction, acceleration by the jackknife, levels and quantiles are compared.
A case has the value, the replicates, and for every kind of row the value without one row of it and
how many rows are of that kind.
"""
import json
import pathlib
from types import SimpleNamespace

import numpy as np
import scipy
from scipy import stats


def f1(c):
    """Of counts of true negatives, false positives, false negatives, true positives."""
    return 2 * c[..., 3] / (2 * c[..., 3] + c[..., 1] + c[..., 2])


def theil(c):
    n, right = c.sum(axis=-1), c[..., 0] + c[..., 3]
    r = n / (right + 2 * c[..., 1])
    return (right * r * np.log(r) + 2 * c[..., 1] * r * np.log(2 * r)) / n


STATISTICS = {
    "theil_index": theil,
    "macro_f1": lambda c: (f1(c) + f1(c[..., ::-1])) / 2,
    "selection_rate": lambda c: (c[..., 1] + c[..., 3]) / c.sum(axis=-1),
}


def counted(rows):
    """[..., rows] of cell numbers as [..., 4] counts."""
    return np.stack([(rows == cell).sum(axis=-1) for cell in range(4)], axis=-1).astype(float)


def of_counts(rng, name, counts, confidence, replicates):
    statistic = STATISTICS[name]
    rows = np.repeat(np.arange(4), counts)
    drawn = statistic(rng.multinomial(len(rows), np.array(counts) / len(rows), replicates).astype(float))
    drawn = drawn.round(7)  # Short in the file; some tie.
    kinds = [cell for cell in range(4) if counts[cell]]
    without = [float(statistic(np.array(counts, float) - np.eye(4)[cell])) for cell in kinds]
    return case(name, (rows,), lambda c, axis=-1: statistic(counted(c)), drawn, confidence, without,
                [counts[cell] for cell in kinds])


def of_numbers(rng, name, values, statistic, confidence, replicates):
    drawn = statistic(rng.choice(values, (replicates, len(values))), axis=-1).round(7)
    without = [float(statistic(np.delete(values, i))) for i in range(len(values))]
    return case(name, (values,), statistic, drawn, confidence, without, [1] * len(values))


def case(name, data, statistic, drawn, confidence, without, rows):
    found = stats.bootstrap(data, statistic, n_resamples=0, method="BCa", vectorized=True,
                            confidence_level=confidence,
                            bootstrap_result=SimpleNamespace(bootstrap_distribution=drawn))
    interval = found.confidence_interval
    return {"statistic": name, "value": float(statistic(*data, axis=-1)), "confidence": confidence,
            "replicates": drawn.tolist(), "without": without, "rows": rows,
            "low": float(interval.low), "high": float(interval.high)}


def main():
    rng = np.random.default_rng(20261125)
    cases = [of_counts(rng, name, counts, confidence, 500) for name in STATISTICS
             for counts, confidence in [([30, 10, 5, 25], 0.95), ([400, 3, 9, 60], 0.95),
                                        ([12, 0, 3, 9], 0.9)]]
    cases += [of_numbers(rng, "mean", rng.exponential(1, 25).round(6), np.mean, 0.95, 500),
              of_numbers(rng, "variance", rng.normal(0, 1, 40).round(6), np.var, 0.99, 999),
              of_numbers(rng, "mean", rng.lognormal(0, 1.5, 12).round(6), np.mean, 0.95, 40)]
    out = {"made_with": {"scipy": scipy.__version__}, "bca": cases}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
