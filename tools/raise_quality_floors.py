"""Raise the floors of the quality gate to what is measured now; refuses to lower one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from readout_diff.evaluation import evaluate

TESTS = Path(__file__).parent.parent / "tests"
FILE = TESTS / "quality_floors.json"
LOWER_IS_BETTER = {"calibration": 0.02, "false_links": 0.5, "furniture": 0.005, "article_invented": 0.0}
# Room for the last digits of another machine's arithmetic, which can turn a close decision.
SLACK = 0.01
ACCOUNTS = ("topic_f1", "one_sided_f1", "one_sided_robust", "align_f1", "align_map", "furniture")
LINKS = ("topic_f1", "align_f1", "align_map")
# A folder of annotated pairs, and the options it is measured with.
FIGURES = {
    "seed": ACCOUNTS,
    "dev": (*ACCOUNTS, "conflict_f1", "false_links"),
    "style": (*ACCOUNTS, "conflict_f1", "false_links"),
    "holdout": (*ACCOUNTS, "false_links"),
    "dev --embedder none --reader none": (*LINKS, "one_sided_f1", "conflict_f1", "false_links"),
    "style --embedder none --reader none": (*LINKS, "one_sided_f1", "false_links"),
    "articles": ("article_exact", "article_publisher", "article_language", "article_invented"),
}


def main() -> int:
    """Measure, compare with the floors, and write the higher ones."""
    floors: dict[str, dict[str, float]] = (
        json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    )
    refused = []
    for folder, names in FIGURES.items():
        name, *options = folder.split(" --")
        result = evaluate(TESTS / "data" / "gold" / name, **dict(option.split() for option in options))
        for name in names:
            value = result[name].value
            old = floors.setdefault(folder, {}).get(name)
            if name in LOWER_IS_BETTER:
                new = round(value + LOWER_IS_BETTER[name], 3)
                worse = old is not None and value > old
                better = old is None or new < old
            else:
                new = round(max(0.0, value - SLACK), 3)
                worse = old is not None and value < old
                better = old is None or new > old
            print(f"{folder:9} {name:18} measured {value:.3f}  floor {old if old is not None else '-'}")
            if worse:
                refused.append(f"{folder} {name}: {value:.3f} is worse than its floor {old}")
            elif better:
                floors[folder][name] = new
    if refused:
        print("refused to lower a floor; nothing written:", *refused, sep="\n  ", file=sys.stderr)
        return 1
    FILE.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
