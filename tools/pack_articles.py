"""Pack marked articles into a lot of tests/data/marked_articles.

    python tools/pack_articles.py LOT FOLDER...   # LOT.jsonl of the *.src.txt files in the folders

The marks are those of `readout_diff.evaluation.marked`. A lot holds the articles of one author: it is left
out as a whole where it is counted how many articles are cut rightly.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from readout_diff.evaluation.marked import parse_marked

EXAMPLES = Path(__file__).parents[1] / "tests" / "data" / "marked_articles"


def main() -> None:
    """Read, check, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lot")
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args()
    paths = sorted(path for folder in options.folders for path in folder.glob("*.src.txt"))
    if not paths:
        parser.error(f"no *.src.txt in {', '.join(map(str, options.folders))}")
    rows = [
        {"id": path.name.removesuffix(".src.txt"), "marked": path.read_text("utf-8").replace("\r", "")}
        for path in paths
    ]
    for row in rows:
        parse_marked(row["id"], row["marked"])
    EXAMPLES.mkdir(exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (EXAMPLES / f"{options.lot}.jsonl").write_text("".join(lines), "utf-8")
    print(f"{options.lot}: {len(rows)} articles")


if __name__ == "__main__":
    main()
