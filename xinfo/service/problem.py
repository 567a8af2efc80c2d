"""What a program is told over HTTP where something is refused: problem details, as RFC 9457 has them."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import JSONResponse

from xinfo.errors import InputError, NotAllowed, ShareTaken, StoreError, TookTooLong, TooOften, XinfoError

TYPE = "application/problem+json"
STATUSES: tuple[tuple[type[XinfoError], int], ...] = (
    (TooOften, 429),
    (ShareTaken, 429),
    (NotAllowed, 403),
    (InputError, 400),
    (TookTooLong, 503),
    (StoreError, 503),
)


def problem(status: int, detail: str, **headers: str) -> JSONResponse:
    """A refusal with its reason in words."""
    told = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse(told, status, {"cache-control": "no-store"} | named, TYPE)


def of_error(error: XinfoError, words: str) -> JSONResponse:
    """The refusal that an error comes to."""
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    seconds = error.seconds if isinstance(error, TooOften) else 1
    later = {"retry_after": f"{seconds:g}"} if status == HTTPStatus.TOO_MANY_REQUESTS else {}
    return problem(status, words, **later)
