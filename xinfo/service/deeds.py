"""What the log keeps of a question: the same whoever asked, a person at the page or a program."""

from __future__ import annotations

from xinfo.answer.answer import Answer, NotAnswered


def deed(question: str, reply: Answer | NotAnswered) -> dict[str, str]:
    """The question, and what came of it."""
    if isinstance(reply, Answer):
        return {"question": question, "status": "answered", "template": reply.reading.template.template_id}
    return {"question": question, "status": reply.unclear.status, "reason": reply.unclear.reason}
