"""Which caveats cast doubt on the very figures or places that are shown: those are read without opening anything."""

from __future__ import annotations

from collections.abc import Mapping

from xinfo.answer.answer import Source
from xinfo.answer.caveats import approached, of_list, unconfirmed
from xinfo.answer.contradicted import contradicted, disputed
from xinfo.answer.findings import Findings
from xinfo.query.disputes import Noted


def doubts(findings: Findings, noted: Noted, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Figures that others contradict, places that may be no pilots, and of a list of pilots that it lacks some."""
    is_the_list = findings.is_open_list and not findings.template.measures
    return (
        *disputed(findings, noted, sources),
        *contradicted(findings, noted.unequal),
        *approached(findings),
        *(of_list if is_the_list else unconfirmed)(findings),
    )
