"""How often Synbols draws what: for each of its predefined data sets, counts of every factor in 2,000 attribute rows.

python synbols_marginals.py > synbols_marginals.json    Needs synbols 1.0.2, pycairo and NumPy; no image is drawn.

Synbols' fonts and alphabets lie in its container, not in its package; here it draws from the characters and fonts of the
presets of the same names. The two data sets of many languages draw from seven, in the DejaVu fonts that have all of their
letters. Pictures are five names of files: what is drawn of one is a crop of 10000 by 10000 pixels. Bins of numbers are
quantiles of 4,000 other rows.
"""
import json
import os
import pathlib
import sys
import tomllib

os.environ["TQDM_DISABLE"] = "1"
import numpy as np

for alias, kind in (("float", float), ("int", int), ("object", object)):
    setattr(np, alias, kind)  # Synbols 1.0.2 uses names that NumPy has dropped.
from synbols import drawing, fonts, utils

PRESETS = pathlib.Path(__file__).parents[2] / "presets"
DEFAULT_FONTS = ["DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"]
LANGUAGES = {"english": DEFAULT_FONTS, "vietnamese": ["DejaVu Sans", "DejaVu Serif"], "greek": DEFAULT_FONTS,
             "armenian": DEFAULT_FONTS, "hebrew": ["DejaVu Sans"], "arabic": ["DejaVu Sans", "DejaVu Sans Mono"],
             "lao": ["DejaVu Sans"]}
ALPHABETS = pathlib.Path(__file__).parents[2] / "fonts/data/alphabets.tsv"
MANY_LANGUAGES = {"all-chars", "balanced-font-chars"}
PICTURES = [f"/images/{i}.jpg" for i in range(5)]
PICTURE_SIDE = 10000
BINS = 16


class Language:
    def __init__(self, name, chars, families):
        self.name = name
        self.alphabet = utils.Alphabet(name, np.array(families), list(chars))

    def get_alphabet(self, **_):
        return self.alphabet


class Languages(dict):
    def __missing__(self, name):  # Synbols asks for English whatever there is.
        return next(iter(self.values()))


LANGUAGE_MAP = fonts.LANGUAGE_MAP = Languages()
from synbols import generate, predefined_datasets

generate.LANGUAGE_MAP = predefined_datasets.LANGUAGE_MAP = LANGUAGE_MAP


def images_only(sampler, n_samples, mask_aggregator=None, dataset_seed=None):
    rng = np.random.RandomState(dataset_seed)
    return [sampler(generate.rand_seed(rng)) for _ in range(n_samples)]


predefined_datasets.dataset_generator = images_only


class Recorded:
    """Stands in for Cairo's gradients, for which Synbols draws numbers when it paints."""

    drawn = []

    def __init__(self, *points):
        self.points, self.stops = points, []
        Recorded.drawn.append(self)

    def add_color_stop_rgba(self, *stop):
        self.stops.append(stop)


class Context:
    def __getattr__(self, _):
        return lambda *_: None


class Picture:
    size = (PICTURE_SIDE, PICTURE_SIDE)

    def crop(self, box):
        self.box = box
        return self


drawing.cairo.LinearGradient = drawing.cairo.RadialGradient = Recorded
drawing.glob = lambda *_, **__: PICTURES


def gradients(pattern):
    Recorded.drawn = []
    if isinstance(pattern, drawing.MultiGradient):
        pattern.draw(Context())
    else:
        drawing.Gradient(pattern.alpha, pattern.types, pattern.random_color, pattern.seed).set_as_source(Context())
    return Recorded.drawn


def kind(gradient):
    return "linear" if len(gradient.points) == 4 else "radial"


def style(pattern):
    if isinstance(pattern, drawing.Gradient):
        return kind(gradients(pattern)[0])
    names = {"NoPattern": "none", "SolidColor": "solid", "MultiGradient": "multi", "Camouflage": "camouflage",
             "ImagePattern": "image"}
    return names[type(pattern).__name__]


def add_gradients(add, name, pattern):
    for gradient in gradients(pattern):
        if isinstance(pattern, drawing.MultiGradient):
            add(f"{name}_gradient", kind(gradient))
        points = gradient.points
        if kind(gradient) == "linear":
            add(f"{name}_linear_x", points[0])
            add(f"{name}_linear_y", points[1])
            add(f"{name}_linear_angle", float(np.arctan2(points[3] - points[1], points[2] - points[0])))
            add(f"{name}_linear_length", float(np.hypot(points[2] - points[0], points[3] - points[1])))
        else:
            for i, part in enumerate(("x0", "y0", "radius0", "x1", "y1", "radius1")):
                add(f"{name}_radial_{part}", float(points[i]))
        for stop in gradient.stops:
            for channel, value in zip(("red", "green", "blue", "alpha"), stop[1:]):
                add(f"{name}_stop{stop[0]:g}_{channel}", float(value))


