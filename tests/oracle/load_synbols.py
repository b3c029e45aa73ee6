"""Reads a file of `afgen --layout synbols` with the package's own functions and prints what they return, as JSON.

python load_synbols.py FILE.h5

Needs synbols 1.0.2 (its reader alone: h5py, NumPy and Pillow), unchanged.
"""
import json
import sys

from synbols.data_io import load_attributes_h5, load_h5, load_minibatch_h5
from synbols.utils import make_img_grid


def main(path):
    x, mask, y, splits = load_h5(path)
    attributes, _ = load_attributes_h5(path)
    assert attributes == y, "load_h5 and load_attributes_h5 disagree"
    some, _ = load_minibatch_h5(path, [1, 3])
    assert (some == x[[1, 3]]).all(), "load_h5 and load_minibatch_h5 disagree"
    _, chars, fonts = make_img_grid(x, y, n_row=2, n_col=2)
    print(json.dumps({
        "x": [list(x.shape), str(x.dtype), int(x.sum(dtype="int64"))],
        "mask": [list(mask.shape), str(mask.dtype), int(mask.sum(dtype="int64"))],
        "y": y,
        "splits": {name: [str(split.dtype), split.sum(axis=0).tolist()] for name, split in splits.items()},
        "train": len(x[splits["random"][:, 0]]),
        "grid": [chars, fonts],
    }))


if __name__ == "__main__":
    main(sys.argv[1])
