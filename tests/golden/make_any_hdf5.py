"""Writes any_hdf5.h5 beside this file: columns as other programs leave them, for
tests/al/image_table_test.cc and tests/core/dataset_test.cc. Needs h5py and NumPy.

Six rows; the same six pictures of 9 x 8 pixels as bytes in three layouts and as numbers from 0 to 1.
"""
import pathlib

import h5py
import numpy as np

rng = np.random.default_rng(5)
rgb = rng.integers(0, 256, size=(6, 9, 8, 3), dtype=np.uint8)
shapes = ["ring", "bar", "ring", "", "bar", "ring"]

with h5py.File(pathlib.Path(__file__).with_name("any_hdf5.h5"), "w", libver=("earliest", "v108")) as f:
    f["rgb"] = rgb
    f["planes"] = rgb.transpose(0, 3, 1, 2)
    f["grey"] = rgb[..., 0]
    f["unit"] = (rgb / 255).astype(np.float32)
    bad = rgb / 255
    bad[4, 0, 0, 0] = np.nan
    f["bad_unit"] = bad
    f["long"] = np.zeros((6, 9, 8, 3), np.int64)
    f["word"] = np.array(["ring", "bar", "ring", "ring", "bär", "ring"], dtype=h5py.string_dtype())
    f["fixed"] = np.array([b"no", b"yes", b"no", b"no", b"yes", b"no"])
    f["gap"] = np.array(shapes, dtype=h5py.string_dtype())
    f["count"] = np.array([10, 9, -1, 10, 9, 9], np.int16)
    f["flag"] = np.array([True, False, True, True, False, False])
    f["one"] = np.full(6, 7, np.int64)
    f["weight"] = np.linspace(0, 1, 6)
    f["class_names"] = np.array(["bar", "ring"], dtype=h5py.string_dtype())
    f["class_weights"] = np.ones(2)
