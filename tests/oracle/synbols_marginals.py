"""How often Synbols draws what: for each of its predefined data sets, counts of every factor in 2,000 attribute rows.

python synbols_marginals.py > synbols_marginals.json    Needs synbols 1.0.2, pycairo and NumPy; no image is drawn.

Synbols' fonts and alphabets lie in its container, not in its package; here it draws from the characters and fonts of the
presets of the same names. Bins of numbers are quantiles of 4,000 other rows.
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
LEFT_OUT = {"korean-1k", "natural-patterns"}  # Need fonts or pictures.
BINS = 16


class Language:
    name = "english"

    def get_alphabet(self, **_):
        return self.alphabet


LANGUAGE = Language()
fonts.LANGUAGE_MAP.clear()
fonts.LANGUAGE_MAP["english"] = LANGUAGE
from synbols import generate, predefined_datasets

generate.LANGUAGE_MAP = predefined_datasets.LANGUAGE_MAP = fonts.LANGUAGE_MAP


def images_only(sampler, n_samples, mask_aggregator=None, dataset_seed=None):
    rng = np.random.RandomState(dataset_seed)
    return [sampler(generate.rand_seed(rng)) for _ in range(n_samples)]


predefined_datasets.dataset_generator = images_only


def style(pattern):
    if isinstance(pattern, drawing.Gradient):
        return str(np.random.RandomState(pattern.seed).choice(pattern.types))
    names = {"NoPattern": "none", "SolidColor": "solid", "MultiGradient": "multi", "Camouflage": "camouflage"}
    return names[type(pattern).__name__]


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
    add("foreground", style(symbol.foreground))
    if prefix:
        return
    add("font", str(symbol.font))
    add("bold", flag(symbol.is_bold))
    add("slant", flag(symbol.is_slant))
    if isinstance(symbol.foreground, drawing.Camouflage):
        add("foreground_stroke_angle", float(symbol.foreground.stroke_angle))


def factors(images):
    found = {}
    for image in images:
        occlusions = [s for s in image.symbols if s.font == "Arial"]
        symbols = [s for s in image.symbols if s.font != "Arial"]
        for symbol in symbols:
            add_symbol(found, symbol)
        for symbol in occlusions:
            add_symbol(found, symbol, "occlusion_")
        for name, value in (("symbols", str(len(symbols))), ("occlusions", str(len(occlusions))),
                            ("background", style(image.background)), ("inverse", flag(image.inverse_color)),
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


def marginals(name, make):
    preset = tomllib.loads((PRESETS / f"{name}.toml").read_text())
    LANGUAGE.alphabet = utils.Alphabet("english", np.array(preset.get("fonts", DEFAULT_FONTS)), preset["chars"])
    np.random.seed(1)  # Some data sets draw from NumPy's own stream.
    pilot = factors(make(4000, seed=1))
    drawn = factors(make(2000, seed=2))
    return {factor: counted(values, pilot[factor]) for factor, values in sorted(drawn.items())}


if __name__ == "__main__":
    result = {name: marginals(name, make) for name, make in predefined_datasets.DATASET_GENERATOR_MAP.items()
              if name not in LEFT_OUT}
    json.dump({"source": "synbols 1.0.2", "rows": 2000, "presets": result}, sys.stdout, ensure_ascii=False)
