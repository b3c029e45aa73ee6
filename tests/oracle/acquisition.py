"""Acquisition scores and choices of random predictions, for tests/al/acquisition.

BaaL where it has the heuristic; else the published definition, slowly, in NumPy:
BatchBALD by summing over every label configuration, CoreSet and BADGE on whole
distance matrices, BADGE with its gradient embeddings written out.

python acquisition.py > acquisition.json
"""
import itertools
import json
from importlib.metadata import version

import numpy as np
from baal.active.heuristics import BALD, EPIG, Certainty, Entropy, Margin
from scipy.special import digamma, gammaln, xlogy

rng = np.random.default_rng(30)


def random_probabilities(draws, rows, classes, sharpness):
    """[draws, rows, classes], sharper where the row's number is higher."""
    common = rng.normal(size=(1, rows, classes)) * sharpness
    logits = common + rng.normal(size=(draws, rows, classes)) * sharpness
    logits *= np.linspace(0.3, 1.5, rows)[None, :, None]
    p = np.exp(logits - logits.max(2, keepdims=True))
    return p / p.sum(2, keepdims=True)


def entropy(p, axis=-1):
    return -xlogy(p, p).sum(axis)


def variation_ratio(p):
    draws, rows, classes = p.shape
    votes = p.argmax(2)
    return [1 - max(np.bincount(votes[:, n], minlength=classes)) / draws for n in range(rows)]


def bal_ent_acq(p):
    mean = p.mean(0)
    m = np.clip(mean, 1e-9, 1 - 1e-9)
    v = np.maximum(p.var(0, ddof=1), 1e-9)
    nu = np.clip(m * (1 - m) / v - 1, 1e-6, 1e8)
    a, b = m * nu + 1, (1 - m) * nu
    h = (gammaln(a) + gammaln(b) - gammaln(a + b) - (a - 1) * digamma(a) - (b - 1) * digamma(b)
         + (a + b - 2) * digamma(a + b))
    joint = (m * h).sum(1) + entropy(mean)
    balanced = joint / (entropy(mean) + np.log(2))
    return np.where(balanced >= 0, 1 / balanced, balanced)


def joint_entropy(p, rows):
    """H(y of the rows), over every configuration of their labels."""
    total = 0.0
    for labels in itertools.product(range(p.shape[2]), repeat=len(rows)):
        likelihood = np.prod([p[:, row, y] for row, y in zip(rows, labels)], axis=0)
        total -= xlogy(likelihood.mean(), likelihood.mean())
    return total


def batch_bald(p, count):
    conditional = entropy(p).mean(0)
    rows, gains, before = [], [], 0.0
    for _ in range(count):
        value = {row: joint_entropy(p, rows + [row]) - conditional[rows + [row]].sum()
                 for row in range(p.shape[1]) if row not in rows}
        best = max(value, key=value.get)
        rows.append(best)
        gains.append(value[best] - before)
        before = value[best]
    return {"rows": rows, "gains": gains}


def core_set(points, labelled, count):
    centres, rows, distances = list(labelled), [], []
    for _ in range(count):
        nearest = [min(np.linalg.norm(x - c) for c in centres) for x in points]
        for row in rows:
            nearest[row] = -1
        rows.append(int(np.argmax(nearest)))
        distances.append(float(max(nearest)))
        centres.append(points[rows[-1]])
    return {"rows": rows, "distances": distances}


def gradient_embeddings(p, hidden):
    """The outer product of p - onehot(argmax p) and the hidden layer, a row a row."""
    residual = p - np.eye(p.shape[1])[p.argmax(1)]
    return np.einsum("nc,nh->nch", residual, hidden).reshape(len(p), -1)


cases = []
for draws, rows, classes, sharpness, picks in [(10, 7, 2, 1.0, 5), (6, 6, 3, 2.0, 4), (20, 9, 5, 3.0, 3)]:
    p = random_probabilities(draws, rows, classes, sharpness)
    targets = random_probabilities(draws, 4, classes, sharpness)
    stacked = p.transpose(1, 2, 0)  # BaaL: [rows, classes, draws]
    cases.append({
        "probabilities": p.tolist(),
        "targets": targets.tolist(),
        "bald": BALD().compute_score(stacked).tolist(),
        "entropy": Entropy().compute_score(stacked).tolist(),
        "least_confidence": (1 - Certainty().compute_score(stacked)).tolist(),
        "margin": (-Margin().compute_score(stacked)).tolist(),
        "epig": EPIG().compute_score(stacked, targets.transpose(1, 2, 0)).tolist(),
        "variation_ratio": variation_ratio(p),
        "balentacq": bal_ent_acq(p).tolist(),
        "batchbald": batch_bald(p, picks),
    })

points = rng.normal(size=(30, 19))
labelled = rng.normal(size=(4, 19))
p = random_probabilities(1, 30, 3, 2.0)[0]
gradients = gradient_embeddings(p, points)
print(json.dumps({
    "source": f"baal {version('baal')} (bald, entropy, least_confidence, margin, epig); NumPy "
              f"{np.__version__} after the papers (the others)",
    "scores": cases,
    "core_set": {"points": points.tolist(), "labelled": labelled.tolist(),
                 **core_set(points, labelled, 12)},
    "badge": {"probabilities": p.tolist(), "hidden": points.tolist(),
              "squared_lengths": (gradients**2).sum(1).tolist(),
              "squared_distances": ((gradients[:, None] - gradients[None])**2).sum(2).tolist()},
}))
