"""Make the pictures of the README from the real report and the real terminal view of the seed.

    python tools/pictures.py

needs Chromium, playwright and an installed package; writes docs/images/.
"""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console

from readout_diff import compare, load_readouts
from readout_diff.render.terminal import print_report

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SEED = Path(__file__).parents[1] / "seeds" / "000_78d42d08e289e3ea.txt"


def main() -> None:
    """Write report.png, report-dark.png, reading.png and terminal.png."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    left, right = load_readouts(SEED)[:2]
    comparison = compare(left, right)
    console = Console(
        record=True, file=io.StringIO(), width=110, force_terminal=True, color_system="truecolor"
    )
    print_report(comparison, console)
    # The typeface rich names would be fetched from the network.
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", console.export_svg(title="readout-diff demo"))
    program = next(
        p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for scheme, name in (("light", "report.png"), ("dark", "report-dark.png")):
            page = browser.new_page(viewport={"width": 1280, "height": 1020}, color_scheme=scheme)
            page.set_content(comparison.to_html())
            page.screenshot(path=IMAGES / name)
        page = browser.new_page(viewport={"width": 1280, "height": 1020})
        page.set_content(comparison.to_html())
        page.locator("#reading").evaluate("e => e.scrollIntoView({behavior: 'instant'})")
        page.screenshot(path=IMAGES / "reading.png")
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.set_content(f"<style>body{{margin:0}}svg{{width:1100px;height:auto}}</style>{svg}")
        page.screenshot(path=IMAGES / "terminal.png")
        browser.close()


if __name__ == "__main__":
    main()
