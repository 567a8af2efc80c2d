"""Type-ahead: what may follow a question typed so far, each proposal a whole question that is understood."""

from xinfo.understand.suggest.coverage import Coverage
from xinfo.understand.suggest.doubts import Doubt, doubts
from xinfo.understand.suggest.index import Index, index_of
from xinfo.understand.suggest.onward import onward
from xinfo.understand.suggest.suggest import Suggestion, suggest

__all__ = ["Coverage", "Doubt", "Index", "Suggestion", "doubts", "index_of", "onward", "suggest"]
