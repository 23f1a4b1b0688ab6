"""`front-matter-broken`: what cannot be read of a page, of its front matter above all."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Entry
from bilint.model.finding import Confidence, Observation, Severity
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.text import Problem, Span

_KEY = late(rb"([A-Za-z_][\w.-]*):")
_BROKEN = frozenset(("yaml", "front-matter-unclosed", "not-utf-8"))
"""Broken for every reader. Other problems are what Bilint cannot take, and others perhaps can."""

_TOLD_ELSEWHERE = frozenset(
    (
        "absent",
        "conflict",
        "missing-object",
        "not-a-file",
        "suppression",
        "symlink",
        "unsafe-path",
        "vanished",
    )
)
"""By `suppression-unused`, and by the status of the page."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """The front matter, or the page as a whole, cannot be read."""
    if not _problems(pair.document):
        return
    # What the translator was given is the source's fault, and is told there.
    source = None if pair.source is None else pair.source.document
    inherited = set() if source is None else set(_signs(source))
    flattened: list[tuple[Problem, Entry]] = []
    for problem, sign in zip(_problems(pair.document), _signs(pair.document), strict=True):
        if sign in inherited:
            continue
        entry = None if source is None else _counterpart(source, pair.document, problem)
        if entry is not None and _is_flattened(problem, entry):
            flattened.append((problem, entry))
        else:
            yield _observation(problem, entry)
    if flattened:
        yield _flattened(flattened)


def observe_source(document: Document, _profile: Profile) -> Iterator[Observation]:
    """The same of a source page."""
    for problem in _problems(document):
        yield _observation(problem)


def _counterpart(source: Document, target: Document, problem: Problem) -> Entry | None:
    """The entry of the source under the key that a problem of the front matter stands in."""
    whole = target.front_matter.span
    if not whole.start <= problem.span.start < whole.end:
        return None
    line_end = target.data.find(b"\n", problem.span.start)
    above = target.data[whole.start : line_end if line_end >= 0 else whole.end]
    for line in reversed(above.splitlines()):
        key = _KEY.match(line)
        if key:
            return source.front_matter.entries.get(key[1].decode())
    return None


def _is_flattened(problem: Problem, entry: Entry) -> bool:
    return problem.code == "yaml" and isinstance(entry.value, list)


def _flattened(found: list[tuple[Problem, Entry]]) -> Observation:
    """One observation for all the lists of a page that became one line."""
    from bilint.checks.front_matter.keys import listed

    problem, entry = found[0]
    keys = listed([other.key for _problem, other in found])
    said = f"The lists of {keys} were" if len(found) > 1 else f"The list of {keys} was"
    return _observation(problem, entry, f"{said} flattened into one line. ")


def _observation(problem: Problem, entry: Entry | None = None, before: str = "") -> Observation:
    """What is told of a problem; `entry` is what the source has in its place."""
    broken = problem.code in _BROKEN
    return Observation(
        before + problem.message,
        problem.span,
        problem.code,
        None if entry is None else Span(entry.key_span.start, entry.value_span.end),
        severity=Severity.ERROR if broken else Severity.WARNING,
        confidence=Confidence.HIGH if broken else Confidence.MEDIUM,
    )


def _problems(document: Document) -> list[Problem]:
    """The problems of a page, each place once."""
    found = {
        (problem.code, problem.span): problem
        for problem in (*document.front_matter.problems, *document.problems)
        if problem.code not in _TOLD_ELSEWHERE
    }
    return list(found.values())


def _signs(document: Document) -> list[tuple[str, bytes]]:
    """By what a problem is known again in another page: its code and the line it stands on."""
    signs = []
    for problem in _problems(document):
        data, at = document.data, problem.span.start
        start = data.rfind(b"\n", 0, at) + 1
        end = data.find(b"\n", at)
        signs.append((problem.code, data[start : end if end >= 0 else len(data)].strip()))
    return signs
