"""Random rows drawn by the real Synbols: a few to check in, or many to compare afgen with on the spot.

python draw_synbols.py --size 33 --rows 24 --seed 1 --out synbols_odd_33_rgb
python draw_synbols.py --size 64 --rows 2000 --seed 2 --afgen PATH/TO/afgen

Needs synbols 1.0.2 (on Cairo 1.16, pixman 0.42 and FreeType 2.12.1), h5py and Debian's fonts-dejavu-core 2.37.
Rows have one symbol in a random pose, every seventh upright; patterns are solid, linear or radial.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile

os.environ["TQDM_DISABLE"] = "1"
import cairo
import h5py
import numpy as np

for alias, kind in (("float", float), ("int", int), ("object", object)):
    setattr(np, alias, kind)  # Synbols 1.0.2 uses names that NumPy has dropped.
from synbols import drawing, utils

HERE = pathlib.Path(__file__).parent
FAMILIES = {"DejaVu Sans": "DejaVuSans", "DejaVu Serif": "DejaVuSerif", "DejaVu Sans Mono": "DejaVuSansMono"}
CHARACTERS = list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&@§éß■▲●")
ALPHABET = utils.Alphabet("english", np.array(list(FAMILIES)), CHARACTERS)


class Given(drawing.Pattern):
    """A gradient with given points and stops."""

    def __init__(self, description):
        self.description = description

    def set_as_source(self, context):
        d = self.description
        make = cairo.LinearGradient if d["type"] == "linear" else cairo.RadialGradient
        gradient = make(*d["points"])
        for stop in d["stops"]:
            gradient.add_color_stop_rgba(*stop)
        context.set_source(gradient)


def pattern(rng):
    kind = rng.choice(["solid", "linear", "radial"])
    if kind == "solid":
        return {"type": "solid", "rgb": rng.rand(3).tolist()}
    if kind == "linear":
        x, y = rng.rand(2)
        angle, length = rng.rand() * 2 * np.pi, rng.randn() * 0.2 + 1
        points = [x, y, x + length * np.cos(angle), y + length * np.sin(angle)]
    else:
        x0, y0, x1, y1 = rng.rand(4)
        points = [x0, y0, 2.0, x1, y1, 0.1]
    return {"type": str(kind), "points": points, "stops": [[at, *rng.rand(3), 1.0] for at in (1.0, 0.5, 0.0)]}


def random_row(rng, size):
    upright = rng.rand() < 1 / 7
    family, bold = str(rng.choice(list(FAMILIES))), bool(rng.rand() < 0.5)
    return {
        "char": str(rng.choice(CHARACTERS)), "font_family": family, "is_bold": bold,
        "font_file": FAMILIES[family] + ("-Bold" if bold else "") + ".ttf",
        "is_slant": bool(rng.rand() < 0.5) and not upright,
        "rotation": 0.0 if upright else float(rng.rand() * 2 * np.pi),
        "scale": float(0.6 * np.exp(rng.randn() * 0.3)), "translation": (rng.rand(2) * 3 - 1.5).tolist(),
        "foreground": pattern(rng), "background": pattern(rng), "max_contrast": bool(rng.rand() < 0.5),
        "inverse_color": bool(rng.rand() < 0.5), "pixel_noise_scale": 0.0, "resolution": size,
    }


def painted(description):
    return drawing.SolidColor(description["rgb"]) if description["type"] == "solid" else Given(description)


def draw(row):
    """Image [H, W, 3] in RGB and mask [H, W], uint8."""
    symbol = drawing.Symbol(ALPHABET, row["char"], row["font_family"], painted(row["foreground"]), row["is_slant"],
                            row["is_bold"], row["rotation"], row["scale"], row["translation"])
    image = drawing.Image([symbol], (row["resolution"],) * 2, painted(row["background"]), row["inverse_color"], 0.0,
                          False, row["max_contrast"], 0)
    mask = image.make_mask()[..., 0]
    return image.make_image()[..., ::-1], mask  # Synbols' channels are Cairo's: blue first.


def write(name, lines, images, masks):
    (HERE / f"{name}.jsonl").write_text(lines)
    with h5py.File(HERE / f"{name}.h5", "w", libver=("earliest", "v108")) as f:
        for column, values in (("x", images), ("mask", masks)):
            f.create_dataset(column, data=values, compression="gzip", compression_opts=9, track_times=False)


def compare(afgen, lines, images, masks):
    with tempfile.TemporaryDirectory() as folder:
        rows, out = pathlib.Path(folder, "rows.jsonl"), pathlib.Path(folder, "rows.h5")
        rows.write_text(lines)
        subprocess.run([afgen, "--attributes", rows, "-o", out, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        with h5py.File(out) as f:
            x, mask = f["x"][:], f["mask"][:]
    equal = [int(np.all(a == b, axis=tuple(range(1, a.ndim))).sum()) for a, b in ((x, images), (mask, masks))]
    print(f"{len(images)} rows; bit for bit: {equal[0]} images, {equal[1]} masks")


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--size", type=int, required=True)
    p.add_argument("--rows", type=int, required=True)
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--out", help="name of the files to write here")
    p.add_argument("--afgen", help="program to compare with")
    a = p.parse_args()
    generator = np.random.RandomState(a.seed)
    drawn = [random_row(generator, a.size) for _ in range(a.rows)]
    images, masks = (np.stack(v) for v in zip(*map(draw, drawn)))
    lines = "".join(json.dumps(row) + "\n" for row in drawn)
    if a.out:
        write(a.out, lines, images, masks)
    if a.afgen:
        compare(a.afgen, lines, images, masks)
