"""The endpoints: what each is for, what it takes, what it gives. Knows no wire."""

from __future__ import annotations

from dataclasses import dataclass

from xinfo.answer.export import FILES
from xinfo.query.watch import Handle
from xinfo.service import schemas
from xinfo.service.form import Json
from xinfo.service.operation import Given, Operation, asked, passed_on, proved
from xinfo.service.schemas import Schema, told
from xinfo.service.service import Caller, Service
from xinfo.understand.read import LONGEST

PAGE, LARGEST_PAGE = 1000, 5000
ALL: Schema = {"published_only": schemas.PUBLISHED}
SPOKEN: Schema = {"lang": schemas.LANGUAGE, **ALL}
OF_FIGURES: Schema = {
    "metric": told(schemas.NAME, "An id or a name."),
    "place": told(schemas.NAME, "An id or a name, in English or Chinese."),
    "period": told(schemas.NAME, "Periods within it alone: 2014, 2014Q1-Q3, 2014-03, 2014年前三季度."),
}
WITH_ID: Schema = {
    "id": told({"type": ["string", "integer"]}, "Comes back with the answer."),
    "conversation": told(schemas.ID, "The `conversation` of the answer that this follows up."),
}


@dataclass(frozen=True)
class Endpoint:
    """An operation at an address."""

    method: str
    path: str
    operation: Operation
    file: bool = False
    """Whether it gives a file: the answer in the format that is asked for."""


def _ask_alone(service: Service, caller: Caller, given: Given, handle: Handle) -> Json:
    return asked(service, caller, given, handle, alone=True).json


def _ask(service: Service, caller: Caller, given: Given, handle: Handle) -> Json:
    return asked(service, caller, given, handle).json | {"id": given.get("id")}


LANGUAGE: Schema = {"lang": schemas.LANGUAGE}
QUESTION: Schema = {"question": schemas.QUESTION, **SPOKEN}
ONE = told(schemas.NAME, "Its id.")
ANSWERED = "The contract's answer, with the sentence to quote, the conversation's id and the passport."
ENDPOINTS = (
    Endpoint("GET", "/ask", Operation(
        "ask", "Answer a question", ANSWERED, QUESTION, ("question",), schemas.ANSWER, _ask_alone
    )),
    Endpoint("POST", "/ask", Operation(
        "ask in a conversation", "Answer a question, or a follow-up", ANSWERED,
        QUESTION | WITH_ID, ("question",), schemas.ANSWER, _ask,
    )),
    Endpoint("GET", "/prove", Operation(
        "prove", "Prove a figure", "The published rows behind an answer, the rule that makes its figures, the sources.",
        QUESTION | {"row": told(schemas.COUNT, "Which row of the answer; else the first ones.")},
        ("question",), schemas.PROVED, proved,
    )),
    Endpoint("GET", "/suggest", Operation(
        "suggest", "Complete a question", "Whole questions that have an answer.",
        {"text": told({"type": "string", "maxLength": LONGEST}, "What is typed so far."), **SPOKEN},
        ("text",), schemas.SUGGESTED, passed_on(Service.suggest),
    )),
    Endpoint("GET", "/held", Operation(
        "held", "What is held", "Metrics, places and periods with counts, and what is missing.",
        OF_FIGURES | SPOKEN, (), schemas.HELD, passed_on(Service.what_is_held),
    )),
    Endpoint("GET", "/figures", Operation(
        "figures", "The figures themselves", "A page of figures in base units, in a fixed order.",
        OF_FIGURES | ALL | {
            "most": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE},
            "after": told({"type": "string", "maxLength": 1000}, "The `next` of the page before."),
        },
        (), schemas.PAGE, passed_on(Service.figures),
    )),
    Endpoint("GET", "/templates", Operation(
        "templates", "Kinds of questions", "Each with an example.",
        LANGUAGE, (), schemas.TEMPLATES, passed_on(Service.templates),
    )),
    Endpoint("GET", "/templates/{id}", Operation(
        "template", "A kind of question", "With more examples and its SQL.",
        LANGUAGE | {"id": ONE}, ("id",), schemas.TEMPLATE, passed_on(Service.template),
    )),
    Endpoint("GET", "/definitions", Operation(
        "definitions", "Definitions", "What each metric means.",
        LANGUAGE, (), schemas.DEFINITIONS, passed_on(Service.definitions),
    )),
    Endpoint("GET", "/definitions/{metric}", Operation(
        "definition", "A definition", "What one metric means.",
        LANGUAGE | {"metric": ONE}, ("metric",), schemas.DEFINITION, passed_on(Service.definition),
    )),
    Endpoint("GET", "/export", Operation(
        "export", "An answer as a file", "CSV, XLSX, or its chart as PNG; a question without an answer is refused.",
        QUESTION | {"format": {"enum": list(FILES)}}, ("question", "format"), schemas.OBJECT, _ask_alone,
    ), file=True),
)  # fmt: skip
