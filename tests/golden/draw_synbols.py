"""Random rows drawn by the real Synbols: a few to check in, or many to compare afgen with on the spot.

python draw_synbols.py --size 33 --rows 24 --seed 1 --out synbols_odd_33_rgb
python draw_synbols.py --size 64 --rows 2000 --seed 2 --afgen PATH/TO/afgen
python draw_synbols.py --size 32 --rows 12 --seed 3 --strokes 60 --out synbols_strokes_32_rgb
python draw_synbols.py --size 128 --rows 400 --seed 4 --scenes --grey --afgen PATH/TO/afgen
afgen fonts --json > fonts.json
python draw_synbols.py --size 64 --rows 600 --seed 5 --fonts fonts.json --afgen PATH/TO/afgen

Needs synbols 1.0.2 (on Cairo 1.16, pixman 0.42 and FreeType 2.12.1), h5py and Debian's fonts-dejavu-core 2.37.
Rows have one symbol in a random pose, every seventh upright; patterns are solid, linear or radial, with --strokes also
camouflage, whose strokes are listed. Rows of --scenes have 1 to 5 symbols and up to 3 shapes over them, and any pattern.
With --fonts the families and the letters are those of a listing by afgen; rows name a family, not a file.
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
CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&@§éß■▲●"
# Letters and file of a family.
FAMILIES = {"DejaVu Sans": (CHARACTERS, "DejaVuSans"), "DejaVu Serif": (CHARACTERS, "DejaVuSerif"),
            "DejaVu Sans Mono": (CHARACTERS, "DejaVuSansMono")}
ALPHABET = utils.Alphabet("english", np.array(list(FAMILIES)), list(CHARACTERS))


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
WIDTHS = [0.05, 0.1]


def camouflage(rng, count):
    """Directions off and along the axes; four decimals, so that a file of them stays small."""
    length, width = rng.choice([0.4, 0.6]), rng.choice(WIDTHS)
    angle, noise = [(0.0, 0.0), (np.pi / 2, 0.0), (rng.rand() * 2 * np.pi, 0.02)][rng.randint(3)]
    along = length * np.array([np.cos(angle), np.sin(angle)])
    strokes = []
    for _ in range(count):
        start = (rng.rand(2) * 1.6 - 0.3) * (1 - along)
        stop = start + along + rng.randn(2) * noise
        strokes.append({"from": start.round(4).tolist(), "to": stop.round(4).tolist(), "width": float(width),
                        "rgba": rng.rand(3).round(3).tolist() + [OPACITY]})
    return {"type": "camouflage", "strokes": strokes}


def gradient(rng, kind, opacity):
    if kind == "linear":
        x, y = rng.rand(2)
        angle, length = rng.rand() * 2 * np.pi, rng.randn() * 0.2 + 1
        points = [x, y, x + length * np.cos(angle), y + length * np.sin(angle)]
    else:
        x0, y0, x1, y1 = rng.rand(4)
        points = [x0, y0, 2.0, x1, y1, 0.1]
    stops = [[at, *rng.rand(3), opacity] for at in (1.0, 0.5, 0.0)]
    return {"type": str(kind), "points": points, "stops": stops}


def pattern(rng, strokes, kinds=("solid", "linear", "radial")):
    if strokes and rng.rand() < 0.7:
        return camouflage(rng, strokes)
    kind = rng.choice(kinds)
    if kind == "none":
        return {"type": "none"}
    if kind == "solid":
        return {"type": "solid", "rgb": rng.rand(3).tolist()}
    if kind == "multi":
        opacity = float(rng.choice([0.5, 0.3, 0.8]))
        return {"type": "multi", "layers": [gradient(rng, rng.choice(["linear", "radial"]), opacity)
                                            for _ in range(rng.randint(1, 5))]}
    return gradient(rng, kind, 1.0)


def random_symbol(rng, strokes, median_scale=0.6, kinds=("solid", "linear", "radial")):
    upright = rng.rand() < 1 / 7
    family, bold = str(rng.choice(list(FAMILIES))), bool(rng.rand() < 0.5)
    letters, file = FAMILIES[family]
    return {
        "char": str(rng.choice(list(letters))), "font_family": family, "is_bold": bold,
        **({"font_file": file + ("-Bold" if bold else "") + ".ttf"} if file else {}),
        "is_slant": bool(rng.rand() < 0.5) and not upright,
        "rotation": 0.0 if upright else float(rng.rand() * 2 * np.pi),
        "scale": float(median_scale * np.exp(rng.randn() * 0.3)), "translation": (rng.rand(2) * 3 - 1.5).tolist(),
        "foreground": pattern(rng, strokes, kinds),
    }


def occlusion(rng):
    return {"char": str(rng.choice(list("■▲●"))), "font_family": "Arial", "font_file": "DejaVuSans.ttf",
            "is_bold": False, "is_slant": False, "rotation": float(rng.rand() * 2 * np.pi),
            "scale": float(0.3 * np.exp(rng.randn() * 0.2)), "translation": (rng.rand(2) * 3 - 1.5).tolist(),
            "foreground": pattern(rng, 0)}


def random_image(rng, size, background, grey):
    return {"background": background, "max_contrast": bool(rng.rand() < 0.5), "inverse_color": bool(rng.rand() < 0.5),
            "is_gray": grey, "pixel_noise_scale": 0.0, "resolution": size}


def random_row(rng, size, strokes, grey):
    symbol = random_symbol(rng, strokes)
    return symbol | random_image(rng, size, pattern(rng, strokes), grey)


def random_scene(rng, size, strokes, grey):
    symbols = [random_symbol(rng, strokes, 0.4, ("none", "solid", "linear", "radial"))
               for _ in range(rng.randint(1, 6))]
    symbols += [occlusion(rng) for _ in range(rng.randint(4))]
    background = pattern(rng, strokes, ("none", "solid", "linear", "radial", "multi", "multi"))
    return {"symbols": symbols} | random_image(rng, size, background, grey)


class Layers(drawing.Pattern):
    """Gradients over one another, as Synbols' MultiGradient has them."""

    def __init__(self, layers):
        self.layers = layers

    def draw(self, context):
        for layer in self.layers:
            Given(layer).draw(context)


