"""Log loss, Brier score and expected calibration error, for tests/al/test_metrics_test.cc.

python calibration.py > calibration.json

Log loss and Brier score are scikit-learn's (1.7 or later). The calibration error follows Guo et
al. 2017, Eq. 3, bin by bin: 15 bins of equal width, the label with the highest probability.
"""
import json

import numpy as np
import sklearn
from sklearn.metrics import brier_score_loss, log_loss


def calibration_error(labels, p, bins=15):
    confidence, right = p.max(1), p.argmax(1) == labels
    error = 0.0
    for m in range(bins):
        inside = (confidence >= m / bins) & (confidence < (m + 1) / bins)
        if m == bins - 1:
            inside |= confidence == 1
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


rng = np.random.default_rng(11)
cases = []
for rows, classes in ((30, 2), (60, 2), (40, 3), (80, 10)):
    logits = 2 * rng.normal(size=(rows, classes))
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    labels = np.array([rng.choice(classes, p=row) for row in p])
    labels[:classes] = np.arange(classes)
    names = np.arange(classes)
    cases.append({"labels": labels.tolist(), "p": p.tolist(),
                  "nll": log_loss(labels, p, labels=names), "ece": calibration_error(labels, p),
                  "brier": brier_score_loss(labels, p, labels=names, scale_by_half=False)})
print(json.dumps({"made_with": {"scikit-learn": sklearn.__version__}, "cases": cases}))
