"""Learning rates and momenta of PyTorch's OneCycleLR, for one_cycle_test.cc.

python one_cycle.py > one_cycle.json
"""
import json

import torch

CASES = [(0.003, 640), (0.003, 20), (0.1, 101), (0.01, 5), (0.5, 2000)]


def points(peak, batches):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.AdamW([parameter], lr=peak)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=peak, total_steps=batches, pct_start=0.25)
    rows = []
    for batch in range(batches):
        group = optimizer.param_groups[0]
        rows.append([batch, group["lr"], group["betas"][0]])
        optimizer.step()
        if batch + 1 < batches:
            scheduler.step()
    step = max(1, batches // 40)
    return [row for row in rows if row[0] % step == 0 or row[0] == batches - 1]


print(json.dumps({
    "source": f"torch {torch.__version__} OneCycleLR, pct_start .25, other arguments default",
    "cases": [{"peak": p, "batches": b, "points": points(p, b)} for p, b in CASES],
}, indent=1))
