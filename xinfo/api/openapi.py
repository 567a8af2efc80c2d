"""The description of the interface, as OpenAPI 3.1: made of the endpoints, so that it says what they do."""

from __future__ import annotations

from xinfo import __version__
from xinfo.answer.export import FILES
from xinfo.api.endpoints import ENDPOINTS, Endpoint
from xinfo.service import schemas
from xinfo.service.form import Json
from xinfo.service.problem import TYPE

ABOUT = (
    "Answers questions about China's information-consumption pilot cities with figures that can be proved. A question "
    "without an answer is no error: its `status` says so, with the reason and with questions that have one."
)
REFUSALS = {
    "400": "The request is not as it should be; `detail` says what.",
    "401": "No token, or one that does not count.",
    "403": "The person of the token may not do this.",
    "413": "The request is too large.",
    "429": "Too many requests: wait as long as Retry-After says.",
    "503": "There are no figures now, or it took too long.",
}


def description(prefix: str, with_tokens: bool) -> Json:
    """The document; every operation under its address."""
    paths: dict[str, Json] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(prefix + endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "xinfo", "version": __version__, "description": ABOUT, "license": {"name": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": schemas.PROBLEM},
        },
        "security": [{"token": []}] if with_tokens else [],
    }


def _operation(endpoint: Endpoint) -> Json:
    one = endpoint.operation
    told: Json = {"operationId": one.name.replace(" ", "_"), "summary": one.title, "description": one.description}
    if endpoint.method == "POST":
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": one.input_schema}}}
    else:
        told["parameters"] = [_parameter(name, endpoint) for name in one.takes]
    problem = {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refused = {status: {"description": words, "content": problem} for status, words in REFUSALS.items()}
    return told | {"responses": {"200": _given(endpoint), **refused} | _unchanged(endpoint)}


def _parameter(name: str, endpoint: Endpoint) -> Json:
    one = endpoint.operation
    place = "path" if f"{{{name}}}" in endpoint.path else "query"
    return {"name": name, "in": place, "required": name in one.required, "schema": one.takes[name]}


def _given(endpoint: Endpoint) -> Json:
    if not endpoint.file:
        return {"description": "Done.", "content": {"application/json": {"schema": endpoint.operation.gives}}}
    return {"description": "The file.", "content": {kind: {} for _, kind in FILES.values()}}


def _unchanged(endpoint: Endpoint) -> Json:
    if endpoint.method != "GET":
        return {}
    return {"304": {"description": "The same as under the ETag that If-None-Match names."}}
