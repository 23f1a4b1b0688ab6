"""`alert-altered`: an alert or a video of the source is another one here, or plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from bilint.checks.base import Context
from bilint.checks.tokens.damage import find_damage
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.document import BlockKind, Document, SegmentKind, Token, TokenKind
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.text import Span

_LIKE = 0.4
_MOST = 500
"""Keywords of a page that are looked at."""
# Compiled where they are wanted, which is seldom.
_PLAIN = rb"(?:(?:&gt;|\\>|\xef\xbc\x9e)[ \t]*)*\[!([A-Z]+)\]"
_VIDEO = rb"\[!VIDEO\][ \t]*\(?[ \t]*(?:<?https?://[^\s)>]*>?)?[ \t]*\)?"


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each alert or video of the source that does not work any more."""
    if pair.source is None or pair.basis is Basis.HEAD:
        return
    before, after = _alerts(pair.source.document), _alerts(pair.document)
    lost = Counter(one.value for one in before)
    lost.subtract(one.value for one in after)
    if any(lost.values()):
        if len(before) == len(after):
            yield from _changed(before, after)
        elif len(before) > len(after):
            told = Counter[str]()
            for seen in _unframed(pair, +lost, context):
                told[seen.subject] += 1
                yield seen
            left = +(lost - told)
            if left.total() > _broken(pair.document, context):
                yield from _bare(pair, before, left)
    yield from _videos(pair)


def _alerts(document: Document) -> list[Token]:
    return [token for token in document.tokens if token.kind is TokenKind.ALERT]


def _changed(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Observation]:
    """Keywords that became another one."""
    for theirs, own in zip(before, after, strict=True):
        if theirs.value != own.value:
            yield Observation(
                f"The source has `{theirs.text}`, here stands `{own.text}`",
                Span(own.start, own.end),
                own.value,
                Span(theirs.start, theirs.end),
                severity=Severity.WARNING,
                suggestion=Suggestion(theirs.text, safe=True),
            )


def _unframed(pair: AlignedPair, lost: Counter[str], context: Context) -> Iterator[Observation]:
    """Keywords of alerts that stand outside a quote, where they are plain text."""
    document = pair.document
    standing = {token.start for token in _alerts(document)}
    found_plain = re.compile(_PLAIN).finditer(document.data, document.body_start)
    for match in islice(found_plain, _MOST):
        keyword = match[1].decode()
        at = match.start(1) - 2
        if at in standing or lost[keyword] <= 0 or keyword not in context.profile.alerts:
            continue
        if _in_code(document, at):
            continue
        lost[keyword] -= 1
        found = match[0].decode("utf-8", "replace")
        escaped = not found.startswith("[")
        yield Observation(
            f"`{found}` is plain text: the `>` before it "
            + ("was replaced by other characters" if escaped else "is missing"),
            Span(match.start(), match.end()),
            keyword,
            suggestion=Suggestion(f">[!{keyword}]"),
        )


def _broken(document: Document, context: Context) -> int:
    """How many alerts are told as broken tokens."""
    kinds = context.profile.keyword_tokens
    return sum(
        kinds.get(damage.keyword) is None
        for damage in find_damage(document, context.profile, thorough=True)
    )


def _bare(pair: AlignedPair, before: Sequence[Token], lost: Counter[str]) -> Iterator[Observation]:
    """Quotes that were alerts in the source."""
    told = set()
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _LIKE:
            continue
        if source.kind is not SegmentKind.ALERT or not target.shape.startswith("p>"):
            continue
        if target.kind is SegmentKind.ALERT or "[!" in target.text:
            continue
        token = next((one for one in reversed(before) if one.start < source.start), None)
        if token is None or token.start in told or lost[token.value] <= 0:
            continue
        told.add(token.start)
        lost[token.value] -= 1
        yield Observation(
            f"In the source this is `{token.text}`; here it is a plain quotation",
            target.span,
            token.value,
            Span(token.start, token.end),
            confidence=Confidence.MEDIUM,
        )


def _videos(pair: AlignedPair) -> Iterator[Observation]:
    """Videos whose address is parted from its keyword, or gone."""
    if pair.source is None:
        return
    document, source = pair.document, pair.source.document
    if b"[!VIDEO]" not in document.data or _loose(source):
        return
    kept = Counter(block.text for block in document.blocks if block.kind is BlockKind.VIDEO)
    gone = [
        block for block in source.blocks if block.kind is BlockKind.VIDEO and not kept[block.text]
    ]
    for token in _loose(document):
        match = re.compile(_VIDEO).match(document.data, token.start)
        span = Span(token.start, match.end() if match else token.end)
        found = document.data[span.start : span.end].decode("utf-8", "replace").rstrip()
        address = found.removeprefix("[!VIDEO]").strip(" \t()<>")
        yield Observation(
            "This video is not shown: its address must stand in parentheses "
            "right behind `[!VIDEO]`",
            span._replace(end=span.start + len(found.encode())),
            found,
            next((Span(one.start, one.end) for one in gone if one.text in address), None),
            suggestion=Suggestion(f"[!VIDEO]({address})", safe=True) if address else None,
        )


def _loose(document: Document) -> list[Token]:
    """The keywords of videos that make no video."""
    return [
        token
        for segment in document.segments
        for token in segment.tokens
        if token.kind is TokenKind.VIDEO and document.data[token.end : token.end + 1] != b"("
    ]


def _in_code(document: Document, at: int) -> bool:
    hidden = (BlockKind.CODE, BlockKind.COMMENT)
    if any(block.start <= at < block.end for block in document.blocks if block.kind in hidden):
        return True
    return any(
        token.start <= at < token.end
        for segment in document.segments
        if segment.start <= at < segment.end
        for token in segment.tokens
        if token.kind is TokenKind.CODE
    )
