"""Addresses that a server listens on: whether strangers reach them, and taking one. Serves nothing."""

from __future__ import annotations

import errno
import ipaddress
import socket

from xinfo.errors import InputError

LOCAL = "127.0.0.1"
PORTS = range(1, 65536)


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
