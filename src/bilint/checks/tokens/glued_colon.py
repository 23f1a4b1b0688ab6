"""A word that stands against the colon of a label, where a blank between them is missing."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.changed import at_places, target_data
from bilint.checks.tokens.glued_emphasis import UNSEEN
from bilint.checks.tokens.syntax import is_unspaced, plain, unwrapped, word_set
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late

# The colon comes first, since what begins with a literal is found many times faster.
_LIKELY = late(
    rb":(?:[*_]{1,3}(?:&|\xe2\x80\x8b)"
    rb"|(?:(?<=[\]*_`)]:)|(?<=[\]*_`)] :)|(?<=[\]*_`)]\xc2\xa0:)|(?<=[\]*_`)]\xe2\x80\xaf:))"
    rb"[A-Za-z&\xc3-\xf4])"
)
_BEFORE = r"[ \u00a0\u202f]?"
"""What French sets before a colon."""

_LABEL = (
    r"(?:\*\*[^*\n]+\*\*|(?<!\w)_[^_\n]+_(?!\w)|`[^`\n]+`"
    r"|(?P<m>\*\*|_)?\[![A-Z]+ [^\[\]\n]+\](?(m)(?P=m))|\[[^\[\]\n]+\]\([^()\s]*\))"
)
_WORD = r"(?P<word>[^\W\d_][^\W_]*)(?!:|//)"
_GLUED = (
    late(rf"(?P<label>{_LABEL}){_BEFORE}(?P<glue>:(?:{UNSEEN})?{_WORD})"),
    late(
        rf"(?<![\w*])(?P<marks>\*\*?|__?)(?P<label>[^\s*_][^*_\n]*?){_BEFORE}"
        rf"(?P<glue>:(?P=marks){UNSEEN}{_WORD})"
    ),
)
_PARTICLES = word_set("을 를 은 는 이 가 의 에 에서 에는 로 으로 와 과")
"""What belongs to the words before the colon in Korean, which is the sign too many then."""

_COLON = late(rf"[\]*_`)]{_BEFORE}:(?!:)|:(?:\*\*?|__?)(?=\W|\Z)")
_APART = late(r"(?:[\]*_`)]:|:(?:\*\*?|__?))(?:[ \u00a0]|&nbsp;)+[^\W_]")
_TOUCHED = late(r"[\]*_`)]:[^\W_]|:(?:\*\*?|__?)(?:[^\W_]|&#)")


def glued_colons(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each label whose colon a word stands against."""
    data = target_data(pair)
    places = (match.start() for match in _LIKELY.finditer(data))
    for source, target, _likeness in at_places(pair, data, places):
        if _parts_all(source.text, target.text):
            yield from _in_segment(pair.document.data, source, target)


def _parts_all(source: str, target: str) -> bool:
    """Whether the source has a blank behind each colon of a label, and as many colons.

    A name may be made of two with a colon between them.
    """
    if not _APART.search(source) or _TOUCHED.search(source):
        return False
    return len(_COLON.findall(target)) <= len(_COLON.findall(source))


def _in_segment(data: bytes, source: Segment, target: Segment) -> Iterator[Observation]:
    from bilint.checks.typography.sheet import hidden_spans, span_in

    text = target.text
    if data[target.start : target.end] != text.encode():
        return
    for pattern in _GLUED:
        for match in pattern.finditer(text):
            span, word = span_in(target, text, *match.span("glue")), match["word"]
            if any(start <= span.start < end for start, end in hidden_spans(target)):
                continue
            if word in _PARTICLES:
                continue
            said, marks = _said(match["label"]), match.groupdict().get("marks", "")
            # In Korean a word may be lost behind the marks, of which this is the end.
            safe = not marks or not is_unspaced(word[0])
            yield Observation(
                f"No blank behind the colon of `{said}`: `{match['glue']}`",
                span,
                said,
                source_span=source.span,
                suggestion=Suggestion(f":{marks} {word}", safe=safe),
            )


def _said(label: str) -> str:
    words = label.strip("*_`")
    address = words.rfind("](") if words.startswith("[") else -1
    return plain(unwrapped(words if address < 0 else words[1:address]))
