"""What a connection says first, and which process that asks for. Hands nothing on and knows no process.

A browser bears a cookie that names its process: its pages, uploads and pictures live there. The name opens nothing that
another would not, so nobody gains by writing one. Programs bear no cookie; by what they show of themselves, each comes
back to the same process, which knows its conversations.
"""

from __future__ import annotations

import asyncio
import re
import socket
import zlib

LARGEST = 65_536
"""Bytes; a server lets no head be longer."""
PATIENCE = 10.0
"""Seconds for it to arrive."""
_END = b"\r\n\r\n"
_SHOWN = re.compile(rb"(?im)^(?:authorization|x-forwarded-for)[ \t]*:(.*)$")


def cookie_of(port: int) -> str:
    """The cookie's name: browsers send those of every port of a host."""
    return f"xinfo_process_{port}"


async def read(connection: socket.socket) -> bytes:
    """All that has come of a connection once its first head is whole; nothing where none comes."""
    loop, said = asyncio.get_running_loop(), b""
    try:
        async with asyncio.timeout(PATIENCE):
            while _END not in said and len(said) < LARGEST:
                if not (more := await loop.sock_recv(connection, LARGEST - len(said))):
                    return b""
                said += more
    except (OSError, TimeoutError):
        return b""
    return said


def wanted(said: bytes, cookie: str, address: str, count: int) -> int | None:
    """The number of the process, of so many, that a head asks for; None where any will do."""
    head = said.split(_END)[0]
    named = re.search(rb"(?im)^cookie[ \t]*:(?:.*;)?[ \t]*" + cookie.encode() + rb"=(\d{1,4})[ \t\r]*(?:;|$)", head)
    if named:
        return int(named[1]) if int(named[1]) < count else None
    if re.match(rb"[A-Z]+ /api/", head):
        return zlib.crc32(b"\n".join([address.encode(), *_SHOWN.findall(head)])) % count
    return None
