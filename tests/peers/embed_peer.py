"""Embedding of a folder by eager PyTorch, with the knobs of `dinobench bench embed`: the yardstick for its speed.

A ViT with random weights, attention by scaled_dot_product_attention, under inference_mode. Images are decoded by PIL and
transformed by torchvision (bicubic resize of the shorter side to 8/7 of the size, centre cut, ImageNet normalisation) in a
DataLoader with --workers processes (0: in the loop itself). One batch warms up before each measurement, so that neither
start of processes nor first allocations count. Prints one line of JSON.

    python embed_peer.py --images DIR [--arch vit_small --patch 14 --size 224 --batch 32 --threads 2 --workers 2]
"""
import argparse
import json
import pathlib
import time

import numpy
import torch
import torch.nn.functional as functional
from PIL import Image
from torch import nn
from torchvision import transforms

ARCHS = {
    "vit_micro": (128, 6, 2),
    "vit_mini": (192, 6, 3),
    "vit_tiny": (192, 12, 3),
    "vit_small": (384, 12, 6),
    "vit_base": (768, 12, 12),
}
ENDINGS = {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"}


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.scale1, self.scale2 = nn.Parameter(torch.ones(width)), nn.Parameter(torch.ones(width))

    def forward(self, x):
        batch, tokens, width = x.shape
        heads = self.qkv(self.norm1(x)).view(batch, tokens, 3, self.heads, width // self.heads)
        q, k, v = heads.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, tokens, width)
        x = x + self.scale1 * self.proj(mixed)
        return x + self.scale2 * self.fc2(functional.gelu(self.fc1(self.norm2(x))))


class Backbone(nn.Module):
    def __init__(self, arch, patch, size):
        super().__init__()
        width, depth, heads = ARCHS[arch]
        self.patch = nn.Conv2d(3, width, patch, patch)
        self.cls = nn.Parameter(torch.zeros(1, 1, width))
        self.pos = nn.Parameter(torch.randn(1, 1 + (size // patch) ** 2, width) * 0.02)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(width, eps=1e-6)

    def forward(self, images):
        x = self.patch(images).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(len(x), -1, -1), x], 1) + self.pos
        for block in self.blocks:
            x = block(x)
        return self.norm(x)


def vectors(tokens, features):
    if features == "cls":
        return tokens[:, 0]
    mean = tokens[:, 1:].mean(1)
    return mean if features == "mean_patch" else torch.cat([tokens[:, 0], mean], 1)


class Folder(torch.utils.data.Dataset):
    def __init__(self, files, size):
        self.files = files
        self.transform = transforms.Compose(
            [
                transforms.Resize(round(size * 8 / 7), interpolation=transforms.InterpolationMode.BICUBIC),
                transforms.CenterCrop(size),
                transforms.ToTensor(),
                transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
            ]
        )

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        with Image.open(self.files[index]) as image:
            return self.transform(image.convert("RGB"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", required=True)
    parser.add_argument("--arch", default="vit_small")
    parser.add_argument("--patch", type=int, default=14)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--features", default="cls", choices=["cls", "mean_patch", "cls_and_mean_patch"])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=5)
    knobs = parser.parse_args()
    torch.set_num_threads(knobs.threads)
    torch.manual_seed(0)
    found = sorted(p for p in pathlib.Path(knobs.images).rglob("*") if p.suffix.lower() in ENDINGS)
    files = found[: knobs.limit]
    network = Backbone(knobs.arch, knobs.patch, knobs.size).eval()
    with torch.inference_mode():
        loader = torch.utils.data.DataLoader(
            Folder(files[: knobs.batch] + files, knobs.size), batch_size=knobs.batch, num_workers=knobs.workers
        )
        parts, start = [], None
        for images in loader:
            out = vectors(network(images), knobs.features).numpy()
            if start is None:
                start = time.perf_counter()
            else:
                parts.append(out)
        numpy.save("/dev/null", numpy.concatenate(parts))
        seconds = time.perf_counter() - start
        noise = torch.rand(knobs.batch, 3, knobs.size, knobs.size) * 2 - 1
        passes = []
        for _ in range(knobs.repeats + 1):
            begin = time.perf_counter()
            vectors(network(noise), knobs.features)
            passes.append(time.perf_counter() - begin)
    network_seconds = sorted(passes[1:])[knobs.repeats // 2]
    print(
        json.dumps(
            {
                "torch": torch.__version__,
                "images": len(files),
                "seconds": seconds,
                "images_per_s": len(files) / seconds,
                "network_s": network_seconds,
                "network_images_per_s": knobs.batch / network_seconds,
                **{k: v for k, v in vars(knobs).items() if k != "images"},
            }
        )
    )


if __name__ == "__main__":
    main()
