"""The service for programs on the workspaces that the app's own sessions ask. Draws nothing, knows no session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from xinfo.access.person import Person, anybody
from xinfo.answer.answer import Answer, NotAnswered
from xinfo.api import app
from xinfo.ask import Workspace
from xinfo.service.bearer import People
from xinfo.service.service import Caller, Service
from xinfo.store import versions
from xinfo.store.assets import Assets
from xinfo.ui import opening, stopping
from xinfo.ui.clock import now
from xinfo.ui.doors import Doors

Told = Callable[[Answer | NotAnswered], None]


def service(assets: Assets, published_only: bool = False, told: Told | None = None) -> Service:
    """Programs that ask the current version of the assets' store, whichever that is when they do; reads nothing yet.

    `told` hears of every reply.
    """
    return Service(assets.store, partial(_opened, assets, published_only), now, told)


def routes(made: Service, store: Path, doors: Doors) -> list[Route | Mount]:
    """The HTTP interface beside the app: with a login for whoever shows a token, else as open as the app itself."""
    people = People(store, doors.rules, now) if doors.rules else None
    local = Caller(anybody(), "api")

    def caller(shown: str) -> Caller | None:
        return people.caller(shown, local.way) if people else local

    return app.routes(made, caller, doors.hosts, people is not None, [Middleware(Counted)])


class Counted:
    """Has the server wait for requests that are being answered when it is told to stop."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with stopping.answering():
            await self.app(scope, receive, send)


def _opened(assets: Assets, for_all: bool, person: Person, published_only: bool) -> Workspace:
    """What this person hears: his own drafts, too. Raises StoreError."""
    version = str(versions.current(assets.store))
    return opening.hearing(version, assets, for_all or published_only, person.signature)
