"""Words in emphasis that stand against a small word without the blank between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bilint.checks.recent import last_kept
from bilint.checks.tokens.syntax import is_unspaced, plain, visible
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

UNSEEN = r"(?:\u200b|&(?:#8203|#[xX]200[bB]|ZeroWidthSpace);)"
"""A blank without width: it parts words for programs, and for no reader."""

_UNSEEN = (
    (b"\x8b", late(rb"\x8b(?<=\xe2\x80\x8b)")),
    (b";", late(rb";(?:(?<=&#8203;)|(?<=&#[xX]200[bB];)|(?<=&ZeroWidthSpace;))")),
)
"""What such a blank ends with, and what finds its end."""

# The asterisk comes first, since what begins with a literal is found many times faster.
_SIGN = late(rb"\*(?<=[0-9A-Za-z\x80-\xff]\*)\*{0,2}[A-Za-z\x80-\xff]")
_ANY = late(r"\*(?<=[^\W_]\*)\*{0,2}[^\W\d_]")
_AFTER = late(
    r"(?<![\w*\\])(?P<marks>\*{1,3})(?P<inside>[^\s*](?:[^*]*[^\W_])?)(?P=marks)"
    r"(?P<word>[^\W\d_]{2,})(?![\w*])"
)
_BEFORE = late(
    r"(?<![\w*\\])(?P<word>[^\W\d_]{2,})(?P<marks>\*{1,3})(?P<inside>[^\W_](?:[^*]*[^\s*])?)"
    r"(?P=marks)(?![\w*])"
)
_EMPHASIS = r"(?P<marks>\*{1,3}|_{1,2})(?P<inside>[^\s*_](?:[^*_]*[^\s*_])?)(?P=marks)"
_WORD = r"(?P<word>[^\W\d_]{2,})"
# As a rule such a blank stands where emphasis ends with a mark, which a letter may not follow.
_PARTED_AFTER = late(rf"(?<![\w*\\]){_EMPHASIS}{UNSEEN}+{_WORD}(?![\w*])")
_PARTED_BEFORE = late(rf"(?<![\w*\\]){_WORD}{UNSEEN}+{_EMPHASIS}(?![\w*])")
_MARKS = (b"*", b"_")
_LONGEST = 20_000


@last_kept
def hides_glue(data: bytes) -> bool:
    """Whether a page has blanks without width, behind which a blank may be missing."""
    return any(byte in data and sign.search(data) is not None for byte, sign in _UNSEEN)


def glued_emphasis(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each emphasis that a small word touches.

    Any other letters may be the rest of a word of which a part is stressed on purpose, and so
    may small words where the source stresses parts of words.
    """
    data = pair.document.data
    hidden = hides_glue(data)
    if not hidden and _SIGN.search(data) is None:
        return
    small = function_words(language)
    if not small:
        return
    sources: dict[int, Segment | None] | None = None
    for segment in _suspects(pair.document, hidden):
        if sources is None:
            sources = {one.target.start: one.source for one in pair.segments if one.target}
        source = sources.get(segment.start)
        if source is None or not _ANY.search(source.text):
            yield from _in_segment(segment, small, hidden)


def _suspects(document: Document, hidden: bool) -> Iterator[Segment]:
    """The segments with letters on both sides of a mark, or a blank without width on one."""
    segments = document.segments
    starts = [segment.start for segment in segments]
    places = [match.span() for match in _SIGN.finditer(document.data)]
    if hidden:
        places = sorted(places + _beside_marks(document.data))
    known = -1
    for start, end in places:
        index = bisect_right(starts, start) - 1
        if index < 0 or index == known or end > segments[index].end:
            continue
        known = index
        segment = segments[index]
        raw = document.data[segment.start : segment.end]
        if len(segment.text) <= _LONGEST and raw == segment.text.encode():
            yield segment


def _beside_marks(data: bytes) -> list[tuple[int, int]]:
    """Where blanks without width end that stand beside a mark of emphasis."""
    found = []
    for byte, sign in _UNSEEN:
        for match in sign.finditer(data):
            end = match.end()
            start = data.rfind(b"&", 0, end) if byte == b";" else end - 3
            if data[end : end + 1] in _MARKS or data[start - 1 : start] in _MARKS:
                found.append((end - 1, end))
    return found


def _in_segment(segment: Segment, small: frozenset[str], hidden: bool) -> Iterator[Observation]:
    text = segment.text
    patterns = [(_AFTER, True), (_BEFORE, False)]
    if hidden:
        patterns += [(_PARTED_AFTER, True), (_PARTED_BEFORE, False)]
    for number, (pattern, behind) in enumerate(patterns):
        for match in pattern.finditer(text):
            word, marks, inside = match["word"], match["marks"], match["inside"]
            if word not in small or len(inside) == 1 or is_unspaced(inside[0]):
                continue
            start = segment.start + len(text[: match.start()].encode())
            span = Span(start, start + len(match[0].encode()))
            if _touches_token(segment, span) or (number > 1 and _is_no_text(inside, behind)):
                continue
            whole = f"{marks}{inside}{marks}"
            said = plain(inside)
            yield Observation(
                f"No blank between `{said}` and the word beside it: `{match[0]}`",
                span,
                said,
                suggestion=Suggestion(
                    f"{whole} {word}" if behind else f"{word} {whole}", safe=number > 1
                ),
            )


def _is_no_text(inside: str, behind: bool) -> bool:
    """Whether the words in emphasis have a token at their end, which is glued, or are none."""
    if not any(map(str.isalnum, visible(inside))):
        return True
    if behind:
        return inside[-1] in "]`" or (inside[-1] == ")" and "](" in inside)
    return inside[0] in "[`"


def _touches_token(segment: Segment, span: Span) -> bool:
    """Whether one end of a place lies in a token, or is one."""
    return any(
        token.start <= span.start < token.end or token.start < span.end <= token.end
        for token in segment.tokens
    )
