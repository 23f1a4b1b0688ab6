"""The repairs that findings know, and what must hold of a page once they were made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bilint.edits import Edit, Shift, edit_of
from bilint.model.document import FrontMatter
from bilint.model.finding import Finding, Side
from bilint.model.record import NamedTuple
from bilint.model.text import Span


class Fix(NamedTuple):
    """A finding and the edit that repairs it."""

    finding: Finding
    edit: Edit


def known_fixes(
    findings: Iterable[Finding],
    data: bytes,
    *,
    unsafe: bool,
    checks: Collection[str] | None = None,
) -> list[Fix]:
    """The repairs of what is open on a translated page of these bytes, the gravest first.

    Those that may change the meaning only with `unsafe`; of `checks` only, where they are named.
    The order is the same whatever the order of the findings.
    """
    fixes = []
    for finding in findings:
        suggestion = finding.suggestion
        if suggestion is None or not finding.state.is_open:
            continue
        if finding.side is not Side.TARGET or (checks is not None and finding.check not in checks):
            continue
        if suggestion.safe or unsafe:
            fixes.append(Fix(finding, edit_of(finding.path, data, finding.span, suggestion.text)))
    return sorted(fixes, key=_weight)


def _weight(fix: Fix) -> tuple[object, ...]:
    finding = fix.finding
    return (
        finding.severity.rank,
        finding.confidence.rank,
        *finding.span,
        finding.check,
        finding.subject,
        fix.edit.text,
    )


class Verdict(NamedTuple):
    """The findings of a page after an edit beside those before it.

    `remained` is what the edit was to repair, `new` is what it brought, and `gone` what is found
    no longer.
    """

    remained: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()


def compare_findings(
    before: Sequence[Finding], after: Sequence[Finding], fixed: Sequence[Finding], shift: Shift
) -> Verdict:
    """Tell the findings of an edited page from those that stood there before.

    Two are the same when one check makes them of the same place, or of the same subject and
    source. A finding that nobody can see (suppressed, known) counts for nothing when it is new.
    """
    left = list(before)
    unmatched: list[Finding] = []
    remained: list[Finding] = []
    repaired = set(map(id, fixed))
    for same in (_is_very_same, _is_same):
        todo, unmatched = (list(after) if same is _is_very_same else unmatched), []
        for finding in todo:
            start, end = shift.before(finding.span.start), shift.before(finding.span.end)
            match = next(
                (i for i, old in enumerate(left) if same(old, finding, Span(start, end))), None
            )
            if match is None:
                unmatched.append(finding)
            elif id(left[match]) in repaired:
                remained.append(left.pop(match))
            else:
                left.pop(match)
    return Verdict(
        tuple(remained),
        tuple(one for one in unmatched if one.state.is_open),
        tuple(one for one in left if one.state.is_open),
    )


def _is_very_same(old: Finding, new: Finding, place: Span) -> bool:
    return (
        (old.check, old.side, old.subject) == (new.check, new.side, new.subject)
        and old.span == place
        and old.source == new.source
    )


def _is_same(old: Finding, new: Finding, place: Span) -> bool:
    if (old.check, old.side) != (new.check, new.side):
        return False
    if old.side is Side.SOURCE:
        return old.span == new.span
    return (old.fingerprint == new.fingerprint and old.subject == new.subject) or (
        old.span.start <= place.end and place.start <= old.span.end
    )


def replace(data: bytes, span: Span, text: str) -> bytes:
    """`data` with `text` in place of `span`."""
    return data[: span.start] + text.encode() + data[span.end :]


def set_value(
    data: bytes, front_matter: FrontMatter, keys: tuple[str, ...], value: str
) -> bytes | None:
    """`data` with `value` under the first of `keys` that the front matter has.

    Quotes around the old value stay, and so does a comment behind it. Where no key is there, a
    line for the first one is put before the closing delimiter. None when the page has no front
    matter. Whether YAML agrees is for the caller to see: `value` goes in as it is.
    """
    if front_matter.span.end == front_matter.span.start:
        return None
    for key in keys:
        entry = front_matter.entries.get(key)
        if entry is not None:
            start = entry.value_span.start
            blank = " " if data[start - 1 : start] == b":" else ""
            return replace(data, entry.value_span, blank + value)
    block = data[: front_matter.span.end].rstrip(b"\r\n")
    closing = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
    newline = "\r\n" if block[:closing].endswith(b"\r\n") else block[closing - 1 : closing].decode()
    return replace(data, Span(closing, closing), f"{keys[0]}: {value}{newline}")
