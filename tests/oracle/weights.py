"""Files of weights as torch.save and safetensors write them, and what PyTorch makes of them, for
al/weights.

python weights.py GOLDEN > weights.json    # torch 2.13, safetensors 0.8

GOLDEN (tests/golden/weights) gets vgg16.pt, a zip; vgg16_stream.pt, the format before PyTorch 1.6;
resnet18.pt, a checkpoint of parameters under "state_dict"; types.safetensors. The networks have the
names and shapes of torchvision's. Their tensors are overlapping views of one storage, so that the
files are small. Printed: the logits of two 64x64 images, sin(.3 j) for their j-th value; and the
values of types.safetensors.
"""
import json
import sys
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

VGG = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]


def views(shapes, dtype):
    """Tensors of the shapes, all views of one storage, the step between outputs another each."""
    generator = torch.Generator().manual_seed(7)
    base = (.024 * torch.randn(60_000, generator=generator)).to(dtype)
    tensors = OrderedDict()
    for i, (name, shape) in enumerate(shapes.items()):
        steps = [7 + i % 3, 5, 2, 1][:len(shape)] if len(shape) > 1 else [1]
        if len(shape) == 2:
            steps = [5, 1]
        tensors[name] = base.as_strided(shape, steps, 11 * i)
    return tensors


def vgg_shapes(classes):
    shapes = {}
    number, inputs = 0, 3
    for outputs in VGG:
        if outputs == 0:
            number += 1
            continue
        shapes[f"features.{number}.weight"] = (outputs, inputs, 3, 3)
        shapes[f"features.{number}.bias"] = (outputs,)
        number, inputs = number + 2, outputs
    for number, outputs, inputs in [(0, 4096, 25088), (3, 4096, 4096), (6, classes, 4096)]:
        shapes[f"classifier.{number}.weight"] = (outputs, inputs)
        shapes[f"classifier.{number}.bias"] = (outputs,)
    return shapes


def vgg(images, t):
    x, number = images, 0
    for outputs in VGG:
        if outputs == 0:
            x, number = F.max_pool2d(x, 2), number + 1
        else:
            x = F.relu(F.conv2d(x, t[f"features.{number}.weight"], t[f"features.{number}.bias"],
                                padding=1))
            number += 2
    x = F.adaptive_avg_pool2d(x, (7, 7)).flatten(1)
    x = F.relu(F.linear(x, t["classifier.0.weight"], t["classifier.0.bias"]))
    x = F.relu(F.linear(x, t["classifier.3.weight"], t["classifier.3.bias"]))
    return F.linear(x, t["classifier.6.weight"], t["classifier.6.bias"])


def norm_shapes(name, width):
    return {f"{name}.{part}": (width,) for part in ("weight", "bias", "running_mean", "running_var")}


def resnet_shapes(classes):
    shapes = {"conv1.weight": (64, 3, 7, 7), **norm_shapes("bn1", 64)}
    inputs = 64
    for stage, outputs in enumerate([64, 128, 256, 512], start=1):
        for i in range(2):
            name = f"layer{stage}.{i}"
            shapes |= {f"{name}.conv1.weight": (outputs, inputs, 3, 3),
                       **norm_shapes(f"{name}.bn1", outputs),
                       f"{name}.conv2.weight": (outputs, outputs, 3, 3),
                       **norm_shapes(f"{name}.bn2", outputs)}
            if inputs != outputs:
                shapes |= {f"{name}.downsample.0.weight": (outputs, inputs, 1, 1),
                           **norm_shapes(f"{name}.downsample.1", outputs)}
            inputs = outputs
    return shapes | {"fc.weight": (classes, 512), "fc.bias": (classes,)}


def resnet(images, t):
    def norm(x, name):
        return F.batch_norm(x, t[name + ".running_mean"], t[name + ".running_var"],
                            t[name + ".weight"], t[name + ".bias"])

    x = F.relu(norm(F.conv2d(images, t["conv1.weight"], stride=2, padding=3), "bn1"))
    x = F.max_pool2d(x, 3, 2, 1)
    for stage in range(1, 5):
        for i in range(2):
            name = f"layer{stage}.{i}"
            stride = 2 if stage > 1 and i == 0 else 1
            y = F.conv2d(x, t[name + ".conv1.weight"], stride=stride, padding=1)
            y = F.conv2d(F.relu(norm(y, name + ".bn1")), t[name + ".conv2.weight"], padding=1)
            if name + ".downsample.0.weight" in t:
                x = norm(F.conv2d(x, t[name + ".downsample.0.weight"], stride=stride),
                         name + ".downsample.1")
            x = F.relu(norm(y, name + ".bn2") + x)
    return F.linear(x.mean((2, 3)), t["fc.weight"], t["fc.bias"])


golden = Path(sys.argv[1])
image = torch.sin(.3 * torch.arange(2 * 3 * 64 * 64).double()).view(2, 3, 64, 64).float()
tensors = views(vgg_shapes(4), torch.float32)
tensors._metadata = OrderedDict(version=1)  # As Module.state_dict() has it.
torch.save(tensors, golden / "vgg16.pt")
halves = views(vgg_shapes(4), torch.float16)
torch.save(halves, golden / "vgg16_stream.pt", _use_new_zipfile_serialization=False)
net = views(resnet_shapes(3), torch.float32)
for name, values in net.items():  # Variances are positive and scales about 1.
    if name.endswith("running_var") or (name.endswith(".weight") and values.dim() == 1):
        net[name] = values.abs() + 1
for name in [name for name in net if name.endswith("running_mean")]:
    net[name.replace("running_mean", "num_batches_tracked")] = torch.tensor(5)
saved = OrderedDict((name, torch.nn.Parameter(value, requires_grad=value.is_floating_point()))
                    for name, value in net.items())
torch.save({"epoch": 90, "best": .5, "args": None, "state_dict": saved}, golden / "resnet18.pt")
types = {str(dtype).removeprefix("torch."): torch.tensor([[-1.5, .25, 3], [0, 1, -2]]).to(dtype)
         for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64)}
save_file(types, golden / "types.safetensors")
print(json.dumps({
    "vgg16": vgg(image, tensors).tolist(),
    "vgg16_stream": vgg(image, {name: t.float() for name, t in halves.items()}).tolist(),
    "resnet18": resnet(image, net).tolist(),
    "types": {name: t.double().tolist() for name, t in types.items()},
}))
