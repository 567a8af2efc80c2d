"""Time words in a question, one by one: years, quarters, halves, months, ends, the pilot. How they combine: `when`.

Patterns run over the joined form (see `joined`), where Latin words and numbers are parted by one space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xinfo.store.periods import Period
from xinfo.understand.joined import Joined

PILOT = (Period(2014), Period(2015))
"""The first batch's two years."""
MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4, "opening": 1, "closing": 4, "ii": 2, "iii": 3, "iv": 4, "1 st": 1, "2 nd": 2, "3 rd": 3,
           "4 th": 4, "one": 1, "two": 2, "three": 3, "four": 4, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "末": 4, "最后一": 4,
           "头": 1, "首": 1, "yi": 1, "er": 2, "liang": 2, "san": 3, "si": 4}  # fmt: skip
HAN_DIGIT = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
COUNTS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12,
}  # fmt: skip
SPELT_YEARS = {word: 12 + n for n, word in enumerate("twelve thirteen fourteen fifteen sixteen".split())}
SPELT_YEARS |= {"er": 12, "san": 13, "si": 14, "wu": 15}
MONTH_NAME = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
HAN_COUNT = "十一|十二|[一二两三四五六七八九十]|1[0-2]|[1-9]"
COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
NEWEST = "(?:last|past|latest|newest|most recent)"
NO_AMOUNT = r"(?! ?(?:yuan|rmb|million|billion|thousand|bn|users|subscribers|people|lines)\b|元|万|亿|户(?!均|籍)|人(?![均口])|%|台(?!州)|个(?!人)|座|\.\d|\d)"


@dataclass(frozen=True)
class Atom:
    """One time word: `year` (year), `part` of a year (first, last month), `span` (start, end), `end`, `until` or `relative`."""

    kind: str
    value: tuple[object, ...] = ()


def _number(word: str) -> int:
    return COUNTS.get(word) or ORDINAL.get(word) or int(word)


def _quarter(found: re.Match[str]) -> Atom:
    word = next(group for group in found.groups() if group)
    quarter = ORDINAL.get(word) or int(word)
    return Atom("part", (3 * quarter - 2, 3 * quarter))


def _month(word: str) -> int:
    return MONTHS.get(word[:3]) or _number(word)


def _months(found: re.Match[str]) -> Atom:
    first, last = _month(found[1]), _month(found[2])
    return Atom("part", (first, last)) if first <= last <= 12 else Atom("broken")


def _quarters(found: re.Match[str]) -> Atom:
    first, last = _number(found[1]), _number(found[2])
    return Atom("part", (3 * first - 2, 3 * last)) if first <= last else Atom("broken")


def _one_month(found: re.Match[str]) -> Atom:
    month = _month(found[1])
    return Atom("part", (month, month)) if 1 <= month <= 12 else Atom("broken")


def _iso(found: re.Match[str]) -> Atom:
    year, month = int(found[1]), int(found[2])
    return Atom("span", (Period(year, month, month), Period(year, month, month)))


def _quarter_to(found: re.Match[str]) -> Atom:
    """'The quarter ended June': the month must be a quarter's last."""
    month = _month(found[1])
    return Atom("part", (month - 2, month)) if month % 3 == 0 else Atom("broken")


def _span(year: int, first: int, last: int) -> Atom:
    """Months of a year, where the year belongs to them and to nothing else."""
    return Atom("span", (Period(year, first, last),) * 2) if 1 <= first <= last <= 12 else Atom("broken")


def _part_of_year(months: int) -> Callable[[re.Match[str]], Atom]:
    """'Q3-2014', '1H-14': a quarter or half of the year behind the hyphen."""

    def make(found: re.Match[str]) -> Atom:
        if not ("q" in found[0] if months == 3 else "h" in found[0]) or found[2].zfill(4)[-2:] < "10":
            return Atom("none")
        year, part = int(found[2]) + (2000 if len(found[2]) == 2 else 0), int(found[1])
        return _span(year, months * (part - 1) + 1, months * part)

    return make


def _date(found: re.Match[str]) -> Atom:
    """The last day of a month, day or month first, or a month alone: 31.12.2014, 12/31/2014, 12/2014."""
    month, year = (int(group) for group in found.groups() if group)
    return _span(year, month, month)


