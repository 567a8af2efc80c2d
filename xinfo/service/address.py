"""Where a server is reached: by which names, whether by strangers, and taking an address. Serves nothing."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from xinfo.errors import InputError

LOCAL = "127.0.0.1"
PORTS = range(1, 65536)


@dataclass(frozen=True)
class Reach:
    """From where a server can be reached over HTTP."""

    address: str = LOCAL
    url: str = ""
    """What people type and programs are told; empty where that is the address."""

    @property
    def hosts(self) -> list[str]:
        """The names that a request may use; others are another site's that leads a browser here."""
        own = "" if unspecified(self.address) else self.address
        return list(dict.fromkeys(filter(None, ["localhost", LOCAL, "::1", host_of(self.url), own])))

    @property
    def by_strangers(self) -> bool:
        """Whether other machines reach it: at its address, or through whatever answers under its name."""
        return not loopback(self.address) or bool(self.url and not loopback(host_of(self.url) or ""))

    def require_name(self) -> None:
        """Raises InputError where it cannot be told by which name a request may come."""
        if self.url and not host_of(self.url):
            raise InputError(f"--url is '{self.url}'", "an address such as https://figures.example.cn")
        if unspecified(self.address) and not self.url:
            raise InputError(f"for {self.address} it has to be known what it is reached by", "--url http://NAME:PORT")


def parts_of(address: str) -> SplitResult:
    """An address taken apart; all is empty of what is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def host_of(address: str) -> str | None:
    """The name or number in an address, or in the Host of a request; None where there is none."""
    return parts_of(address if "//" in address else f"//{address}").hostname


def foreign(headers: Mapping[str, str]) -> bool:
    """Whether a page of another site asks. Browsers always say whose page it is; programs need not."""
    if (origin := headers.get("origin")) is None:
        return False
    named = parts_of(origin).netloc.lower()
    return not named or named != headers.get("host", "").lower()


def loopback(host: str) -> bool:
    """Whether this machine alone can reach it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def unspecified(address: str) -> bool:
    """Whether it stands for every address of the machine."""
    try:
        return ipaddress.ip_address(address).is_unspecified
    except ValueError:
        return False


def listening(address: str, port: int) -> socket.socket:
    """A socket that listens. Raises InputError for a port that is none or is taken."""
    if port not in PORTS:
        raise InputError(f"{port} is no port; expected a number from {PORTS[0]} to {PORTS[-1]}")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, port), family=family, backlog=2048)
    except OSError as error:
        taken = (
            "is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
        )
        raise InputError(f"port {port} of {address} {taken}", "another one with --port") from error
    listener.setblocking(False)
    return listener
