"""What `bilint import` tells: as text for people, and as an object for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bilint.cli.diffing import shown_diff
from bilint.desk.decide import Made
from bilint.desk.imported import Imported, Refused, Rewritten, Taken
from bilint.desk.rechecking import RecheckedPage
from bilint.model.exchange import flat
from bilint.model.finding import Finding, Severity
from bilint.model.record import NamedTuple
from bilint.model.text import Problem
from bilint.reporters.colour import Role, Style
from bilint.reporters.escape import visible
from bilint.reporters.layout import count
from bilint.reporters.terminal_findings import SEVERITY_ROLES, severities

_SHOWN = 100
"""Characters of a text that are shown."""
_EACH = 3
"""Texts that are shown each for itself where one reason holds them back on one page."""


class Outcome(NamedTuple):
    """All that came of a file.

    `checked` is what became of the findings of the pages; `rejects` is the file in
    which what was refused is kept.
    """

    file: str
    imported: tuple[Imported, ...]
    checked: tuple[RecheckedPage, ...] = ()
    decided: tuple[Made, ...] = ()
    problems: tuple[Problem, ...] = ()
    rejects: str | None = None

    @property
    def new_errors(self) -> tuple[Finding, ...]:
        """The errors that the translations brought in."""
        return tuple(
            finding
            for page in self.checked
            for finding in page.new
            if finding.severity is Severity.ERROR
        )


def told(outcome: Outcome, style: Style, *, diff: bool, quiet: bool) -> Iterator[str]:
    """What came of a file, page by page, then what was refused; the last line sums up."""
    for one in outcome.imported:
        for page in one.pages:
            if not quiet:
                name = style(visible(f"{one.locale} {page.path}"), Role.HEADING)
                yield f"{name}: {_written(page, done=one.written)}"
            if diff:
                yield from shown_diff(_diff(page), style)
        yield from _refusals(one.refused, outcome.file, style)
    yield from _decisions(outcome)
    yield from _checked(outcome.checked, style, quiet=quiet)
    yield _summary(outcome)


def _written(page: Rewritten, *, done: bool) -> str:
    """`3 segments written and 1 deleted`."""
    deleted = sum(one.after is None for one in page.taken)
    written = len(page.taken) - deleted
    would = "" if done else "would be "
    parts = [f"{count(written, 'segment')} {would}written"] if written else []
    parts += [f"{count(deleted, 'segment')} {would}deleted"] if deleted else []
    return " and ".join(parts) + (", a new page" if page.before is None else "")


def _refusals(refused: Sequence[Refused], file: str, style: Style) -> Iterator[str]:
    """What was not written and why; what one reason holds back on one page is told once."""
    groups: dict[tuple[str | None, str], list[Refused]] = {}
    for one in refused:
        groups.setdefault((one.path, one.reason), []).append(one)
    for (path, reason), several in groups.items():
        if len(several) > _EACH:
            lines = ", ".join(str(one.entry.line) for one in several[:_EACH])
            rest = f"lines {lines} and {len(several) - _EACH:,} more"
            place = f" to {path}" if path else ""
            yield style(visible(f"{file}: {rest}: not written{place}: {reason}"), Role.WARNING)
            continue
        for one in several:
            place = f" to {path}:{one.line}" if path else ""
            said = f"{file}:{one.entry.line}: not written{place}: {reason}"
            yield style(visible(said), Role.WARNING)
            text = flat(one.entry.target)
            yield f"  {visible(text if len(text) <= _SHOWN else text[:_SHOWN] + '…')}"


def _decisions(outcome: Outcome) -> Iterator[str]:
    for made in outcome.decided:
        if made.refusal is not None:
            yield visible(f"{made.ask.path}: not {made.ask.verdict}: {made.refusal}")
    again = sum(made.again for made in outcome.decided)
    done = sum(made.refusal is None for made in outcome.decided) - again
    if done or again:
        there = f", {again:,} there already" if again else ""
        yield f"{count(done, 'decision')} made{there}"
    waiting = sum(
        len(one.entry.fingerprints) for i in outcome.imported if not i.written for one in i.decided
    )
    if waiting:
        yield f"{count(waiting, 'decision')} to make"


def _checked(pages: Sequence[RecheckedPage], style: Style, *, quiet: bool) -> Iterator[str]:
    """What is found no longer, counted; and what is new, line by line."""
    gone = Counter(one.check for page in pages for one in page.gone)
    if gone and not quiet:
        checks = ", ".join(f"{number} {check}" for check, number in sorted(gone.items()))
        yield f"found no longer: {checks}"
    for page in pages:
        for incident in page.incidents:
            yield visible(f"incident: {incident.path or incident.check}: {incident.error}")
        for one in page.new:
            if one.severity is not Severity.INFO:
                place = visible(f"{one.path}:{one.line}:{one.column}:")
                severity = style(one.severity.value, SEVERITY_ROLES[one.severity])
                yield f"{place} new {severity} {one.check}: {visible(one.message)}"


def _summary(outcome: Outcome) -> str:
    imported = outcome.imported
    taken = [one for i in imported for one in i.taken]
    deleted = sum(one.after is None for one in taken)
    pages = sum(len(one.pages) for one in imported)
    would = "" if all(one.written for one in imported) else "would be "
    parts = [
        f"{count(len(taken) - deleted, 'segment')} {would}written in {count(pages, 'page')}",
        f"{deleted} {would}deleted" if deleted else "",
        f"{sum(len(one.refused) for one in imported)} refused",
        f"{sum(one.same for one in imported)} unchanged",
        *(
            f"{number} {words}"
            for number, words in (
                (sum(one.there for one in imported), "there already"),
                (sum(one.undecided for one in imported), "without a translation"),
            )
            if number
        ),
    ]
    said = ", ".join(filter(None, parts))
    gone = sum(len(page.gone) for page in outcome.checked)
    new = severities(one for page in outcome.checked for one in page.new)
    if gone or new:
        return f"{said}; {count(gone, 'finding')} gone, {f'{new} new' if new else 'none new'}"
    return said


def _diff(page: Rewritten) -> Iterator[str]:
    from difflib import unified_diff

    before = (page.before or b"").decode("utf-8", "replace")
    after = page.after.decode("utf-8", "replace")
    name = page.path
    return unified_diff(
        _lines(before), _lines(after), f"a/{name}" if page.before is not None else "/dev/null",
        f"b/{name}", lineterm="",
    )  # fmt: skip


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]


# ---- for programs ----


def as_object(outcome: Outcome) -> Mapping[str, object]:
    """The same as one object for `--format json`."""
    return {
        "imported": [_imported(one) for one in outcome.imported],
        "problems": [{"line": p.span.start, "message": p.message} for p in outcome.problems],
        "rejects": outcome.rejects,
        "decisions": [
            {"fingerprint": one.ask.fingerprint, "as": one.ask.verdict, "refusal": one.refusal}
            for one in outcome.decided
        ],
        "checked": [
            {
                "locale": page.locale,
                "path": page.path,
                "gone": [_finding(one) for one in page.gone],
                "new": [_finding(one) for one in page.new],
            }
            for page in outcome.checked
            if page.new or page.gone
        ],
    }


def _imported(one: Imported) -> dict[str, object]:
    return {
        "locale": one.locale,
        "written": one.written,
        "pages": [
            {
                "path": page.path,
                "new": page.before is None,
                "segments": [_taken(taken) for taken in page.taken],
            }
            for page in one.pages
        ],
        "refused": [
            {
                "line": refused.entry.line,
                "path": refused.path,
                "reason": refused.reason,
                "text": flat(refused.entry.target),
            }
            for refused in one.refused
        ],
        "unchanged": one.same,
        "there": one.there,
        "undecided": one.undecided,
    }


def _taken(one: Taken) -> dict[str, object]:
    return {"line": one.line, "before": one.before, "after": one.after}


def _finding(one: Finding) -> dict[str, object]:
    return {
        "check": one.check,
        "severity": one.severity.value,
        "line": one.line,
        "column": one.column,
        "message": one.message,
        "fingerprint": one.fingerprint,
    }
