"""`variable-altered`: a variable, an include or a shortcode is not the one of the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bilint.checks.base import Context
from bilint.checks.tokens.syntax import page_tokens
from bilint.model.alignment import AlignedPair, Basis, SegmentPair
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_KIND = TokenKind.PLACEHOLDER
_LIKE = 0.5
_TEMPLATE = late(r"\{%[^{}\n]{1,300}%\}|\{![^{}\n]{1,300}!\}|\{\*[^{}\n]{1,300}\*\}")
_MOST = 200
"""Of a segment, the most that is looked at."""

_VARIABLE = "{{"
_TEMPLATE_SIGN = late(rb"\{[%!*]")
_TEMPLATE_SIGNS = ("{%", "{!", "{*")
# What became of a variable whose braces are other characters.
_DAMAGED = late(
    r"(?:\\?\{|｛|&lbrace;|&#123;){1,2}[^{}\n]{1,300}?(?:\\?\}|｝|&rbrace;|&#125;){1,2}|"
    r"\$\s\{[^{}\n]{1,100}\}|%\s?[0-9]?\s?\$?\s?[sdSD](?!\w)"
)


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each one that its segment, and the page as a whole, lost."""
    if pair.source is None or pair.basis is Basis.HEAD:
        return
    source = pair.source.document
    if b"{" not in source.data and b"%" not in source.data:
        return
    lost = _of_page(source)
    if not lost:
        return
    lost -= _of_page(pair.document)
    if not lost:
        return
    for segments in pair.segments:
        if segments.source is not None and segments.target is not None:
            yield from _compare(segments, lost, pair.document)


def _of_page(document: Document) -> Counter[str]:
    """The variables of a page by what they say, blanks apart."""
    found = Counter(
        [
            _said(token.text)
            for _, token in page_tokens(document, _KIND)
            if token.text.startswith(_VARIABLE)
        ]
    )
    if b"{" in document.data and _TEMPLATE_SIGN.search(document.data):
        found.update(
            _said(token.text) for segment in document.segments for token in _templates(segment)
        )
    return found


def _is_variable(token: Token) -> bool:
    """Whether it is one; `{name}` and `%s` are placeholders, which another check looks at."""
    return token.kind is _KIND and token.text.startswith(_VARIABLE)


def _said(text: str) -> str:
    return "".join(text.split())


def _variables(segment: Segment) -> list[Token]:
    found = [token for token in segment.tokens if _is_variable(token)]
    return sorted((*found, *_templates(segment)), key=lambda token: token.start)


def _templates(segment: Segment) -> Iterator[Token]:
    """Template syntax that is no token of its own, outside code."""
    text = segment.text
    if not any(sign in text for sign in _TEMPLATE_SIGNS):
        return
    code = [token for token in segment.tokens if token.kind is TokenKind.CODE]
    for match in islice(_TEMPLATE.finditer(text), _MOST):
        start = segment.start + len(text[: match.start()].encode())
        end = start + len(match[0].encode())
        if not any(token.start <= start < token.end for token in code):
            yield Token(_KIND, start, end, match[0], match[0])


def _compare(
    segments: SegmentPair, lost: Counter[str], document: Document
) -> Iterator[Observation]:
    source, target, likeness = segments
    if source is None or target is None or likeness < _LIKE:
        return
    wanted = _variables(source)
    if not any(lost[_said(token.text)] > 0 for token in wanted):
        return
    own = _variables(target)
    kept = Counter(_said(token.text) for token in own)
    missing = []
    for token in wanted:
        said = _said(token.text)
        if kept[said] > 0:
            kept[said] -= 1
        elif lost[said] > 0:
            lost[said] -= 1
            missing.append(token)
    known = {_said(token.text) for token in wanted}
    others = [Span(t.start, t.end) for t in own if _said(t.text) not in known]
    others = others or _damaged(target, own, document)
    for token in missing[:_MOST]:
        certain = len(missing) == len(others) == 1
        span = others.pop(0) if others else None
        yield _observation(token, span, certain, target, document)


def _observation(
    wanted: Token, span: Span | None, certain: bool, target: Segment, document: Document
) -> Observation:
    place = Span(wanted.start, wanted.end)
    if span is None:
        message = f"`{wanted.text}` of the source is missing"
        return Observation(message, target.span, wanted.text, place)
    if wanted.text.startswith("$") and document.data[span.start - 2 : span.start] == b"$ ":
        span = span._replace(start=span.start - 2)
    found = document.data[span.start : span.end].decode("utf-8", "replace")
    return Observation(
        f"`{wanted.text}` of the source is `{found}` here",
        span,
        wanted.text,
        place,
        suggestion=Suggestion(wanted.text, safe=certain),
    )


def _damaged(target: Segment, own: list[Token], document: Document) -> list[Span]:
    """Where something stands in a segment that may have been a variable."""
    raw = document.data[target.start : target.end].decode("utf-8", "replace")
    if raw != target.text:
        return []
    taken = [token for token in target.tokens if token not in own or token.kind is _KIND]
    spans = []
    for match in islice(_DAMAGED.finditer(raw), _MOST):
        start = target.start + len(raw[: match.start()].encode())
        span = Span(start, start + len(match[0].encode()))
        if not any(token.start < span.end and span.start < token.end for token in taken):
            spans.append(span)
    return spans
