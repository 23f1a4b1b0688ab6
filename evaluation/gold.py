"""The gold sets: what a reader marked on whole pages, and what the report says of them.

A finding on the block of a marked defect, of a family that may answer for that kind of defect
(`kinds.py`), is right. One on a block marked as no defect, or on a block of a fully read page that
is not marked at all, is a false alarm. A block is the segment that holds the row's line; of several
segments on one line, as in a table, those that hold the text which the row quotes.

Findings of provenance speak of the page's origin and not of its text: they are left out, and so is
what is said of the source page. `readings.jsonl` holds what was found and is not marked, but proved
a defect when it was read again; the figures are told without and with these.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.model.finding import Confidence, Family, Finding, FindingState, Severity, Side
from bilint.model.segment_text import normalise
from bilint.model.text import LineIndex, Span
from evaluation.corpora import NAME, Corpora, in_processes, request
from evaluation.kinds import answers
from evaluation.tables import of, quoted, ratio, share, table

READINGS = Path(__file__).with_name("readings.jsonl")

_LINES = re.compile(r"\blines? ([0-9]+)-([0-9]+)")


class Row(NamedTuple):
    """One row of a gold set. `line` counts from 1 in the target; `lines` are further ones."""

    locale: str
    commit: str
    path: str
    line: int
    kind: str
    severity: str
    defect: bool
    detectable: str
    source_text: str
    target_text: str
    note: str
    full: bool
    lines: tuple[int, ...] = ()

    @property
    def page(self) -> tuple[str, str, str]:
        """The page that it speaks of."""
        return (self.locale, self.commit, self.path)


class Reading(NamedTuple):
    """What reading a finding again said: it is right, though no row marks it."""

    commit: str
    path: str
    check: str
    line: int
    note: str = ""


class Told(NamedTuple):
    """A finding, as far as the evaluation needs it; `lines` are the first and the last."""

    check: str
    family: Family
    severity: Severity
    confidence: Confidence
    span: Span
    lines: tuple[int, int]
    text: str
    source: str
    message: str

    @property
    def shown(self) -> bool:
        """Whether it is shown without being asked for."""
        return self.severity is not Severity.INFO

    @property
    def grave(self) -> bool:
        """Whether it is an error at high confidence."""
        return self.severity is Severity.ERROR and self.confidence is Confidence.HIGH


class Verdict(NamedTuple):
    """What a finding proved to be: `right`, `read` (right when read again), `refuted` by a row
    that says so, `extra` on no row, or `open` where the page was not fully read."""

    told: Told
    what: str
    row: Row | None = None

    @property
    def right(self) -> bool:
        """Whether a row marks it."""
        return self.what == "right"

    @property
    def wrong(self) -> bool:
        """Whether it is a false alarm, as far as the rows go."""
        return self.what in ("refuted", "extra", "read")


class PageScore(NamedTuple):
    """A page: what became of each finding, and by which finding each defect was found."""

    page: tuple[str, str, str]
    verdicts: tuple[Verdict, ...]
    defects: tuple[tuple[Row, Told | None], ...]


class Score(NamedTuple):
    """All pages of all gold sets."""

    pages: tuple[PageScore, ...]
    unknown_kinds: tuple[str, ...] = ()

    @property
    def verdicts(self) -> list[Verdict]:
        """Of all pages."""
        return [verdict for page in self.pages for verdict in page.verdicts]

    @property
    def defects(self) -> list[tuple[Row, Told | None]]:
        """Of all pages."""
        return [defect for page in self.pages for defect in page.defects]


def read_rows(folder: Path) -> list[Row]:
    """The rows of every gold set in the folder."""
    return [
        _row(json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _row(said: Mapping[str, Any]) -> Row:
    ranges = _LINES.findall(said["note"])
    return Row(
        said["locale"],
        said["target_commit"],
        said["target_path"],
        int(said["line"]),
        said["check"],
        said["severity"],
        said["label"] == "defect",
        said["detectable"],
        said["source_text"],
        said["target_text"],
        said["note"],
        said["scope"].startswith("full"),
        tuple(line for first, last in ranges for line in range(int(first), int(last) + 1)),
    )


def read_readings(path: Path = READINGS) -> list[Reading]:
    """What was read again."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Reading(**json.loads(line)) for line in lines if line.strip()]


def told(finding: Finding) -> Told:
    """What the evaluation keeps of a finding."""
    return Told(
        finding.check,
        finding.family,
        finding.severity,
        finding.confidence,
        finding.span,
        (finding.line, finding.end_line),
        finding.text,
        finding.source.text if finding.source else "",
        finding.message,
    )


def counts(finding: Finding) -> bool:
    """Whether a finding speaks of the text of a translated page, and nobody silenced it."""
    return (
        finding.side is Side.TARGET
        and finding.family is not Family.PROVENANCE
        and finding.state is FindingState.OPEN
    )


