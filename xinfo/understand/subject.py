"""What a question names where it names one thing alone: a place, a figure, or nothing, as who asks what can be asked.

Such a question gets no answer of its own: what is known of its subject is shown, and what can be asked of it. Reads no
text.
"""

from __future__ import annotations

from xinfo.understand.attempt import Attempt
from xinfo.understand.frame import EMPTY, filled
from xinfo.understand.reading import Subject


def subject_of(found: Attempt) -> Subject | None:
    """The one thing that is named; None where more is said, something is not understood, or it is open which it is."""
    frame, said = found.frame, set(filled(found.frame)) - EMPTY
    if not found.derived or found.troubles or found.fitting:
        return None
    if said == {"places"} and len(frame.places) == 1:
        return Subject("place", frame.places[0])
    if said == {"metric"} and frame.metric:
        return Subject("metric", frame.metric)
    return None if said else Subject("help")
