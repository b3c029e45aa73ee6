"""BaaL's BALD scores of random probabilities, for bald_test.cc.

python bald.py > bald.json
"""
import json
from importlib.metadata import version

import numpy as np
from baal.active.heuristics import BALD

rng = np.random.default_rng(20)
cases = []
for rows, classes, draws, sharpness in [(12, 2, 20, 1.0), (8, 5, 7, 3.0), (6, 3, 50, 8.0), (4, 2, 1, 1.0)]:
    logits = rng.normal(size=(rows, classes, draws)) * sharpness
    probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    scores = BALD().compute_score(probabilities)
    cases.append({
        "probabilities": probabilities.transpose(2, 0, 1).tolist(),  # [draws, rows, classes]
        "scores": np.asarray(scores).tolist(),
    })
print(json.dumps({"source": f"baal {version('baal')} BALD.compute_score", "cases": cases}))
