"""`text-value-missing`: a title or description that is gone, though the source has one."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.front_matter.front_matter_doubled import second_front_matter
from bilint.model.alignment import AlignedPair
from bilint.model.document import Entry, SegmentKind
from bilint.model.finding import Observation, Severity
from bilint.model.text import Span

_UNSEEN = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff"
_NOT_WORDS = frozenset(("undefined", "nan", "none", "null", "n/a", "-", "--", "todo"))


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The title or description of the page is missing or empty; the source has one."""
    if pair.source is None:
        return
    base, target = pair.source.document.front_matter, pair.document.front_matter
    if not target.entries:
        return
    for key, kind in context.profile.text_keys.items():
        entry = base.entries.get(key)
        if entry is None or not _says(entry):
            continue
        there = target.entries.get(key)
        if there is not None and _says(there):
            continue
        # What could not be read is told as such, and what stands in another block too.
        if target.problems or second_front_matter(pair.document) is not None:
            return
        yield _observation(key, kind, entry, there)


def _says(entry: Entry) -> bool:
    """Whether a value says anything; a list or mapping is for others to judge."""
    if not isinstance(entry.value, str):
        return True
    text = entry.value.replace("&#x200B;", "").strip(_UNSEEN).lower()
    return bool(text) and text != "~" and text not in _NOT_WORDS


def _observation(key: str, kind: SegmentKind, entry: Entry, there: Entry | None) -> Observation:
    severity = None if kind is SegmentKind.TITLE or key == "description" else Severity.WARNING
    said = " ".join(str(entry.value).split())
    if there is None:
        return Observation(
            f"`{key}` is missing; in the source it is “{_short(said)}”",
            Span(0, 0),
            key,
            entry.value_span,
            severity=severity,
        )
    span = there.value_span if there.value_span.end > there.value_span.start else there.key_span
    return Observation(
        f"`{key}` is empty; in the source it is “{_short(said)}”",
        span,
        key,
        entry.value_span,
        severity=severity,
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80].rstrip() + "…"
