"""Writes pictures/ beside this file: one small picture of each kind that people have, a table of
them, and what Pillow decodes of them as HDF5, for tests/al/picture_table_test.cc. Needs Pillow,
NumPy and h5py.
"""
import pathlib
import struct

import h5py
import numpy as np
from PIL import Image, PngImagePlugin

folder = pathlib.Path(__file__).with_name("pictures")
folder.mkdir(exist_ok=True)
rng = np.random.default_rng(6)
smooth = np.stack([np.add.outer(np.arange(9) * a, np.arange(10) * b) for a, b in
                   ((9, 11), (20, 2), (3, 15))], axis=-1).astype(np.uint8)
noise = rng.integers(0, 256, size=(9, 10, 3), dtype=np.uint8)
grey = Image.fromarray(noise[..., 0])
alpha = np.dstack([noise, np.where(noise[..., :1] > 99, 255, 0)]).astype(np.uint8)
gamma = PngImagePlugin.PngInfo()
gamma.add(b"gAMA", struct.pack(">I", 45455))

Image.fromarray(noise).save(folder / "rgb.png")
Image.fromarray(noise).save(folder / "gamma.png", pnginfo=gamma)
Image.fromarray(alpha).save(folder / "alpha.png")
Image.fromarray(noise).quantize(16).save(folder / "palette.png")
grey.save(folder / "grey.png")
Image.fromarray(noise[..., 0].astype(np.uint16) * 257).save(folder / "deep.png")
Image.fromarray(rng.integers(0, 256, size=(9, 14, 3), dtype=np.uint8)).save(folder / "wide.png")
Image.fromarray(smooth).save(folder / "photo.jpg", quality=90)
Image.fromarray(smooth[..., 0]).save(folder / "grey.JPEG", quality=90)

names = ["rgb.png", "gamma.png", "alpha.png", "palette.png", "grey.png", "deep.png", "photo.jpg",
         "grey.JPEG"]
shapes = ["ring", "bar", "ring", "bar", "ring", "bar", "ring", "bar"]
lines = [f'{name},{shape},"{color}"' for name, shape, color in
         zip(names, shapes, ["red", "red", "blue, dark", "blue, dark"] * 2)]
(folder / "metadata.csv").write_text("file_name,shape,color\n" + "\n".join(lines) + "\n")


def decoded(name):
    picture = Image.open(folder / name)
    if name == "deep.png":
        return np.repeat((np.asarray(picture) // 257).astype(np.uint8)[..., None], 3, axis=-1)
    pixels = np.asarray(picture.convert("RGBA")).astype(np.uint8)
    return np.where(pixels[..., 3:] == 0, 0, pixels[..., :3]).astype(np.uint8)


with h5py.File(folder.with_name("pictures.h5"), "w", libver=("earliest", "v108")) as f:
    f["x"] = np.stack([decoded(name) for name in names])
    f["shape"] = np.arange(8) % 2
    f["color"] = np.arange(8) // 2 % 2