def _spelt_year(found: re.Match[str]) -> Atom:
    return Atom("year", (2000 + SPELT_YEARS[found[1] or found[2] or found[3]],))


def _constant(kind: str, *value: object) -> Callable[[re.Match[str]], Atom]:
    return lambda found: Atom(kind, value)


def _compiled(
    *rows: tuple[str, Callable[[re.Match[str]], Atom]],
) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Atom]], ...]:
    return tuple(
        (re.compile(rf"(?:(?<![a-z\d])|(?<![a-z])(?=[^a-z\d])|(?='1))(?:{pattern})(?:(?<![a-z])|(?![a-z]))"), make)
        for pattern, make in rows
    )


PATTERNS = _compiled(
    (r"((?:19|20)\d\d)(?=年[末底终尾])", lambda f: Atom("year", (int(f[1]),))),
    (r"(?<!\d)(1\d)(?=年[末底终尾])", lambda f: Atom("year", (2000 + int(f[1]),))),
    (r"((?:19|20)\d\d)(?=年初[至到])", lambda f: Atom("year", (int(f[1]),))),
    # '13、14、15年', '13到15年', '15q3'.
    (r"(?<![\d.])(1[3-6])(?=(?:(?:[、和及与跟,，/-]|到|至)1[3-6])+(?:年|这?[两二三]年))", lambda f: Atom("year", (2000 + int(f[1]),))),
    (r"(?<![\d.])(1[3-6])(?= [qh] [1-4](?!\d))", lambda f: Atom("year", (2000 + int(f[1]),))),
    (r"[“\"']?十二五[”\"']?(?:规划)?(?:时期|期间)?的?(?:期?末年?|收官(?:之年|的?那一?年|年)?|最后的?[一那]年)", lambda f: Atom("year", (2015,))),
    (r"[“\"']?十二五[”\"']?(?:规划)?(?:期间|时期|期)", lambda f: Atom("span", (Period(2011), Period(2015)))),
    (r"试点的?(?:第一|首|头一?)年", lambda f: Atom("year", (2014,))),
    (r"试点的?(?:第二|次)年", lambda f: Atom("year", (2015,))),
    (r"年份(?:是|为|就|用|[:：=])? ?((?:19|20)\d\d)(?!\d)年?", lambda f: Atom("year", (int(f[1]),))),
    (r"((?:19|20)\d\d)(?:年度|年份|财年|年)", lambda f: Atom("year", (int(f[1]),))),
    (rf"(?:(?<!by )(?<!per )(?<!and )(?:the )?(?:calendar |full |whole |fiscal |financial )?(?:year|yr) (?:of )?|(?:the )?(?:beginning|start) of (?=(?:19|20)\d\d (?:to|until|till|through|up to)\b)|calendar |fiscal |financial |fy |cy |y )?((?:19|20)\d\d){NO_AMOUNT}(?!年)", lambda f: Atom("year", (int(f[1]),))),
    (r"([二2][零〇○0][零〇○一二三四五六七八九]{2})年(?:度|份)?", lambda f: Atom("year", (int("".join(HAN_DIGIT.get(c, c) for c in f[1])),))),
    (r"(?<!\d)(1\d)(?=[ 、,，和]?1\d(?:年|[两二]年))|(?<!\d)(1\d)(?=这?[两二三]年)", lambda f: Atom("year", (2000 + int(f[1] or f[2]),))),
    (r"(?<!\d)(1[3-9])(?=(?:上|下)半年|第?[一二三四1-4]季|前[一二三1-3]个?季)", lambda f: Atom("year", (2000 + int(f[1]),))),
    (r"'?(1\d)年(?:度)?", lambda f: Atom("year", (2000 + int(f[1]),))),
    (r"(一[零〇一二三四五六七八九])年(?:度)?", lambda f: Atom("year", (2000 + int("".join(HAN_DIGIT[c] for c in f[1])),))),
    (r"'(1\d)(?!\d)", lambda f: Atom("year", (2000 + int(f[1]),))),
    (r"(20\d\d)[-/](0?[1-9]|1[0-2])(?:[-/](?:28|29|30|31))?(?![\d-])", _iso),
    (r"(20\d\d)\.(0?[1-9]|1[0-2])(?:\.(?:28|29|30|31))?(?!\d)", _iso),
    (r"(201[0-9]) ?\. ?\.(?: ?\.)? ?(201[0-9])(?!\d)", lambda f: Atom("span", (Period(int(f[1])), Period(int(f[2]))))),
    (r"((?:19|20)\d\d)-(1[3-9])(?!\d)", lambda f: Atom("span", (Period(int(f[1])), Period(2000 + int(f[2]))))),
    (r"(?:the )?(first|second|third|fourth|last|final|1 st|2 nd|3 rd|4 th|ii|iii|iv) (?:quarter|qtr)|q ?([1-4])(?!\d)|([1-4]) q|(?:the )?(?:quarter|qtr) (?:no )?(one|two|three|four|ii|iii|iv|[1-4])(?!\d)|q (ii|iii|iv)|(?:the )?(opening|closing) (?:quarter|qtr)", _quarter),
    (r"(?:di ?)?(yi|er|san|si|[1-4]) ?ji ?du|第([一二三四1-4])个?季度?|([一二三四1-4])季度|(末|最后一|首)个?季度?|([一二三四1-4])季", _quarter),
    (rf"(?:the )?first ({COUNT}) quarters|qian (yi|er|liang|san|[1-3]) ?(?:ge ?)?ji ?du", lambda f: Atom("part", (1, min(3 * _number(f[1] or f[2]), 99)))),
    (rf"(?:the )?last ({COUNT}) quarters of", lambda f: Atom("part", (13 - 3 * _number(f[1]), 12))),
    (r"(?:fy|cy) (1\d)(?!\d)", lambda f: Atom("year", (2000 + int(f[1]),))),
    (r"(3|6|9|12) m(?= (?:20\d\d|1[3-9](?!\d)))|(?<=20\d\d )(3|6|9|12) m", lambda f: Atom("part", (1, int(f[1] or f[2])))),
    (r"([1-4])-([1-4]) ?q(?: ?tr)?", _quarters),
    (rf"(?:the )?first ({COUNT}) months", lambda f: Atom("part", (1, _number(f[1])))),
    (rf"(?:the )?({COUNT}) months (?:to|through|until|ended|ending|up to) (?:the end of |end ?-? ?(?:of )?)?(?:(?:28|29|30|31) (?:th |st )?(?:of )?)?({MONTH_NAME})(?: (?:28|29|30|31)(?: th| st)?(?=,| 20))?", lambda f: Atom("part", (_month(f[2]) - _number(f[1]) + 1, _month(f[2])))),
    (r"([一二三四1-4])(?=(?:[、和及与,，]第?[一二三四1-4])+(?:这?[两二三2-3]个)?季度)|(?<=[一二三四1-4][、和及与,，])第?([一二三四1-4])(?=这?[两二三2-3]个季度)", _quarter),
    (r"([一二三四1-4])季度(?:当季|单季)度?", _quarter),
    # '一二季度' is left open: each, or both together.
    (r"([一二三])(?=[二三四]+季度?)", _quarter),
    (rf"头({HAN_COUNT})个?季度?", lambda f: Atom("part", (1, 3 * _number(f[1]))) if "季" in f[0] else Atom("none")),
    (r"(?<![前以之往此先季月])(?:最?后|末尾?)([二两三2-3])个?季度?(?!名)", lambda f: Atom("part", (13 - 3 * _number(f[1]), 12))),
    (rf"(?<![前以之往此先季月])(?:最?后|末尾?)({HAN_COUNT})个月", lambda f: Atom("part", (13 - _number(f[1]), 12))),
    (rf"头({HAN_COUNT})个?月份?", lambda f: Atom("part", (1, _number(f[1])))),
    (r"全年度?|一?整年|quan ?nian", _constant("part", 1, 12)),
    (rf"[前首]({HAN_COUNT})个?季度?(?![^度,，。？的信]?名)", lambda f: Atom("part", (1, 3 * _number(f[1]))) if "季" in f[0] else Atom("none")),
    (rf"前({HAN_COUNT})个?月份?", lambda f: Atom("part", (1, _number(f[1])))),
    (r"(?:the )?q ?([1-4])-q? ?([1-4])(?! ?\d)", _quarters),
    (r"(?:the )?q ?([1-4])-q? ?([1-4])(?= ?(?:19|20)\d\d)", _quarters),
    (r"第?([一二三四1-4])(?:季度?)?(?:-|至|到)第?([一二三四1-4])个?季度?", lambda f: _quarters(f) if "季" in f[0] else Atom("none")),
    (r"第([一二三四])(?:-|至|到)第?([一二三四])季度", _quarters),
    (rf"({HAN_COUNT})月?份?(?:-|至|到)({HAN_COUNT})月份?", _months),
    (rf"({HAN_COUNT})月1[日号](?:-|至|到)({HAN_COUNT})月(?:28|29|30|31)[日号]", _months),
    (rf"({MONTH_NAME})\.? ?(?:-|to|through|thru|until|till|up to) ?(?:the end of )?({MONTH_NAME})\.?", _months),
    (r"([1-4]) q ?(?:-|to|through|thru) ?([1-4]) q", _quarters),
    (r"(?:the )?(first|second|third|1 st|2 nd|3 rd) (?:quarter )?(?:-|to|through|thru|until|up to) (?:the )?(second|third|fourth|2 nd|3 rd|4 th) quarters?", _quarters),
    (r"(?:the )?quarters (one|two|three|[1-3]) ?(?:-|to|through|thru) ?(two|three|four|[2-4])(?!\d)", _quarters),
    (r"(?<!last )(?<!final )(?<!past )(?<!which )(?<!what )(?:the )?(six|nine|6|9) months(?: of| in)?(?= (?:the year )?20\d\d)", lambda f: Atom("part", (1, _number(f[1])))),
    (r"(?<!last )(?<!final )(?<!past )(?:the )?(six|nine|6|9)[ -]+month(?: period)?(?!s)", lambda f: Atom("part", (1, _number(f[1])))),
    (rf"(?:the )?(?:last|final|closing) ({COUNT}) months of", lambda f: Atom("part", (13 - _number(f[1]), 12))),
    (rf"(?:the )?quarter (?:that )?(?:ended|ending|to|through)(?: (?:on|in|at))?(?: the end of)? (?:(?:30|31) (?:th |st )?(?:of )?)?({MONTH_NAME})(?: (?:30|31)(?: th| st)?(?=,| 20))?", _quarter_to),
    (r"(?:28|29|30|31)[./](0?[1-9]|1[0-2])[./]((?:19|20)\d\d)(?!\d)|(0?[1-9]|1[0-2])/(?:28|29|30|31)/((?:19|20)\d\d)(?!\d)", _date),
    (r"(0?[1-9]|1[0-2])-(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?!\d)", lambda f: _span(int(f[3]), int(f[1]), int(f[2]))),
    (r"(?<![-/])(0[1-9]|1[0-2])/((?:19|20)\d\d)(?!\d)", _date),
    # A hyphen before a year is no range: Q3-2014, H1-14, Jun-2014, Jan-Jun-2014.
    (r"(?<!20\d\d )(?:q ?)?([1-4])(?: q)?[-/]((?:19|20)?\d\d)(?!\d| ?q)", _part_of_year(3)),
    (r"(?<!20\d\d )(?:h ?)?([12])(?: h)?[-/]((?:19|20)?\d\d)(?!\d| ?h)", _part_of_year(6)),
    (rf"({MONTH_NAME})\.?-((?:19|20)\d\d)(?!\d)", lambda f: _span(int(f[2]), _month(f[1]), _month(f[1]))),
    (rf"({MONTH_NAME})\.? ?- ?({MONTH_NAME})\.?-((?:19|20)\d\d)(?!\d)", lambda f: _span(int(f[3]), _month(f[1]), _month(f[2]))),
    (r"q ?([1-4])-q ?([1-4])-((?:19|20)\d\d)(?!\d)", lambda f: _span(int(f[3]), 3 * int(f[1]) - 2, 3 * int(f[2]))),
    (r"twenty (twelve|thirteen|fourteen|fifteen|sixteen)|two thousand (?:and )?(twelve|thirteen|fourteen|fifteen|sixteen)|er ?ling ?yi ?(er|san|si|wu)(?= ?nian)", _spelt_year),
    (r"(?:the )?(?:shang ?ban ?nian|first half|first six months|first semester|1 st semester|semester (?:1|one)(?!\d)|opening half|h ?1|1 h|1 st half)(?: of the year)?", _constant("part", 1, 6)),
    (r"(?:the )?(?:xia ?ban ?nian|second half|latter half|last half|second semester|2 nd semester|semester (?:2|two)(?!\d)|closing half|h ?2|2 h|2 nd half)(?: of the year)?", _constant("part", 7, 12)),
    (r"(?:the )?(?:full |financial |fiscal |calendar )?year (?:that )?(?:ended|ending|to)(?: on| in| at)? (?:31 (?:st )?(?:of )?)?dec(?:ember)?(?: 31(?: st)?(?=,| 20))?", _constant("part", 1, 12)),
    (r"(?:the )?(?:full |whole )?(?:twelve|12) months(?: of)?|(?:the )?(?:whole|full|entire) year|(?:the )?year as a whole", _constant("part", 1, 12)),
    (r"(?:(?<=half of )|(?<=quarter of )|(?<=half )|(?<=quarter )|(?<=q [1-4] of )|(?<=h [12] of ))(1[3-9])(?= ?(?:$|[,.?;:!-]|(?:in|for|and|please|by|vs|to|against|on|onwards?)\b))", lambda f: Atom("year", (2000 + int(f[1]),))),
    (r"(?<=\d [hq] )(1[3-9])(?!\d)|(?<=[hq] \d )(1[3-9])(?!\d)|(?<=[369] m )(1[3-9])(?!\d)", lambda f: Atom("year", (2000 + int(f[1] or f[2] or f[3]),))),
    (r"(?:上半年度?|前半年|头半年)", _constant("part", 1, 6)),
    (r"(?:下半年度?|后半年)", _constant("part", 7, 12)),
    (rf"(?:the month of |(?:28|29|30|31) (?:th |st )?(?:of )?)?({MONTH_NAME})(?: (?:28|29|30|31)(?: th| st)?(?=,| 20))?", _one_month),
    (rf"({HAN_COUNT})月份?(?:(?:28|29|30|31)[日号])?", _one_month),
    (r"(?:(?:at|by|as of|as at|as on|until|till|up to|through|to) )?(?:the )?(?:very )?(?:end of(?: the)?(?: year)?|year end|yearend|end year|end of year|end of (?:the )?period|eoy|eop|close of|end-?|final day of|last day of)", _constant("end")),
    (r"(?:年末|年底|年终|年尾|岁末|期末|末|底|(?<=年)[尾终])(?:时|止)?|(?<=[月日])止", _constant("end")),
    (r"(?:as of|as at|as on|through to|through|thru|until|till|up to|up until|by|cumulatively to|year to date(?: to| through)?|ytd)", _constant("until")),
    (r"(?:截至|截止到?|累计至|累计到|年初至|年初到)", _constant("until")),
    (r"(?:(?:over|during|in|within|for|across|throughout|of) )?(?:the )?(?:whole |entire |full )?(?:two )?(?:-)?(?:two year |year )?(?:pilot|trial) (?:years|period|phase|programme period|term)", _constant("span", *PILOT)),
    (r"(?:over|during|throughout|of) the (?:whole |entire |full )?(?:pilot|trial)(?: programme| program)?(?! ?(?:cit|place|area|town|count|pref|munic|dist|reg|prov|s ))", _constant("span", *PILOT)),
    (r"(?:over |during |in |across )?(?:the )?two (?:pilot |trial )?years(?: of the (?:pilot|trial))?", _constant("span", *PILOT)),
    # How many there are, said beside the years or quarters themselves: 'the three years 2013 to 2015'.
    (r"(?:(?:over|during|in|across|for|of) )?(?:the )?(three|3|2) years(?: of)?(?! (?:later|after|before|earlier|ago|on))", lambda f: Atom("count", (_number(f[1]),))),
    (rf"(?<!all )(?:(?:over|during|in|across|for|of) )?(?:the )?({COUNT}) (quarters|months)(?= (?:from|between|q|jan|apr|jul|oct|first|second|third))", lambda f: Atom("count", (_number(f[1]), f[2]))),
    (r"(?:the )?(?:same|corresponding|equivalent|comparable) (?:period|quarters?|half|months?|time|stretch)(?: (?:of|in|for))?(?: the year)?(?= (?:19|20)\d\d)", _constant("same")),
    (r"(?:整个)?试点的?(?:这?两年)?(?:期间|期内|时期|期|两年|以来)(?:内|里|中)?|试点两年期间|两年试点期(?:间|内)?", _constant("span", *PILOT)),
    (r"(?:自|从)?((?:19|20)\d\d)年?(?:以来|起|开始至今|至今)", lambda f: Atom("relative", ("since", int(f[1])))),
    (r"以来|以前|之前|以后|之后", _constant("broken")),
    (r"(?<![零〇○一二三四五六七八九十])(?:这)?([两二三23])年(?:间|来|里)?", lambda f: Atom("count", (_number(f[1]),))),
    (r"(?:before|prior to|ahead of|preceding) the (?:pilot|trial)(?: began| started| period| programme)?|pre ?-?(?:pilot|trial)(?: year)?", _constant("before")),
    (r"试点(?:开始|启动)?之?前(?:一年)?", _constant("before")),
    (r"(?:the )?(?:latest|newest|most recent|last available|last reported|current)(?: available| reported)?(?: (?:year|full year))?|currently|presently|(?:right|just) now|at present|at the moment|nowadays", _constant("relative", "year", 0)),
    (r"(?:the )?(?:latest|newest|most recent|last available|last reported)(?: available)? quarter(?:ly (?:figure|value|number|reading|data))?|(?:the )?last quarter on (?:record|file)", _constant("relative", "quarter", 0)),
    (r"最新(?:一期|数据|年度|的)?|最近一年|最近一期|目前最新", _constant("relative", "year", 0)),
    (r"最新(?:一个)?季度|最近(?:一个)?季度", _constant("relative", "quarter", 0)),
    (r"this year|jin ?nian|今年|本年度?", _constant("relative", "year", 0)),
    (r"last year|qu ?nian|去年", _constant("relative", "year", 1)),
    # In a dialogue these count from the year last spoken of.
    (r"(?:the )?(?:previous|prior|preceding) year|the year before(?: that)?|上年度?|上一年度?|前一年度?", _constant("relative", "before", 1)),
    (rf"(?:a|({COUNT})) years? (?:earlier|before)(?: that)?", lambda f: Atom("relative", ("before", _number(f[1] or "one")))),
    (rf"(?:a|({COUNT})) years? (?:later|after|on)(?: that)?|the (?:following|next) year|the year after(?: that)?", lambda f: Atom("relative", ("before", -_number(f[1] or "one")))),
    (r"([一两二三])年(?:之|以)?前|[前倒][推数退倒看翻挪移]([一两二三])年", lambda f: Atom("relative", ("before", _number(f[1] or f[2])))),
    (r"(?:再?过)?([一两二三])年(?:之|以)?后|后[推数看翻挪移]([一两二三])年", lambda f: Atom("relative", ("before", -_number(f[1] or f[2])))),
    (r"上上年|前前年", _constant("relative", "year", 2)),
    (r"大前年", _constant("relative", "year", 3)),
    (r"次年|翌年|来年|下一年度?|第二年|后一年|再后一年", _constant("relative", "before", -1)),
    (r"the year before last|前年", _constant("relative", "year", 2)),
    (rf"(?:over )?(?:the )?(?:{NEWEST} (?:(two|three|2|3) years|({COUNT}) quarters(?! of))|({COUNT}) {NEWEST} quarters(?! of))|(?:近|过去|最近)([两二三23])年", lambda f: Atom("relative", ("quarters" if f[2] or f[3] else "years", _number(f[1] or f[2] or f[3] or f[4])))),
)  # fmt: skip


def find_times(joined: Joined) -> Iterator[tuple[int, int, Atom]]:
    """(first token, end token, atom) of every time word; overlapping ones are for the reader to choose from."""
    for pattern, make in PATTERNS:
        for start, end, found in joined.find(pattern):
            atom = make(found)
            if atom.kind == "part" and not _possible(atom):
                atom = Atom("broken")
            if atom.kind != "none":
                yield start, end, atom


def _possible(atom: Atom) -> bool:
    first, last = atom.value
    return isinstance(first, int) and isinstance(last, int) and 1 <= first <= last <= 12
