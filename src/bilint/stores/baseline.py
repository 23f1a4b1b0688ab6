"""The baseline: findings that were there when somebody decided to look at new ones only.

A text file, one sorted line a finding: fingerprint, check, locale (`-` for the source), path and
the beginning of the subject, separated by tabs. It can be merged by git line by line; only the
first four columns mean anything to Bilint.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from bilint.model.finding import Finding, FindingState
from bilint.model.record import NamedTuple
from bilint.readers.disk import write_atomically
from bilint.recognition import Mark, recognise
from bilint.stores.lines import said_lines

HEADER = "# bilint baseline 1: fingerprint, check, locale, path, subject"
BASELINE_FILE = "bilint-baseline.txt"
"""Where a baseline is written when nothing names another file."""

SUBJECT_CAP = 60
SIZE_CAP = 64 * 1024 * 1024
_SETTLED = frozenset((FindingState.SUPPRESSED, FindingState.ACCEPTED))
_ON_SOURCE = "-"
_FINGERPRINT = re.compile(r"t?[0-9a-f]{16}")
_CHECK = re.compile(r"[a-z][a-z0-9-]*")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\]")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


class BaselineError(ValueError):
    """A baseline that cannot be read; every line of the message names file and line."""


class Known(NamedTuple):
    """One line of a baseline. `line` is where it stands in the file, 0 if it was not read."""

    fingerprint: str
    check: str
    locale: str | None
    path: str
    subject: str
    line: int = 0

    @property
    def mark(self) -> Mark:
        """What its finding is recognised by."""
        return Mark(*self[:5])


class Settled(NamedTuple):
    """Findings with their state, and the lines of the baseline that met no finding any more."""

    findings: tuple[Finding, ...]
    stale: tuple[Known, ...]


def known(finding: Finding) -> Known:
    """The line by which a baseline remembers a finding."""
    return Known(
        finding.fingerprint,
        finding.check,
        finding.locale,
        finding.path,
        " ".join(finding.subject.split())[:SUBJECT_CAP],
    )


def settle(
    findings: Iterable[Finding],
    baseline: Collection[Known],
    *,
    pages: Collection[tuple[str | None, str]] | None = None,
    skipped: Collection[str] = (),
) -> Settled:
    """Say of every open finding whether the baseline knows it.

    A line of the baseline answers for one finding: the one at its path, else one elsewhere (the
    page moved). Where one of the two was judged without the source, which makes another
    fingerprint, check, path and subject decide. `pages` are those that were looked at, by locale
    and path (None: all), and `skipped` the checks that did not run everywhere: of what they say
    nobody can tell that it is stale.
    """
    given = tuple(findings)
    # In an order of its own, so that the order of the file decides nothing.
    lines = sorted(set(baseline), key=lambda line: (line[:2], line.locale or "", line[3:]))
    asked = [i for i, one in enumerate(given) if one.state is not FindingState.SUPPRESSED]
    same = recognise([line.mark for line in lines], [known(given[index]).mark for index in asked])
    met = {asked[index] for index in same}
    gone = set(range(len(lines))) - set(same.values())
    stale = (
        line
        for line in (lines[index] for index in sorted(gone))
        if line.check not in skipped and (pages is None or (line.locale, line.path) in pages)
    )
    return Settled(
        tuple(
            # What was accepted stays so, and its line is none that met nothing.
            one._replace(state=FindingState.KNOWN) if index in met and one.state.is_open else one
            for index, one in enumerate(given)
        ),
        tuple(stale),
    )


def read_baseline(path: str | Path) -> tuple[Known, ...]:
    """The lines of a baseline file.

    Raises `BaselineError` for a file that cannot be read, is not UTF-8 or holds lines that are
    none, such as the marks of a merge conflict; all of them at once.
    """
    return _known_lines(path, _read(path))


def _read(path: str | Path) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(SIZE_CAP + 1)
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror or error}") from None
    if len(data) > SIZE_CAP:
        raise BaselineError(f"{path}: larger than {SIZE_CAP} bytes")
    return data


def _known_lines(path: str | Path, data: bytes) -> tuple[Known, ...]:
    lines: list[Known] = []
    faults: list[str] = []
    for number, text in said_lines(data, f"{path}", faults):
        line = _read_line(text, number)
        if line is None:
            faults.append(
                f"{path}:{number}: expected fingerprint, check, locale, path and subject with "
                f"tabs between them, found {_clip(text)!r}"
            )
        else:
            lines.append(line)
    if faults:
        raise BaselineError("\n".join(faults))
    return tuple(lines)


def _read_line(text: str, number: int) -> Known | None:
    fields = text.split("\t")
    if len(fields) != len(HEADER.split(",")):
        return None
    fingerprint, check, locale, path, subject = fields
    sound = _FINGERPRINT.fullmatch(fingerprint) and _CHECK.fullmatch(check) and locale and path
    if not sound:
        return None
    return Known(
        fingerprint,
        check,
        None if locale == _ON_SOURCE else _plain(locale),
        _plain(path),
        _plain(subject),
        number,
    )


def baseline_text(findings: Iterable[Finding]) -> str:
    """What a baseline of these findings says; what is settled otherwise needs no line."""
    lines = {_line(known(finding)) for finding in findings if finding.state not in _SETTLED}
    return "".join(f"{line}\n" for line in (HEADER, *sorted(lines)))


def write_baseline(path: str | Path, findings: Iterable[Finding]) -> None:
    """Write a baseline of these findings; the old one stays whole until the new one is."""
    write_atomically(path, baseline_text(findings).encode("utf-8"))


def prune_baseline(path: str | Path, stale: Iterable[tuple[int, str]]) -> None:
    """Take lines out of a baseline file, by number and fingerprint; all others stay as they are.

    Raises `BaselineError` where one of them is not there any more: then nothing is taken out.
    """
    data = _read(path)
    present = {(line.line, line.fingerprint) for line in _known_lines(path, data)}
    wanted = set(stale)
    if not wanted <= present:
        raise BaselineError(f"{path}: changed while it was looked at; nothing is taken out")
    numbers = {number for number, _ in wanted}
    kept = [line for number, line in enumerate(data.split(b"\n"), 1) if number not in numbers]
    write_atomically(path, b"\n".join(kept))


def is_baseline(path: str | Path) -> bool:
    """Whether a file begins as a baseline does."""
    try:
        with Path(path).open("rb") as file:
            return file.readline(200).rstrip(b"\r\n") == HEADER.encode()
    except OSError:
        return False


def _line(entry: Known) -> str:
    fields = (entry.fingerprint, entry.check, entry.locale or _ON_SOURCE, entry.path, entry.subject)
    return "\t".join(_CONTROL.sub(lambda one: f"\\u{ord(one[0]):04x}", field) for field in fields)


def _plain(field: str) -> str:
    return _ESCAPE.sub(lambda one: chr(int(one[1], 16)), field)


def _clip(text: str) -> str:
    return text if len(text) <= SUBJECT_CAP else text[:SUBJECT_CAP] + "…"
