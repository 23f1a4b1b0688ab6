"""`link-text-lost`: a link has no words left that a reader could see or choose."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.links.parts import LINK, is_empty, label_of, link_tokens, words
from bilint.checks.links.twins import Twin, compared, relabelled
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.page import Page
from bilint.model.text import Span

_PARTING = ",;"
_GONE = "This link has lost its words, and nobody can see it"


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link without words whose source has some."""
    inherited: frozenset[str] | None = None
    for twin, label, said in relabelled(pair, context):
        if label[:1].isalnum() or not is_empty(label):
            continue
        if twin.source is not None:
            if said is not None and not is_empty(said):
                yield _compared(twin, label, said, pair.document.data)
            continue
        if inherited is None:
            inherited = _links_of(pair.source)
        if twin.target.text not in inherited and not twin.target.value.startswith("#"):
            yield _alone(twin, label)
    for twin in compared(pair, context).twins:
        token, source = twin[0], twin[1]
        if source is None or token[3][:1] == "[" or token[0] is not LINK:
            continue
        if token.text.startswith(("<a", "<A")) or not source.text.startswith("["):
            continue
        said = words(label_of(source) or "")
        if twin.same and said and not _is_address(said):
            yield Observation(
                f"This link has lost its words, only its address is left; in the source it is"
                f" `{said}`",
                Span(token.start, token.end),
                token.value,
                Span(source.start, source.end),
            )


def _is_address(text: str) -> bool:
    return "://" in text or text.startswith("www.") or (" " not in text and "." in text[1:-1])


def _links_of(page: Page | None) -> frozenset[str]:
    """The links of a page as written."""
    if page is None:
        return frozenset()
    segments = page.document.segments
    return frozenset([token.text for segment in segments for token in link_tokens(segment)])


def _says(label: str) -> str:
    shown = words(label)
    return f"This link has lost its words, only `{shown}` is left" if shown else _GONE


def _compared(twin: Twin, label: str, said: str, data: bytes) -> Observation:
    token, source = twin.target, twin.source
    start = _verbatim_before(twin, said, data)
    mended = f"[{said}{token.text[len(label) + 1 :]}{_parting(label, data[token.end :][:4])}"
    return Observation(
        f"{_says(label)}; in the source it is `{words(said)}`",
        Span(token.start if start is None else start, token.end),
        token.value,
        None if source is None else Span(source.start, source.end),
        suggestion=None if start is None else Suggestion(mended, safe=True),
    )


def _parting(label: str, following: bytes) -> str:
    """What parts the link from what follows it: a comma may have become its text."""
    marks = "".join(sign for sign in words(label) if sign in _PARTING)
    then = following.decode("utf-8", "ignore")[:1]
    return marks + " " if then.isalnum() or then == "[" else marks


def _verbatim_before(twin: Twin, said: str, data: bytes) -> int | None:
    """Where the words of the source's link begin, if they stand as they are before this one."""
    start = twin.target.start - len(said.encode())
    if start < twin.segment.start or data[start : twin.target.start] != said.encode():
        return None
    before = data[max(twin.segment.start, start - 4) : start].decode("utf-8", "ignore")[-1:]
    taken = any(
        one.start < twin.target.start and start < one.end
        for one in twin.segment.tokens
        if one is not twin.target
    )
    return None if taken or before.isalnum() or before in {"#", "/", "-", "_"} else start


def _alone(twin: Twin, label: str) -> Observation:
    """A link that nothing in the source stands for: the words may never have been there."""
    token = twin.target
    span = Span(token.start, token.end)
    return Observation(_says(label), span, token.value, confidence=Confidence.MEDIUM)
