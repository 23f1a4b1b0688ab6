"""Words in emphasis that stand against a small word without the blank between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bilint.checks.tokens.syntax import is_unspaced, plain
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

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
_LONGEST = 20_000


def glued_emphasis(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each emphasis that a small word touches.

    Any other letters may be the rest of a word of which a part is stressed on purpose, and so
    may small words where the source stresses parts of words.
    """
    data = pair.document.data
    if _SIGN.search(data) is None:
        return
    small = function_words(language)
    if not small:
        return
    sources: dict[int, Segment | None] | None = None
    for segment in _suspects(pair.document):
        if sources is None:
            sources = {one.target.start: one.source for one in pair.segments if one.target}
        source = sources.get(segment.start)
        if source is None or not _ANY.search(source.text):
            yield from _in_segment(segment, small)


def _suspects(document: Document) -> Iterator[Segment]:
    """The segments with letters on both sides of a mark."""
    segments = document.segments
    starts = [segment.start for segment in segments]
    known = -1
    for match in _SIGN.finditer(document.data):
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or index == known or match.end() > segments[index].end:
            continue
        known = index
        segment = segments[index]
        raw = document.data[segment.start : segment.end]
        if len(segment.text) <= _LONGEST and raw == segment.text.encode():
            yield segment


def _in_segment(segment: Segment, small: frozenset[str]) -> Iterator[Observation]:
    text = segment.text
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(text):
            word, marks, inside = match["word"], match["marks"], match["inside"]
            if word not in small or len(inside) == 1 or is_unspaced(inside[0]):
                continue
            start = segment.start + len(text[: match.start()].encode())
            span = Span(start, start + len(match[0].encode()))
            if _touches_token(segment, span):
                continue
            whole = f"{marks}{inside}{marks}"
            mended = f"{whole} {word}" if pattern is _AFTER else f"{word} {whole}"
            said = plain(inside)
            yield Observation(
                f"No blank between `{said}` and the word beside it: `{match[0]}`",
                span,
                said,
                suggestion=Suggestion(mended),
            )


def _touches_token(segment: Segment, span: Span) -> bool:
    """Whether one end of a place lies in a token, or is one."""
    return any(
        token.start <= span.start < token.end or token.start < span.end <= token.end
        for token in segment.tokens
    )