def add_pattern(add, name, pattern):
    add(name, style(pattern))
    if isinstance(pattern, (drawing.Gradient, drawing.MultiGradient)):
        add_gradients(add, name, pattern)
    if isinstance(pattern, drawing.Camouflage):
        for part in ("angle", "length", "width", "noise"):
            add(f"{name}_stroke_{part}", float(getattr(pattern, f"stroke_{part}")))
        add(f"{name}_strokes", str(pattern.n_stroke))
    if isinstance(pattern, drawing.ImagePattern):
        rng = pattern.rng = np.random.RandomState(pattern.seed)
        add(f"{name}_picture", str(PICTURES.index(rng.choice(pattern._path, 1).item())))
        rng.rand(3)  # Of a rotation and a translation that are none.
        picture = pattern._random_crop(Picture(), pattern.min_crop_size)
        for part, value in zip(("left", "top", "right", "bottom"), picture.box):
            add(f"{name}_crop_{part}", value / PICTURE_SIDE)


def flag(value):
    return "true" if value else "false"


def add_symbol(found, symbol, prefix=""):
    def add(name, value):
        found.setdefault(prefix + name, []).append(value)

    translation = np.broadcast_to(symbol.translation, 2)
    add("char", str(symbol.char))
    add("scale", float(symbol.scale))
    add("rotation", float(symbol.rotation))
    add("translation_x", float(translation[0]))
    add("translation_y", float(translation[1]))
    add_pattern(add, "foreground", symbol.foreground)
    if prefix:
        return
    add("font", str(symbol.font))
    add("bold", flag(symbol.is_bold))
    add("slant", flag(symbol.is_slant))


def factors(images):
    found = {}
    for image in images:
        add_pattern(lambda name, value: found.setdefault(name, []).append(value), "background", image.background)
        occlusions = [s for s in image.symbols if s.font == "Arial"]
        symbols = [s for s in image.symbols if s.font != "Arial"]
        for symbol in symbols:
            add_symbol(found, symbol)
        for symbol in occlusions:
            add_symbol(found, symbol, "occlusion_")
        for name, value in (("symbols", str(len(symbols))), ("occlusions", str(len(occlusions))),
                            ("inverse", flag(image.inverse_color)),
                            ("max_contrast", flag(image.max_contrast)), ("noise", float(image.pixel_noise_scale)),
                            ("size", str(image.resolution[0])), ("grey", flag(image.is_gray))):
            found.setdefault(name, []).append(value)
    return found


def counted(values, pilot):
    levels = sorted(set(values))
    if isinstance(values[0], str) or len(levels) < 4:
        return {"levels": {str(level): values.count(level) for level in levels}}
    edges = np.unique(np.quantile(pilot, np.arange(1, BINS) / BINS))
    return {"edges": edges.tolist(), "counts": np.bincount(np.searchsorted(edges, values, "right"),
                                                           minlength=len(edges) + 1).tolist()}


def languages(name):
    if name in MANY_LANGUAGES:
        rows = (line.split("\t") for line in ALPHABETS.read_text().splitlines())
        letters = {row[0]: row[3] for row in rows if len(row) > 3}
        return [Language(language, letters[language], families) for language, families in LANGUAGES.items()]
    preset = tomllib.loads((PRESETS / f"{name}.toml").read_text())
    language = "korean" if name == "korean-1k" else "english"
    return [Language(language, preset["chars"], preset.get("fonts", DEFAULT_FONTS))]


def marginals(name, make):
    LANGUAGE_MAP.clear()
    LANGUAGE_MAP.update({language.name: language for language in languages(name)})
    np.random.seed(1)  # Some data sets draw from NumPy's own stream.
    pilot = factors(make(4000, seed=1))
    images = make(2000, seed=2)
    drawn = factors(images)
    if name == "all-chars":  # Rows of balanced-font-chars say English wherever they are from.
        drawn["language"] = [image.symbols[0].alphabet.name for image in images]
    return {factor: counted(values, pilot.get(factor)) for factor, values in sorted(drawn.items())}


if __name__ == "__main__":
    result = {name: marginals(name, make) for name, make in predefined_datasets.DATASET_GENERATOR_MAP.items()}
    json.dump({"source": "synbols 1.0.2", "rows": 2000, "presets": result,
               "many_languages": {"presets": sorted(MANY_LANGUAGES), "languages": list(LANGUAGES), "fonts": DEFAULT_FONTS}},
              sys.stdout, ensure_ascii=False)
