"""Pages fetched from the web, when a user names their address."""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.limits import URL_BYTES

if TYPE_CHECKING:
    import httpx

MAX_BYTES = URL_BYTES.most
_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """The body of a page, its final address, its media type and the encoding the server names."""

    url: str
    body: bytes
    media_type: str
    encoding: str | None


def fetch(
    url: str, *, timeout: float = 20.0, max_bytes: int = MAX_BYTES, allow_private: bool = False
) -> Fetched:
    """Fetch a page over HTTP.

    The connection goes to the very address that was checked, so that a name cannot be resolved to another
    one in between; redirects are followed and checked anew. Proxies of the environment are not used.

    Args:
        url: Address, http or https.
        timeout: Seconds the whole exchange may take.
        max_bytes: Bytes the body may have, unpacked.
        allow_private: Also connect to addresses that are not public, such as those of the own network.

    Returns:
        The page.

    Raises:
        LoadError: Not http(s), a private address, no answer in time, too large, too many redirects, an
            error reported by the server.
        MissingExtraError: httpx is not installed.
    """
    if find_spec("httpx") is None:
        raise MissingExtraError('reading a URL needs httpx; install it with: pip install "readout-diff[url]"')
    import httpx

    deadline = time.monotonic() + timeout
    target = _parse(url)
    with httpx.Client(trust_env=False, follow_redirects=False) as client:
        for _ in range(_REDIRECTS + 1):
            fetched = _get(client, target, deadline, timeout, max_bytes, allow_private)
            if isinstance(fetched, Fetched):
                return fetched
            target = _parse(str(target.join(fetched)))
    raise LoadError(
        f"{url} redirects more than {_REDIRECTS} times; give the address it leads to in a browser"
    )


def _parse(url: str) -> httpx.URL:
    import httpx

    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise LoadError(
            f"{url[:100]!r} is no address; give one such as https://www.example.org/readout"
        ) from None
    if target.scheme not in ("http", "https") or not target.host:
        raise LoadError(f"{url[:100]!r} is not http or https; give a web address, or the path of a file")
    return target


def _get(
    client: httpx.Client,
    target: httpx.URL,
    deadline: float,
    timeout: float,
    max_bytes: int,
    allow_private: bool,
) -> Fetched | str:
    """Make one request; return the page, or where it redirects to."""
    import httpx

    address = _address(target, allow_private)
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow(target, timeout)
    request = client.build_request(
        "GET",
        target.copy_with(host=address),
        headers={
            "Host": target.netloc.decode("ascii"),
            "User-Agent": "readout-diff",
            "Accept": "text/html,*/*;q=0.8",
        },
        timeout=httpx.Timeout(left),
        extensions={"sni_hostname": target.raw_host.decode("ascii")},
    )
    try:
        response = client.send(request, stream=True)
        try:
            if response.is_redirect:
                return response.headers["location"]
            if response.status_code != 200:
                raise LoadError(
                    f"{target} answered {response.status_code} {response.reason_phrase};"
                    " check the address in a browser"
                )
            body = _body(response, target, deadline, timeout, max_bytes)
        finally:
            response.close()
    except httpx.TimeoutException:
        raise _too_slow(target, timeout) from None
    except httpx.HTTPError as error:
        raise LoadError(
            f"cannot fetch {target}: {str(error) or type(error).__name__}; check the address and the network"
        ) from None
    media_type, _, rest = response.headers.get("content-type", "").partition(";")
    encoding = rest.partition("charset=")[2].split(";")[0].strip(" \"'") or None
    return Fetched(str(target), body, media_type.strip().lower(), encoding)


def _body(
    response: httpx.Response, target: httpx.URL, deadline: float, timeout: float, max_bytes: int
) -> bytes:
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes(65536):
        size += len(chunk)
        if size > max_bytes:
            raise LoadError(
                f"{target} is larger than the limit {URL_BYTES.name} of {max_bytes} bytes; {URL_BYTES.advice}"
            )
        if time.monotonic() > deadline:
            raise _too_slow(target, timeout)
        chunks.append(chunk)
    return b"".join(chunks)


def _too_slow(target: httpx.URL, timeout: float) -> LoadError:
    return LoadError(
        f"{target} did not answer within {timeout:g} seconds; try again, or save the page and give the file"
    )


def _address(target: httpx.URL, allow_private: bool) -> str:
    """Resolve a host, and refuse it if any of its addresses is not public."""
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise LoadError(f"no host {target.host!r}; check the address and the network") from None
    addresses = [str(entry[4][0]) for entry in found]
    private = [address for address in addresses if not _is_public(address)]
    if private and not allow_private:
        raise LoadError(
            f"{target.host} is a private address ({private[0]}); pass allow_private=True if it is meant"
        )
    return addresses[0]


def _is_public(address: str) -> bool:
    return ipaddress.ip_address(address.split("%")[0]).is_global
