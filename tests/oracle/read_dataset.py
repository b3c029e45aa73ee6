"""Reads a data set file as its users do, with stock h5py, pandas and `datasets`, and prints JSON.

python read_dataset.py FILE.h5

Keys: rows; shapes and types of every column (h5py); vocabularies of the categorical ones; counts of char by color
(pandas); features and the first row's label (datasets); complete, schema_version. Any disagreement between the three
readers is an error. Needs h5py, pandas and datasets.
"""
import json
import os
import sys
import tempfile

os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"
import datasets
import h5py
import numpy as np
import pandas as pd


def labels(column):
    """Labels of an HDF5 enum in order of code."""
    by_name = h5py.check_enum_dtype(column.dtype)
    return by_name and sorted(by_name, key=by_name.get)


def categorical(column):
    return pd.Categorical.from_codes(column[:].astype(int), labels(column))


def with_h5py(file):
    return {
        "shapes": {name: list(column.shape) for name, column in file.items()},
        "types": {name: str(column.dtype) for name, column in file.items()},
        "vocabularies": {name: labels(column) for name, column in file.items() if labels(column)},
        "complete": int(file.attrs["complete"]),
        "schema_version": int(file.attrs["schema_version"]),
    }


def with_pandas(file):
    frame = pd.DataFrame({name: categorical(column) if labels(column) else column[:]
                          for name, column in file.items() if column.ndim == 1})
    if "color" not in frame:
        return frame, {}
    return frame, pd.crosstab(frame["color"], frame["char"]).to_dict("index")


def with_datasets(path):
    with tempfile.TemporaryDirectory() as cache:
        data = datasets.load_dataset("hdf5", data_files=path, split="train", cache_dir=cache)
        first, features = data.with_format("numpy")[0], list(data.features)
        return len(data), features, first


def main(path):
    with h5py.File(path, "r") as file:
        result = with_h5py(file)
        frame, counts = with_pandas(file)
        rows, features, first = with_datasets(path)
        assert rows == len(frame) == len(file["x"]), "the readers disagree on the number of rows"
        assert sorted(features) == sorted(file), "the readers disagree on the columns"
        assert np.array_equal(first["x"], file["x"][0]), "the readers disagree on the first image"
        assert int(first["char"]) == int(file["char"][0]), "the readers disagree on the first label"
    result |= {"rows": rows, "counts": counts, "features": features}
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
