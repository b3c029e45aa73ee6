"""Packs images drawn by Synbols into what the C++ tests read: NAME.jsonl (rows) and NAME.h5 (x, mask).

python make_synbols.py FOLDER    FOLDER holds NAME.jsonl and NAME.npz for reference, scenes and camouflage

The images were drawn by Synbols 1.0.2 with Cairo 1.16, FreeType 2.12.1 and Debian's DejaVu fonts 2.37, without pixel
noise. A file holds rows of one size and one number of channels. Needs h5py and NumPy.
The rows of fonts are of 20 other families of Debian 12, whose packages setup/debian-fonts.txt has.
"""
import json
import pathlib
import sys

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent


def write(name, lines, images, masks):
    (HERE / f"{name}.jsonl").write_text("".join(lines))
    with h5py.File(HERE / f"{name}.h5", "w", libver=("earliest", "v108")) as f:
        for column, values in (("x", images), ("mask", masks)):
            f.create_dataset(column, data=np.stack(values), compression="gzip", compression_opts=9,
                             track_times=False)
    print(name, len(lines), "rows")


def first_mask(mask):
    return mask[..., 0] if mask.ndim == 3 else mask


def main(folder):
    for name in ("reference", "scenes", "fonts", "camouflage"):
        archive = np.load(folder / f"{name}.npz")
        groups = {}
        for i, line in enumerate(open(folder / f"{name}.jsonl")):
            row = json.loads(line)
            stacked = "image" in archive
            image = archive["image"][i] if stacked else archive[f"image_{i:03d}"]
            mask = archive["mask"][i] if stacked else archive[f"mask_{i:03d}"]
            key = (row["resolution"], "grey" if row.get("is_gray") else "rgb")
            groups.setdefault(key, []).append((line, image, first_mask(mask)))
        for (size, tone), rows in groups.items():
            write(f"synbols_{name}_{size}_{tone}", *zip(*rows))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