def blocks(document: Document, row: Row) -> list[Span]:
    """The places that a row speaks of: segments of its line, or the line where it has none."""
    lines = LineIndex(document.data)
    found: list[Span] = []
    for number in (row.line, *row.lines):
        if not 1 <= number <= len(lines):
            continue
        line = lines.line_span(number)
        on_line = [one for one in document.segments if touch(one.span, line)]
        wanted = normalise(row.target_text)
        quoting = [one for one in on_line if wanted and wanted in normalise(one.text)]
        found += [one.span for one in quoting or on_line] or [line]
    return found


def touch(one: Span, other: Span) -> bool:
    """Whether two places overlap; an empty one touches what it stands at or beside."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def score_page(
    rows: Sequence[Row],
    document: Document,
    found: Iterable[Told],
    readings: Collection[tuple[str, int]] = (),
) -> PageScore:
    """Findings beside the rows of one page; `readings` are the checks and lines read again."""
    places = [(row, blocks(document, row)) for row in rows]
    full = any(row.full for row in rows)
    verdicts = []
    for one in found:
        near = [
            row
            for row, spans in places
            if one.family in answers(row.kind).families and any(touch(one.span, s) for s in spans)
        ]
        defect = next((row for row in near if row.defect), None)
        refuting = next((row for row in near if not row.defect), None)
        if defect is not None:
            verdicts.append(Verdict(one, "right", defect))
        elif (one.check, one.lines[0]) in readings:
            verdicts.append(Verdict(one, "read"))
        elif refuting is not None:
            verdicts.append(Verdict(one, "refuted", refuting))
        else:
            verdicts.append(Verdict(one, "extra" if full else "open"))
    defects = []
    for row, spans in places:
        if row.defect:
            finders = [
                one.told
                for one in verdicts
                if one.told.family in answers(row.kind).families
                and any(touch(one.told.span, span) for span in spans)
            ]
            best = min(finders, key=lambda one: (one.severity.rank, one.check), default=None)
            defects.append((row, best))
    return PageScore(rows[0].page, tuple(verdicts), tuple(defects))


def measure(corpora: Corpora, jobs: int, checks: Collection[str] = ()) -> Score:
    """Run the report on every gold page."""
    rows = read_rows(corpora.gold)
    commits = sorted({(row.locale, row.commit) for row in rows})
    tasks: list[tuple[object, ...]] = [
        (corpora, locale, commit, [r for r in rows if (r.locale, r.commit) == (locale, commit)])
        for locale, commit in commits
    ]
    pages = [page for some in in_processes(jobs, _score_commit, tasks) for page in some]
    if checks:
        pages = [_only(page, checks) for page in pages]
    unknown = sorted({row.kind for row in rows if not answers(row.kind).known})
    return Score(tuple(sorted(pages, key=lambda page: page.page)), tuple(unknown))


def _only(page: PageScore, checks: Collection[str]) -> PageScore:
    return PageScore(
        page.page,
        tuple(one for one in page.verdicts if one.told.check in checks),
        tuple((row, one) for row, one in page.defects if one and one.check in checks),
    )


def _score_commit(
    corpora: Corpora, locale: str, commit: str, rows: Sequence[Row]
) -> list[PageScore]:
    from bilint.pipeline.run import run
    from bilint.profiles import profile
    from bilint.readers.git import Repository
    from bilint.readers.markdown import read_document

    report = run(request(corpora, NAME, locale, commit))
    if report.incidents:
        raise RuntimeError(f"{locale} {commit}: {report.incidents[0]}")
    findings = [told(one) for one in report.findings or () if counts(one)]
    where = [one.path for one in report.findings or () if counts(one)]
    again = read_readings()
    pages = []
    with Repository.open(
        str(corpora.repository(NAME, locale)), limits=Limits(), trust_owner=True
    ) as repository:
        for path in sorted({row.path for row in rows}):
            file = repository.file(commit, path)
            if file is None:
                raise RuntimeError(f"{locale} {commit}: there is no {path}")
            ((_blob, data),) = repository.read((file.blob,))
            if not isinstance(data, bytes):
                raise TypeError(f"{locale} {commit}: {path} cannot be read")
            document = read_document(data, profile("experience-league"), Limits())
            pages.append(
                score_page(
                    [row for row in rows if row.path == path],
                    document,
                    [one for one, at in zip(findings, where, strict=True) if at == path],
                    {(r.check, r.line) for r in again if (r.commit, r.path) == (commit, path)},
                )
            )
    return pages


CLASSES: Mapping[str, Callable[[Told], bool]] = {
    "errors at high confidence": lambda one: one.grave,
    "shown by default": lambda one: one.shown,
    "everything": lambda _one: True,
}
"""The classes of findings whose precision is told."""


def figures(score: Score) -> dict[str, Any]:
    """What is stored of it: overall, and by check."""
    overall: dict[str, Any] = {"precision": {}, "recall": {}}
    for name, belongs in CLASSES.items():
        overall["precision"][name] = _precision(v for v in score.verdicts if belongs(v.told))
    for detectable in ("rule", "heuristic", "semantic"):
        rows = [(row, one) for row, one in score.defects if row.detectable == detectable]
        overall["recall"][detectable] = {
            "defects": len(rows),
            "found": sum(one is not None for _, one in rows),
            "shown": sum(one is not None and one.shown for _, one in rows),
        }
    by_check = {}
    for check in sorted({verdict.told.check for verdict in score.verdicts}):
        by_check[check] = _precision(v for v in score.verdicts if v.told.check == check)
    return {"overall": overall, "checks": by_check}


def _precision(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    counted = Counter(verdict.what for verdict in verdicts)
    right, read = counted["right"], counted["read"]
    wrong = counted["refuted"] + counted["extra"]
    return {
        "right": right,
        "wrong": wrong,
        "read_again": read,
        "precision": ratio(right, right + wrong + read),
        "precision_read": ratio(right + read, right + wrong + read),
    }


def tell(score: Score, *, verbose: bool = False) -> str:
    """The figures as tables, and what there is to read."""
    said = figures(score)
    parts = [
        f"Gold: {len(score.pages)} pages read by hand, {len(score.defects)} defects."
        " Findings of provenance are about the page and are left out.\n\n",
        table(
            ("precision", "right", "wrong", "read again", "%", "% with readings"),
            (
                (name, one["right"], one["wrong"], one["read_again"], *_both(one))
                for name, one in said["overall"]["precision"].items()
            ),
        ),
        "\n",
        table(
            ("recall", "defects", "found", "%", "shown", "% shown"),
            (
                (name, n := one["defects"], one["found"], share(one["found"], n), one["shown"],
                 share(one["shown"], n))
                for name, one in said["overall"]["recall"].items()
            ),
        ),
        "\n",
        table(("by family", "right", "wrong", "read again", "%", "% with readings", "defects",
               "found", "recall %"), _families(score)),
        "\n",
        table(("by kind", "detectable", "defects", "found", "recall %"), _kinds(score)),
        "\n",
        table(
            ("by check", "right", "wrong", "read again", "%", "% with readings"),
            (
                (name, one["right"], one["wrong"], one["read_again"], *_both(one))
                for name, one in said["checks"].items()
            ),
        ),
    ]  # fmt: skip
    if score.unknown_kinds:
        parts.append(f"\nKinds that evaluation/kinds.py does not name: {score.unknown_kinds}\n")
    parts.append("".join(_to_read(score, verbose=verbose)))
    return "".join(parts)


def _both(one: Mapping[str, Any]) -> tuple[str, str]:
    right, read = one["right"], one["read_again"]
    whole = right + one["wrong"] + read
    return share(right, whole), share(right + read, whole)


def _families(score: Score) -> Iterator[tuple[object, ...]]:
    for family in Family:
        one = _precision(v for v in score.verdicts if v.told.family is family)
        rows = [(r, f) for r, f in score.defects if answers(r.kind).families[0] is family]
        found = sum(by is not None for _, by in rows)
        if rows or one["right"] or one["wrong"] or one["read_again"]:
            yield (family.value, one["right"], one["wrong"], one["read_again"], *_both(one),
                   len(rows), found, share(found, len(rows)))  # fmt: skip


def _kinds(score: Score) -> Iterator[tuple[object, ...]]:
    for kind, detectable in sorted({(row.kind, row.detectable) for row, _ in score.defects}):
        rows = [
            one for row, one in score.defects if (row.kind, row.detectable) == (kind, detectable)
        ]
        found = sum(one is not None for one in rows)
        yield kind, detectable, len(rows), found, share(found, len(rows))


def _to_read(score: Score, *, verbose: bool) -> Iterator[str]:
    """Misses and extras, for reading; what a model or a person is needed for, when asked for."""
    for page in score.pages:
        lines = []
        for verdict in page.verdicts:
            one = verdict.told
            if verdict.wrong or (verbose and verdict.right):
                mark = {"right": "right", "read": "READ "}.get(verdict.what, "EXTRA")
                why = (
                    f"  marked as no defect: {verdict.row.note}"
                    if verdict.row and verdict.wrong
                    else ""
                )
                lines.append(
                    f"  {one.lines[0]:>4} {mark} {one.check} {one.severity}/{one.confidence}"
                    f" {quoted(one.text)} {one.message}{why}\n"
                )
        for row, finder in page.defects:
            if finder is None and (row.detectable != "semantic" or verbose):
                lines.append(
                    f"  {row.line:>4} MISS  {row.kind} {row.severity}/{row.detectable}"
                    f" {quoted(row.source_text, 60)} => {quoted(row.target_text, 60)} {row.note}\n"
                )
        if lines:
            locale, commit, path = page.page
            yield f"\n{locale} {commit[:9]} {path}\n"
            yield from sorted(lines, key=lambda line: int(line.split()[0]))


def summary(score: Score) -> str:
    """One line of it."""
    rows = [one for row, one in score.defects if row.detectable == "rule"]
    return f"rule recall {of(sum(one is not None for one in rows), len(rows))}"
