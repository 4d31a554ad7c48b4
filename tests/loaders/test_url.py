"""Pages fetched from a real server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.loaders import load
from readout_diff.loaders import url as module
from readout_diff.loaders.url import fetch

PAGE = (Path(__file__).parents[1] / "data" / "formats" / "page.html").read_bytes()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/page":
            self.answer(200, PAGE, "text/html; charset=utf-8")
        elif self.path == "/cp1251":
            text = "Президенты условились поддерживать контакты. Разговор был деловым."
            self.answer(200, text.encode("cp1251"), "text/plain; charset=windows-1251")
        elif self.path.startswith("/hop"):
            left = int(self.path[4:])
            self.redirect(f"/hop{left - 1}" if left else "/page")
        elif self.path == "/loop":
            self.redirect("/loop")
        elif self.path == "/to-file":
            self.redirect("file:///etc/hosts")
        elif self.path == "/to-private":
            self.redirect("http://192.168.77.77/secret")
        elif self.path == "/large":
            self.answer(200, b"They spoke. " * 10_000, "text/plain")
        elif self.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            for _ in range(30):
                self.wfile.write(b"They spoke. ")
                self.wfile.flush()
                time.sleep(0.1)
        else:
            self.answer(404, b"not here", "text/plain")

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that hangs up early is what some tests want

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_is_fetched_and_read(site: str) -> None:
    readout = load(f"{site}/page", allow_private=True)
    assert readout.text.startswith("President Elliot Kessler held")
    assert readout.source == f"{site}/page"


def test_the_encoding_the_server_names_is_used(site: str) -> None:
    assert load(f"{site}/cp1251", allow_private=True).text.startswith("Президенты")


def test_redirects_are_followed_to_the_end(site: str) -> None:
    assert fetch(f"{site}/hop4", allow_private=True).url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/loop", "redirects more than 5 times"),
        ("/to-file", "not http or https"),
        ("/nowhere", "answered 404"),
        ("/large", "larger than the limit url_bytes of 50000 bytes"),
        ("/slow", r"did not answer within 0\.5 seconds"),
    ],
)
def test_what_goes_wrong_is_named_in_one_line(site: str, path: str, message: str) -> None:
    with pytest.raises(LoadError, match=message) as caught:
        fetch(f"{site}{path}", timeout=0.5 if path == "/slow" else 10, max_bytes=50_000, allow_private=True)
    assert "\n" not in str(caught.value)


def test_private_addresses_are_refused(site: str) -> None:
    for address in (
        site,
        "http://localhost/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
    ):
        with pytest.raises(LoadError, match="private address"):
            fetch(address)


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # the test server itself counts as public here, whatever it redirects to does not
    checked = module._is_public
    monkeypatch.setattr(module, "_is_public", lambda address: address == "127.0.0.1" or checked(address))
    with pytest.raises(LoadError, match=r"192\.168\.77\.77 is a private address"):
        fetch(f"{site}/to-private")


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "file:///etc/hosts", "gopher://x", "http://", "https://[", "data://x"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(LoadError):
        load(url)


def test_nobody_listening_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(LoadError, match="cannot fetch"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


def test_a_missing_httpx_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"readout-diff\[url\]"):
        load("https://example.org/")


@pytest.mark.parametrize("url", ["http://exa mple.org\x00/", "http://[::1/x", f"http://{'a' * 70_000}.org/"])
def test_an_address_no_parser_takes_is_named(url: str) -> None:
    with pytest.raises(LoadError, match="is no address"):
        fetch(url)


def test_time_that_is_up_before_a_request_is_named(site: str) -> None:
    with pytest.raises(LoadError, match="seconds"):
        fetch(f"{site}/page", timeout=0.0, allow_private=True)


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(LoadError, match="seconds"):
            fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.3, allow_private=True)
