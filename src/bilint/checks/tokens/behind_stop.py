"""A label or a name behind the end of its sentence, with nothing behind it in turn."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.changed import at_places, target_data
from bilint.checks.tokens.syntax import plain, unwrapped, word_set
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.pattern import late

# The stop comes first, since what begins with a literal is found many times faster.
_SIGN = rb"(?:\*\*|_|\[!|`)[^\0\n]{1,120}[\]*_`]\.?\s*(?:\0|\Z)"
_LIKELY = (
    (b".", late(rb"\.(?: (?=[*_\[`])|(?=\[!))" + _SIGN)),
    ("。".encode(), late("。".encode() + rb" ?" + _SIGN)),
)

_MARKED = (
    r"(?P<token>(?P<m>\*\*|_)?\[!(?:UICONTROL|DNL) [^\[\]\n]+\](?(m)(?P=m))"
    r"|\*\*(?P<bold>[^\s*.!?。:;,][^*.!?。:;,\n]*)\*\*|`(?P<code>[^`\n]+)`)"
)
_TAIL = late(rf"(?P<word>[^\W\d_]+)[.。] ?{_MARKED}[.。]?\s*\Z")
_OWN = late(
    r"(?:[.:;!?)\]>\n–—→]|\s-)[\"'”*_]*\s*(?:\*\*|_)?(?:\[!|`|\*\*)[^\n]{1,120}[\]*_`]\.?\s*\Z"
)
"""A token that stands for itself at the end of the source, behind a mark."""

_OBJECT = late(
    r"\b(?:[Cc]lick|[Ss]elect|[Cc]hoose|[Pp]ress|[Tt]ap|[Oo]pen|[Ee]nter|[Cc]heck|[Pp]ick)(?:ing)?\b"
    r"[^.:;!?*]*\*\*"
)
"""What shows that bold text is a label, and no sentence of its own."""

_ENDS_IN_CODE = late(r"`\.?\s*\Z")
"""Where code ends the source, it may be announced in the translation and stand for itself."""

_LONGEST_LABEL = 6
_LONG_WORD = 5
"""Letters from which a word before a stop is no abbreviation."""

_ABBREVIATED = word_set("al bzw ca etc ev ggf inkl nr max min resp vs")
_KOREAN = ("다", "요", "오", "죠", "까")
"""What a sentence of Korean ends with."""

_NO_ABBREVIATIONS = frozenset(("ja", "zh", "yue"))


def behind_stops(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each token behind a stop that ends its text, though that of the source
    does not."""
    data = target_data(pair)
    places = sorted(
        match.start() for sign, likely in _LIKELY if sign in data for match in likely.finditer(data)
    )
    for source, target, _likeness in at_places(pair, data, places):
        found = _in_segment(pair.document.data, source, target, language)
        if found is not None:
            yield found


def _in_segment(data: bytes, source: Segment, target: Segment, language: str) -> Observation | None:
    from bilint.checks.typography.sheet import span_in

    text = target.text
    tail = _TAIL.search(text)
    if tail is None or not _ends_sentence(tail["word"], language) or _OWN.search(source.text):
        return None
    bold, code = tail["bold"], tail["code"]
    if bold is not None and (len(bold.split()) > _LONGEST_LABEL or not _OBJECT.search(source.text)):
        return None
    if code is not None and (tail["token"] not in source.text or _ENDS_IN_CODE.search(source.text)):
        return None
    if data[target.start : target.end] != text.encode():
        return None
    said = plain(unwrapped(tail["token"].strip("*_`")))
    return Observation(
        f"`{said}` stands behind the end of its sentence",
        span_in(target, text, *tail.span("token")),
        said,
        source.span,
    )


def _ends_sentence(word: str, language: str) -> bool:
    """Whether a stop behind a word is no part of an abbreviation."""
    if language in _NO_ABBREVIATIONS:
        return True
    if language == "ko":
        return word.endswith(_KOREAN)
    small = word.lower()
    if len(small) >= _LONG_WORD:
        return True
    return small in function_words(language) and small not in _ABBREVIATED
