"""Predictions by race and by sex against Aequitas.

Its disparities divide each group's metric by a reference group's; with the smallest group for reference, the largest of
them is one over our ratio. Its `ppr` (a group's share of all selected) and `for` and `npv` (of the rows not selected)
are none of ours; a rate without rows it calls NaN or 0, depending on the rate.
"""
from aequitas.bias import Bias
from aequitas.group import Group

from held import Held

VALUES = {"accuracy": "accuracy", "selection_rate": "pprev", "true_positive_rate": "tpr",
          "true_negative_rate": "tnr", "false_positive_rate": "fpr", "false_negative_rate": "fnr",
          "precision": "precision"}


def hold_aequitas(auditor, title, table, label):
    held = Held(f"{title}: predictions by race and by sex, Aequitas")
    frame = table[["race", "sex"]].assign(score=table["prediction"], label_value=table[label])
    groups, _ = Group().get_crosstabs(frame, attr_cols=["race", "sex"])
    ratios = Bias().get_disparity_min_metric(groups, original_df=frame)
    for column in ("race", "sex"):
        report = auditor.of_table("predictions.csv", table, "--label", label, "--prediction", "prediction",
                                  "--group", column)
        ours = {entry[column]: entry["metrics"] for entry in report["by_group"]}
        of_column = ratios[ratios.attribute_name == column].set_index("attribute_value")
        for name, theirs in VALUES.items():
            for group in ours:
                held.same(f"{name} of {group}", ours[group][name]["value"], of_column.loc[group, theirs])
            if name == "accuracy":  # Of that Aequitas has no disparity.
                continue
            # Where the smallest is 0, it calls the disparity 10.
            ratio = 1 / of_column[f"{theirs}_disparity"].max() if of_column[theirs].min() > 0 else 0.0
            held.same(f"{name}_ratio", report["disparities"][f"{name}_ratio"]["value"], ratio)
    held.done()
