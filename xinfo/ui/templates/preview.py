"""What a template's text would answer, on the store as it is, before it is saved; and what a check finds wrong."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from xinfo.answer.answer import Answer
from xinfo.ask import Workspace
from xinfo.errors import XinfoError
from xinfo.language.texts import text
from xinfo.query.failure import in_words
from xinfo.stewardship.trial import Trial, heard_too
from xinfo.ui import session
from xinfo.ui.card import answered
from xinfo.ui.dialogue import Turn
from xinfo.ui.plain import plain
from xinfo.ui.templates.desk import desk, problems
from xinfo.understand.say import sentence

TURN = 900_001


def preview(template_id: str, said: str, workspace: Workspace, lang: str) -> None:
    """Draws both."""
    st.header(text("templates.preview", lang), anchor=False)
    trial = tried(template_id, said)
    told(trial, lang)
    template = trial.template
    if template is None or template.pinned is None:
        return
    try:
        here = heard_too(template, workspace)
        question = sentence(template, template.pinned.slots, here.catalog, lang)
        reply = here.conversation(lang).ask(question, lang)
    except (XinfoError, KeyError, IndexError) as error:
        st.info(plain(in_words(error, lang)))
        return
    if isinstance(reply, Answer):
        answered(Turn(TURN, question, reply), here.catalog, here.meta)
    else:
        st.info(plain(reply.unclear.reason), icon=":material/search_off:")


def tried(template_id: str, said: str) -> Trial:
    """The trial of a text; for the same text on the same figures and templates it is made once."""
    return _tried(template_id, said, session.figures(), session.edition())


@lru_cache(maxsize=16)
def _tried(template_id: str, said: str, figures: object, edition: object) -> Trial:
    return desk().try_out(template_id, said)


def told(trial: Trial, lang: str) -> None:
    """What must be mended, in a list; or that nothing must."""
    if trial.passed:
        st.badge(text("templates.passed", lang), icon=":material/verified:", color="green")
        return
    if trial.problems:
        st.badge(text("templates.to_mend", lang, count=len(trial.problems)), icon=":material/error:", color="red")
    for line in problems(trial.problems, lang) if trial.problems else ():
        st.markdown(f":small[{plain(line)}]")
