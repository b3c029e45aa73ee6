"""Features of a ResNet-18 in PyTorch's own modules, for model_test.cc.

python resnet18.py    # torch 2.13

All parameters, in torchvision's order, are .3 sin(.7 (i mod 9973)) for their i-th value, kernels
counted with the input channel last; batch norm keeps mean 0 and variance 1. The two 64x64 images
are sin(.3 j) for their j-th value. Printed: features 0, 100, 200, 300, 400 and 500 of either.
"""
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        inside = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(inside + (x if self.downsample is None else self.downsample(x)))


layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
          nn.MaxPool2d(3, 2, 1)]
width = 64
for stage, outputs in enumerate([64, 128, 256, 512]):
    for i in range(2):
        layers.append(Block(width, outputs, 2 if stage > 0 and i == 0 else 1))
        width = outputs
network = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten()).eval()

first = 0
with torch.no_grad():
    for parameter in network.parameters():
        count = parameter.numel()
        values = .3 * torch.sin(.7 * (torch.arange(first, first + count) % 9973).double())
        first += count
        if parameter.dim() == 4:
            o, c, h, w = parameter.shape
            values = values.view(o, h, w, c).permute(0, 3, 1, 2)
        parameter.copy_(values)
    images = torch.sin(.3 * torch.arange(2 * 3 * 64 * 64).double()).view(2, 3, 64, 64).float()
    print([[f"{v:.6g}" for v in row] for row in network(images)[:, ::100].tolist()])
