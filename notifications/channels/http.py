"""One POST to another machine: short, without redirects, and not into our own network."""

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3

from notifications.channels.outcomes import Lasting, Passing

SECONDS = 10
MOST_BYTES_READ = 1024
# IPv6 addresses in which gateways find an IPv4 address: the last 32 bits.
_GATEWAYS = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def retry_after(self) -> int | None:
        """The seconds the other side asks to wait, if it says so in seconds; a day at most."""
        value = self.headers.get("Retry-After", "")
        return min(int(value), 86400) if value.isdecimal() else None


def post(url: str, body: bytes, headers: Mapping[str, str], *, inside: bool = False) -> Answer:
    """Send the body and return the answer, of which 1 kB is read; redirects are not followed.

    Unless `inside`, only https to public addresses: the name is resolved once, every address of
    it must be public, and the connection goes to the address that was looked at. Raises Lasting
    for an address that may not be asked, Passing when no answer came.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise Lasting("only https addresses are allowed", address_is_bad=False)
    if not parts.hostname or parts.username or parts.password:
        raise Lasting("the address names no machine, or a password", address_is_bad=False)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Lasting(str(error), address_is_bad=False) from error
    address = resolve(parts.hostname, port, inside=inside)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        return _ask(parts, address, port, path, body, headers)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Passing(f"{type(error).__name__}: {error}") from error


def resolve(name: str, port: int, *, inside: bool = False) -> str:
    """Return the machine's address; raises Lasting when one of its addresses is not public."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Passing(f"{type(error).__name__}: {error}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not inside and not all(is_public(address) for address in addresses):
        raise Lasting("the address leads into a private network", address_is_bad=False)
    return addresses[0]


def is_public(address: str) -> bool:
    """Return whether the address is one of the open internet (also when IPv6 wraps IPv4)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _GATEWAYS:
            ip = ipaddress.IPv4Address(ip.packed[-4:])
        else:
            ip = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
    # Reserved and site-local IPv6 counts as global, though some networks use it inside.
    inside = ip.is_multicast or ip.is_reserved or getattr(ip, "is_site_local", False)
    return ip.is_global and not inside


@contextlib.contextmanager
def _cut_when_too_slow(pool) -> Iterator[None]:
    """Cut the connection after twice the wait for one answer, however slowly bytes drip in.

    Each byte would begin the wait anew: one receiver could hold a worker for hours.
    """
    made: list = []
    connect = pool.ConnectionCls

    def remembered(*args, **kwargs):
        made.append(connect(*args, **kwargs))
        return made[-1]

    pool.ConnectionCls = remembered
    timer = threading.Timer(2 * SECONDS, _cut, [made])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connections: list) -> None:
    for connection in connections:
        with contextlib.suppress(OSError, TypeError):  # TypeError: it has no socket (any more)
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _ask(parts, address, port, path, body, headers) -> Answer:
    timeout = urllib3.Timeout(connect=SECONDS, read=SECONDS)
    options = {"timeout": timeout, "maxsize": 1, "retries": False}
    if parts.scheme == "https":
        name = parts.hostname
        pool = urllib3.HTTPSConnectionPool(
            address, port, server_hostname=name, assert_hostname=name, **options
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, **options)
    with pool, _cut_when_too_slow(pool):
        response = pool.request(
            "POST",
            path,
            body=body,
            headers={"Host": parts.netloc, "User-Agent": "pmqa-portal", **headers},
            redirect=False,
            preload_content=False,
        )
        text = response.read(MOST_BYTES_READ, decode_content=False) or b""
        answer = Answer(response.status, response.headers, text.decode(errors="replace"))
        response.close()
    return answer
