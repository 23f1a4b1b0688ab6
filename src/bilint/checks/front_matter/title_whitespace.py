"""`title-whitespace`: blanks in a title that nobody means to be there."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, SegmentKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_BLANK = " \t\u00a0\u202f\u3000"
# Runs first, so that each is taken whole and no blank is tried twice.
_OUT_OF_PLACE = late(rf"[{_BLANK}]{{2,}}|\A[{_BLANK}]|[{_BLANK}]\Z")
_REST_OF_LINE = late(rb"[^\r\n]*")
_QUOTES = (b'"', b"'")


class _Fault(NamedTuple):
    """Blanks out of place. `kind` tells those that YAML drops from those that it keeps."""

    key: str
    kind: str
    span: Span
    replacement: str


_MESSAGES = {
    "leading": "`{}` begins with a blank.",
    "trailing": "`{}` ends in a blank.",
    "after": "A blank follows `{}` at the end of its line.",
    "double": "`{}` has more than one blank between two words.",
}


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The title of the page has a blank at its end, or two in a row."""
    faults = list(_faults(pair.document, context.profile))
    if not faults:
        return
    inherited = set()
    if pair.source is not None:
        inherited = {
            (fault.key, fault.kind) for fault in _faults(pair.source.document, context.profile)
        }
    for fault in faults:
        if (fault.key, fault.kind) not in inherited:
            yield _observation(fault)


def observe_source(document: Document, profile: Profile) -> Iterator[Observation]:
    """The same of a source page."""
    for fault in _faults(document, profile):
        yield _observation(fault)


def _observation(fault: _Fault) -> Observation:
    return Observation(
        _MESSAGES[fault.kind].format(fault.key),
        fault.span,
        f"{fault.key}: {fault.kind}",
        suggestion=Suggestion(fault.replacement, safe=True),
    )


def _faults(document: Document, profile: Profile) -> Iterator[_Fault]:
    for key, kind in profile.text_keys.items():
        entry = document.front_matter.entries.get(key)
        if kind is not SegmentKind.TITLE or entry is None or not isinstance(entry.value, str):
            continue
        start, end = entry.value_span
        raw = document.data[start:end]
        # A title over several lines is indented, and folded by whoever reads it.
        if start < end and b"\n" not in raw and b"\r" not in raw:
            yield from _in_title(key, raw.decode("utf-8", "replace"), start)
            yield from _after_title(key, document.data, entry.value_span)


def _in_title(key: str, title: str, start: int) -> Iterator[_Fault]:
    if title == " ".join(title.split()):
        return
    for match in _OUT_OF_PLACE.finditer(title):
        blanks = match[0]
        at = start + len(title[: match.start()].encode())
        span = Span(at, at + len(blanks.encode()))
        if match.start() == 0:
            yield _Fault(key, "leading", span, "")
        elif match.end() == len(title):
            yield _Fault(key, "trailing", span, "")
        else:
            odd = blanks.replace(" ", "").replace("\t", "")
            yield _Fault(key, "double", span, odd[:1] or " ")


def _after_title(key: str, data: bytes, title: Span) -> Iterator[_Fault]:
    """Blanks between a title without quotes and the end of its line."""
    if data[title.start - 1 : title.start] in _QUOTES:
        return
    match = _REST_OF_LINE.match(data, title.end)
    if match and match[0] and not match[0].decode("utf-8", "replace").strip(_BLANK):
        yield _Fault(key, "after", Span(*match.span()), "")
