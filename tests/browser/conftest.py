import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator:
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"no Chromium on this machine (looked for {', '.join(PROGRAMS)})")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        # In a container there is no sandbox to be had; what is opened is our own page.
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Opened:
    """A page in a browser without a network, with what it asked for and complained about."""

    def __init__(self, browser, path: Path, **settings) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context.set_offline(True)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        self.address = path.as_uri()
        self.page.goto(self.address)


@pytest.fixture
def open_page(browser, tmp_path) -> Iterator:
    opened = []

    def open_(html: str, **settings) -> Opened:
        path = tmp_path / f"page{len(opened)}.html"
        path.write_text(html, encoding="utf-8")
        opened.append(Opened(browser, path, **settings))
        return opened[-1]

    yield open_
    for one in opened:
        one.context.close()
