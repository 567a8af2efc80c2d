"""Something that programs may ask for: what it takes and gives, and what carries it out. Knows no interface."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from xinfo.errors import InputError, did_you_mean
from xinfo.query.watch import Handle
from xinfo.service import schemas
from xinfo.service.form import Depth, Json
from xinfo.service.schemas import Schema
from xinfo.service.service import Asked, Caller, Service

NUMBER = re.compile(r"-?[0-9]{1,9}")
Given = Mapping[str, Any]
Run = Callable[[Service, Caller, Given, Handle], Json]


def passed_on(ask: Callable[..., Json]) -> Run:
    """What hands the arguments on to a method of the service under their own names."""

    def run(service: Service, caller: Caller, given: Given, handle: Handle) -> Json:
        return ask(service, caller, **given)

    return run


def asked(service: Service, caller: Caller, given: Given, handle: Handle, alone: bool = False) -> Asked:
    """The reply to the question of a request."""
    lang, only = given.get("lang"), given.get("published_only", False)
    return service.ask(caller, given["question"], lang, given.get("conversation"), only, handle, alone)


def proved(service: Service, caller: Caller, given: Given, handle: Handle, depth: Depth | None = None) -> Json:
    """The proof of what a request asks."""
    return service.prove(caller, **given, depth=depth, handle=handle)


@dataclass(frozen=True)
class Operation:
    """One of them, in the words of an interface; `run` is called with arguments that are as `takes` says."""

    name: str
    title: str
    description: str
    takes: Schema
    required: tuple[str, ...]
    gives: Schema
    run: Run = field(repr=False)

    @property
    def input_schema(self) -> Schema:
        return schemas.of(self.takes) | {"required": list(self.required), "additionalProperties": False}

    def checked(self, arguments: Given) -> Given:
        """The arguments, if they are as the schema says; what may be left out may also be empty.

        Raises InputError that says what is wrong with which.
        """
        _require_text(arguments)
        for name in arguments:
            if name not in self.takes:
                hint = did_you_mean(name[:100], self.takes) or f"; expected some of {', '.join(self.takes)}"
                raise InputError(f"{self.name} takes no '{name[:100]}'{hint}")
        said = {name: value for name, value in arguments.items() if name in self.required or value not in (None, "")}
        given = {name: _as(self.takes[name].get("type"), value) for name, value in said.items()}
        error = best_match(Draft202012Validator(self.input_schema).iter_errors(given))
        if error:
            raise InputError(f"{self.name}: {_what(error)}")
        return given


def _require_text(arguments: Given) -> None:
    """Raises InputError for half a character or a nest of lists, which could not be told back."""
    try:
        json.dumps(arguments, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise InputError("the arguments hold what is no text", "text in UTF-8") from error


def _as(kind: str | None, value: Any) -> Any:
    """A value of an address, or of a program that writes everything as text; what is none is refused for that later."""
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind == "integer" and isinstance(value, str) and NUMBER.fullmatch(value):
        return int(value)
    return int(value) if kind == "integer" and isinstance(value, float) and value.is_integer() else value


def _what(error: ValidationError) -> str:
    """What is wrong, without repeating what may be long: 'question: maxLength is 500'."""
    if error.validator == "required":
        return str(error.message)
    where = ".".join(map(str, error.absolute_path)) or "the arguments"
    return f"{where}: {error.validator} is {error.validator_value}"
