"""Holds afaudit against its peers on data that people know: COMPAS, Adult and CelebA.

python known_data AFAUDIT [FOLDER]

Of COMPAS (6,167 rows) and Adult (45,222): base rates by race, sex and both, and what a logistic regression of
scikit-learn, trained on every other row, predicts for the rest, against fairlearn, AIF360 and Aequitas; of COMPAS its
own decile score too, whose ten values are all ties. Of CelebA (202,599 rows of 40 attributes): cells, tests and the
drift of a subset, against scipy. Prints what was held against what; the first figure that is off by more than 1e-12
(tests: 1e-9) ends it with exit code 1. FOLDER keeps the files that were audited. `./dev peers` sets all of it up.
"""
import pathlib
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))  # For fairlearn_metrics.

import tables
from held import Auditor
from with_aequitas import hold_aequitas
from with_aif360 import hold_aif360
from with_fairlearn import hold_base_rates, hold_predictions
from with_scipy import hold_celeba


def main(program, folder):
    folder.mkdir(exist_ok=True)
    auditor = Auditor(program, folder)
    compas, compas_features, decile = tables.read_compas()
    adult, adult_features = tables.read_adult()
    for title, named, features, label in (("COMPAS", compas, compas_features, "recidivist"),
                                          ("Adult", adult, adult_features, "rich")):
        predicted = tables.classify(named, features, label)
        for groups in (["race"], ["sex"], ["race", "sex"]):
            hold_base_rates(auditor, title, named, label, groups)
            hold_predictions(auditor, title, predicted, label, groups)
        hold_aif360(auditor, title, predicted, label)
        hold_aequitas(auditor, title, predicted, label)
    deciles = compas.assign(score=decile / 11, prediction=(decile >= 5).astype(int))
    hold_predictions(auditor, "COMPAS, its decile scores", deciles, "recidivist", ["race", "sex"])
    hold_celeba(auditor, tables.read_celeba())


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else scratch))
