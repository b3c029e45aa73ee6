"""CelebA's 40 attributes against scipy: cells, tests, and a subset that drifts from its pool."""
import h5py
import numpy as np
import pandas as pd
from scipy import spatial, stats

from held import Held
from with_fairlearn import hold_relation


def write_dataset(path, table):
    """Columns of two values as HDF5 enums."""
    with h5py.File(path, "w") as file:
        for name in table:
            file.create_dataset(name, data=table[name].to_numpy(np.uint16),
                                dtype=h5py.enum_dtype({"no": 0, "yes": 1}, basetype=np.uint16))
        file.attrs["complete"] = np.uint8(1)
        file.attrs["schema_version"] = np.int64(1)


def hold_celeba(auditor, table):
    held = Held(f"CelebA: {len(table):,} rows of {table.shape[1]} attributes, cells and tests")
    path = auditor.folder / "celeba.h5"
    write_dataset(path, table)
    for label in [name for name in table if name != "Male"]:
        report = auditor.report(path, "--label", label, "--group", "Male")
        counts = pd.crosstab(table[label], table["Male"])
        for cell in report["counts"]:
            held.same("count", cell["count"],
                      counts.loc[int(cell[label] == "yes"), int(cell["Male"] == "yes")], 0)
        hold_relation(held, report["relations"][0], counts)
    held.done()
    hold_drift(auditor, path, table)


def hold_drift(auditor, path, table):
    """2,000 rows, half of them at random and half of them blond: a subset that drifts."""
    held = Held("CelebA: drift of 2,000 rows")
    rng = np.random.default_rng(20261125)
    blond = np.flatnonzero(table["Blond_Hair"])
    rows = np.unique(np.concatenate([rng.choice(len(table), 1000, False), rng.choice(blond, 1000, False)]))
    subset = auditor.folder / "rows.csv"
    pd.DataFrame({"row": rows}).to_csv(subset, index=False)
    report = auditor.report(path, "--subset", subset, "--label", "Blond_Hair", "--group", "Male")
    keys = [(a, b) for a in (0, 1) for b in (0, 1)]
    pool = table.groupby(["Blond_Hair", "Male"]).size().reindex(keys)
    labelled = table.iloc[rows].groupby(["Blond_Hair", "Male"]).size().reindex(keys, fill_value=0)
    for cell in report["against_pool"]:
        key = (int(cell["Blond_Hair"] == "yes"), int(cell["Male"] == "yes"))
        held.same("expected", cell["expected"], pool[key] * len(rows) / len(table))
        inside = labelled[key]
        p = stats.fisher_exact([[inside, len(rows) - inside],
                                [pool[key] - inside, len(table) - len(rows) - pool[key] + inside]]).pvalue
        held.same_p("hypergeometric p", cell["test"]["p_value"], p)
    q, p = labelled / len(rows), pool / len(table)
    held.same("total variation", report["drift"]["total_variation"], abs(q - p).sum() / 2)
    held.same("Jensen-Shannon", report["drift"]["jensen_shannon"],
              spatial.distance.jensenshannon(q, p, base=2) ** 2)
    held.same("PSI", report["drift"]["psi"]["value"], ((q - p) * np.log(q / p)).sum())
    held.done()
