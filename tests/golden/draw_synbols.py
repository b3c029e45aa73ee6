"""Random rows drawn by the real Synbols: a few to check in, or many to compare afgen with on the spot.

python draw_synbols.py --size 33 --rows 24 --seed 1 --out synbols_odd_33_rgb
python draw_synbols.py --size 64 --rows 2000 --seed 2 --afgen PATH/TO/afgen
python draw_synbols.py --size 32 --rows 12 --seed 3 --strokes 60 --out synbols_strokes_32_rgb

Needs synbols 1.0.2 (on Cairo 1.16, pixman 0.42 and FreeType 2.12.1), h5py and Debian's fonts-dejavu-core 2.37.
Rows have one symbol in a random pose, every seventh upright; patterns are solid, linear or radial, with --strokes also
camouflage, whose strokes are listed.
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


class Strokes(drawing.Camouflage):
    """A camouflage of given strokes; Synbols' own draws them from its seed."""

    def __init__(self, strokes):
        self.strokes = strokes

    def draw(self, context):
        for stroke in self.strokes:
            context.move_to(*stroke["from"])
            context.line_to(*stroke["to"])
            context.set_line_width(stroke["width"])
            context.set_source_rgba(*stroke["rgba"])
            context.stroke()


OPACITY = 0.8  # As Synbols has it.


def camouflage(rng, count):
    """Directions off and along the axes; four decimals, so that a file of them stays small."""
    length, width = rng.choice([0.4, 0.6]), rng.choice([0.05, 0.1])
    angle, noise = [(0.0, 0.0), (np.pi / 2, 0.0), (rng.rand() * 2 * np.pi, 0.02)][rng.randint(3)]
    along = length * np.array([np.cos(angle), np.sin(angle)])
    strokes = []
    for _ in range(count):
        start = (rng.rand(2) * 1.6 - 0.3) * (1 - along)
        stop = start + along + rng.randn(2) * noise
        strokes.append({"from": start.round(4).tolist(), "to": stop.round(4).tolist(), "width": float(width),
                        "rgba": rng.rand(3).round(3).tolist() + [OPACITY]})
    return {"type": "camouflage", "strokes": strokes}


def pattern(rng, strokes):
    if strokes and rng.rand() < 0.7:
        return camouflage(rng, strokes)
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


def random_row(rng, size, strokes):
    upright = rng.rand() < 1 / 7
    family, bold = str(rng.choice(list(FAMILIES))), bool(rng.rand() < 0.5)
    return {
        "char": str(rng.choice(CHARACTERS)), "font_family": family, "is_bold": bold,
        "font_file": FAMILIES[family] + ("-Bold" if bold else "") + ".ttf",
        "is_slant": bool(rng.rand() < 0.5) and not upright,
        "rotation": 0.0 if upright else float(rng.rand() * 2 * np.pi),
        "scale": float(0.6 * np.exp(rng.randn() * 0.3)), "translation": (rng.rand(2) * 3 - 1.5).tolist(),
        "foreground": pattern(rng, strokes), "background": pattern(rng, strokes), "max_contrast": bool(rng.rand() < 0.5),
        "inverse_color": bool(rng.rand() < 0.5), "pixel_noise_scale": 0.0, "resolution": size,
    }


def painted(description):
    if description["type"] == "camouflage":
        return Strokes(description["strokes"])
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
    p.add_argument("--strokes", type=int, default=0, help="of a camouflage; 0: none")
    p.add_argument("--opacity", type=float, default=OPACITY, help="of strokes")
    p.add_argument("--out", help="name of the files to write here")
    p.add_argument("--afgen", help="program to compare with")
    a = p.parse_args()
    OPACITY = a.opacity
    generator = np.random.RandomState(a.seed)
    drawn = [random_row(generator, a.size, a.strokes) for _ in range(a.rows)]
    images, masks = (np.stack(v) for v in zip(*map(draw, drawn)))
    lines = "".join(json.dumps(row) + "\n" for row in drawn)
    if a.out:
        write(a.out, lines, images, masks)
    if a.afgen:
        compare(a.afgen, lines, images, masks)
