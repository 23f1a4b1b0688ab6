"""Bold text that slid from a label onto the verb whose object the label is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.changed import at_places, target_data
from bilint.checks.tokens.syntax import plain, unwrapped
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_KOREAN = "합니다|하십시오|하세요|하고|하여|해서|해|하면|한"
_JAPANESE = "しました|します|して|する|し"
_CHINESE = "选择|選擇|选取|選取|单击|單擊|点击|點擊|点按|點按|轻按|按一下"


class _Patterns(NamedTuple):
    """What finds a verb in bold, in a page and in a segment, and what a label stands behind."""

    likely: re.Pattern[bytes]
    verb: re.Pattern[str]
    governs: tuple[str, ...] = ()


def _ended(stems: str, endings: str, others: str) -> _Patterns:
    """Verbs with their ending: the stem alone may be the name of a button."""
    return _Patterns(
        late(rf"\*\*(?:{stems}|{others})".encode()),
        late(rf"\*\*(?P<verb>(?:{stems})(?:(?:{endings})|(?=\*\* ?(?:{endings})))|{others})\*\*"),
    )


_LANGUAGES = {
    "ja": _ended("クリック|選択|タップ", _JAPANESE, "押します|押して|押す"),
    "ko": _ended("선택|클릭|탭", _KOREAN, "누릅니다|누르십시오|누르세요|누르고|눌러"),
    "zh": _Patterns(
        late(rf"\*\*(?:{_CHINESE})\*\*".encode()),
        late(rf"\*\*(?P<verb>{_CHINESE})\*\*(?=[^\W_]|[“「『【])"),
        tuple(_CHINESE.split("|")),
    ),
}

_OBJECT = late(
    r"\b(?:[Cc]lick|[Ss]elect|[Cc]hoose|[Pp]ress|[Tt]ap)(?:ing|s)?(?: on)?(?: the)? "
    r"\*\*(?P<label>[^*\n]+)\*\*"
)
_NAMED = late(r"selec|choos|choice|click|press|tap|pick|option", re.IGNORECASE)
"""A label that may be called so itself."""

_BOLD = late(r"\*\*[^*\n]+\*\*")


def bold_verbs(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each verb in bold where the source has its object in bold."""
    patterns = _LANGUAGES.get(language)
    if patterns is None:
        return
    data = target_data(pair)
    places = (match.start() for match in patterns.likely.finditer(data))
    for source, target, _likeness in at_places(pair, data, places):
        labels = _OBJECT.search(source.text)
        if labels is None:
            continue
        bold = _BOLD.findall(source.text)
        if any(map(_NAMED.search, bold)) or len(_BOLD.findall(target.text)) > len(bold):
            continue
        if pair.document.data[target.start : target.end] == target.text.encode():
            label = plain(unwrapped(labels["label"]))
            yield from _in_segment(source, target, patterns, label)


def _in_segment(
    source: Segment, target: Segment, patterns: _Patterns, label: str
) -> Iterator[Observation]:
    from bilint.checks.typography.sheet import span_in

    text = target.text
    for match in patterns.verb.finditer(text):
        # What stands behind such a verb is the label.
        if patterns.governs and text[: match.start()].rstrip(" *").endswith(patterns.governs):
            continue
        yield Observation(
            f"The verb `{match['verb']}` stands in bold; in the source its object does: `{label}`",
            span_in(target, text, *match.span()),
            match["verb"],
            source.span,
        )
