"""How the app may be reached, and by whom: the address, the login, the rules. Refuses what would let strangers in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinfo.access.rules import beside, checked_rules
from xinfo.errors import InputError
from xinfo.service.address import LOCAL, Reach, host_of, loopback
from xinfo.store import versions

OPEN = "XINFO_DOORS_CHECKED"
"""What tells the pages that nobody needs to sign in: they were asked for like that."""
LOGIN = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
"""What the login's file has to say, in its table [auth]."""
SECRET = 32
"""Characters of the secret that signs cookies, at the least."""


@dataclass(frozen=True)
class Doors(Reach):
    """Checked: whoever serves by it lets nobody in who does not belong."""

    auth: dict[str, Any] | None = None
    rules: Path | None = None

    @property
    def secure(self) -> bool:
        """Whether people reach it by https."""
        return self.url.startswith("https://")


def doors(
    store: Path, address: str = LOCAL, login: Path | None = None, rules: Path | None = None, open_to_all: bool = False,
    url: str = "",
) -> Doors:  # fmt: skip
    """The doors as they were asked for. Raises InputError, saying what would let strangers in or keep all out."""
    if login is None:
        return _without_login(Doors(address, url), rules, open_to_all)
    auth = _login(login)
    named = rules or beside(store)
    checked_rules(named, versions.current(store))
    found_at = Doors(address, url or _origin(auth["redirect_uri"]), auth, named.resolve())
    found_at.require_name()
    return found_at


def _without_login(made: Doors, rules: Path | None, open_to_all: bool) -> Doors:
    if rules:
        raise InputError("rules of access without a login bind nobody", "--login FILE beside --access")
    if made.by_strangers and not open_to_all:
        raise InputError(
            f"{made.url or made.address} can be reached from other machines, and without a login anybody there may do "
            "everything",
            "--login FILE; or --open-to-all, where that is meant",
        )
    made.require_name()
    return made


def unguarded(address: str | None, checked: str) -> bool:
    """Whether pages without a login are served where strangers reach them, past these doors: by Streamlit itself."""
    return not checked and not loopback(address or "0.0.0.0") and not (address or "").startswith("unix:")


def _login(path: Path) -> dict[str, Any]:
    """The settings of the login, as Streamlit takes them. Raises InputError."""
    try:
        auth = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {})
    except OSError as error:
        raise InputError(f"the login's settings {path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no TOML: {error}") from error
    if missing := [name for name in LOGIN if not isinstance(auth.get(name), str) or not auth[name]]:
        raise InputError(f"{path}: [auth] lacks {', '.join(missing)}", "the settings that docs/deployment.md names")
    if len(auth["cookie_secret"]) < SECRET:
        raise InputError(f"{path}: cookie_secret is too short", f"{SECRET} random characters or more")
    for name in ("redirect_uri", "server_metadata_url"):
        host, safe = host_of(auth[name]) or "", auth[name].startswith("https://")
        if not host or not (safe or (auth[name].startswith("http://") and loopback(host))):
            raise InputError(f"{path}: {name} is '{auth[name]}'", "an address with https://")
    if not auth["redirect_uri"].endswith("/oauth2callback"):
        raise InputError(f"{path}: redirect_uri is '{auth['redirect_uri']}'", "one that ends in /oauth2callback")
    return dict(auth)


def _origin(redirect: str) -> str:
    return redirect.removesuffix("/oauth2callback")