def painted(description):
    kinds = {"camouflage": lambda d: Strokes(d["strokes"]), "solid": lambda d: drawing.SolidColor(d["rgb"]),
             "none": lambda _: drawing.NoPattern(), "multi": lambda d: Layers(d["layers"])}
    return kinds.get(description["type"], Given)(description)


def draw(row):
    """Image [H, W, 3] in RGB or [H, W, 1] and the first symbol's mask [H, W], uint8."""
    symbols = [drawing.Symbol(ALPHABET, s["char"], s["font_family"], painted(s["foreground"]), s["is_slant"],
                              s["is_bold"], s["rotation"], s["scale"], s["translation"])
               for s in row.get("symbols", [row])]
    image = drawing.Image(symbols, (row["resolution"],) * 2, painted(row["background"]), row["inverse_color"], 0.0,
                          row["is_gray"], row["max_contrast"], 0)
    mask = symbols[0].make_mask(image.resolution)[..., 0]
    return image.make_image()[..., ::-1], mask  # Synbols' channels are Cairo's: blue first.


def listed_families(path):
    """Letters of each upright family, of some language that all its upright faces cover."""
    languages = {}
    for face in json.loads(pathlib.Path(path).read_text())["faces"]:
        if face["slant"] == "roman":
            covered = languages.setdefault(face["family"], set(face["languages"]))
            covered &= set(face["languages"])
    rows = (line.split("\t") for line in (HERE.parents[1] / "fonts/data/alphabets.tsv").read_text().splitlines()
            if not line.startswith("#"))
    letters = {row[0]: "".join(row[3:5]) for row in rows}
    return {family: ("".join(sorted(set("".join(letters[language] for language in covered)))), None)
            for family, covered in languages.items() if covered}


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
    equal = [np.all(a == b, axis=tuple(range(1, a.ndim))) for a, b in ((x, images), (mask, masks))]
    print(f"{len(images)} rows; bit for bit: {equal[0].sum()} images, {equal[1].sum()} masks")
    for i in np.flatnonzero(~(equal[0] & equal[1]))[:10]:
        row = json.loads(lines.splitlines()[i])
        print(f"  row {i}: {[(s['font_family'], s['char'], s['is_bold']) for s in row.get('symbols', [row])]}")


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--size", type=int, required=True)
    p.add_argument("--rows", type=int, required=True)
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--strokes", type=int, default=0, help="of a camouflage; 0: none")
    p.add_argument("--opacity", type=float, default=OPACITY, help="of strokes")
    p.add_argument("--widths", type=float, nargs="+", default=WIDTHS, help="of strokes")
    p.add_argument("--scenes", action="store_true", help="several symbols and shapes over them")
    p.add_argument("--grey", action="store_true")
    p.add_argument("--fonts", help="a listing by afgen fonts --json")
    p.add_argument("--only", nargs="+", help="families of the listing")
    p.add_argument("--letters", help="in place of the listing's")
    p.add_argument("--out", help="name of the files to write here")
    p.add_argument("--afgen", help="program to compare with")
    a = p.parse_args()
    OPACITY, WIDTHS = a.opacity, a.widths
    generator = np.random.RandomState(a.seed)
    FAMILIES = listed_families(a.fonts) if a.fonts else FAMILIES
    FAMILIES = {family: (a.letters or FAMILIES[family][0], FAMILIES[family][1]) for family in a.only or FAMILIES}
    make = random_scene if a.scenes else random_row
    drawn = [make(generator, a.size, a.strokes, a.grey) for _ in range(a.rows)]
    images, masks = (np.stack(v) for v in zip(*map(draw, drawn)))
    lines = "".join(json.dumps(row) + "\n" for row in drawn)
    if a.out:
        write(a.out, lines, images, masks)
    if a.afgen:
        compare(a.afgen, lines, images, masks)
