"""Repairs applied: page by page, seen through before a byte is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from bilint.checks.engine import describe_error
from bilint.desk.pages import Desk, OpenPage
from bilint.desk.repairs import Refused, Round
from bilint.edits import NOT_TEXT
from bilint.fixes import Fix, known_fixes
from bilint.model.finding import Finding, Side
from bilint.model.record import NamedTuple
from bilint.model.report import Report
from bilint.pipeline.request import Request, UsageError
from bilint.readers.disk import WriteError, write_atomically

Tick = Callable[[int, int], None]

_ROUNDS = 10
"""Times that a page is gone through: a repair may bare the place of another one."""


class Wanted(NamedTuple):
    """Which repairs are wanted: of these checks (None: of all), and whether unsafe ones are."""

    checks: frozenset[str] | None = None
    unsafe: bool = False


class FixedPage(NamedTuple):
    """What became of one page that something was to be repaired on.

    `blob_before` and `blob_after` are the ids that git gives to its contents. `failure` says why
    it could not be written; then nothing was. `broken` says that Bilint itself failed on it.
    """

    locale: str
    path: str
    before: bytes
    after: bytes
    blob_before: str
    blob_after: str
    fixed: tuple[Finding, ...] = ()
    refused: tuple[Refused, ...] = ()
    written: bool = False
    failure: str | None = None
    broken: bool = False


class Fixed(NamedTuple):
    """What came of it all.

    `unsafe` counts repairs that are there for `--unsafe` alone; `repositories` are the git
    directories of the locales.
    """

    pages: tuple[FixedPage, ...]
    unsafe: int
    report: Report
    repositories: Mapping[str, str] = {}


def fix(
    request: Request,
    wanted: Wanted,
    *,
    dry_run: bool,
    tick: Tick = lambda _done, _all: None,
    mended: Tick = lambda _done, _all: None,
) -> Fixed:
    """Repair what is open on the pages that `request` asks for, and write them unless `dry_run`.

    `tick` is told how many pages were checked, of how many; then `mended`, how many of those with
    something to repair were gone through. Raises `UsageError` where pages are to be written that
    are no files of a checkout.
    """
    with Desk(request, tick) as desk:
        if not dry_run:
            _insist_on_checkouts(desk)
            desk.clear_folders()
        pages = tuple(_fixed_pages(desk, wanted, mended, dry_run=dry_run))
        left = _left_for_unsafe(desk.report, pages, wanted) if not wanted.unsafe else 0
        sides = desk.workspace.targets.items()
        homes = {locale: side.repository.git_dir for locale, side in sides}
        return Fixed(pages, left, desk.report, homes)


def _insist_on_checkouts(desk: Desk) -> None:
    wrong = [
        f"{locale}: its pages are read out of commits, and no file can be written there; name a"
        " checkout without a revision, or ask for --diff or --patch"
        for locale in sorted(desk.workspace.targets)
        if not desk.is_writable(locale)
    ]
    if wrong:
        raise UsageError("\n".join(wrong))


def _fixed_pages(desk: Desk, wanted: Wanted, mended: Tick, *, dry_run: bool) -> Iterator[FixedPage]:
    findings: dict[tuple[str, str], list[Finding]] = {}
    for finding in desk.report.findings or ():
        if finding.locale is not None and finding.side is Side.TARGET:
            findings.setdefault((finding.locale, finding.path), []).append(finding)
    unsafe, checks = wanted.unsafe, wanted.checks
    broken = [
        page
        for page in desk.pages
        if known_fixes(findings.get(page, ()), b"", unsafe=unsafe, checks=checks)
    ]
    for done, (locale, path) in enumerate(broken):
        mended(done, len(broken))
        try:
            page = fix_page(desk, desk.open(locale, path), wanted)
        except Exception as error:
            yield FixedPage(
                locale, path, b"", b"", "", "", failure=describe_error(error), broken=True
            )
            continue
        yield page if dry_run else _written(desk, page)
        if page.fixed and not dry_run:
            desk.lift(locale, path)


def _left_for_unsafe(report: Report, pages: Sequence[FixedPage], wanted: Wanted) -> int:
    """How many repairs only `--unsafe` would make."""
    unsafe = known_fixes(report.findings or (), b"", unsafe=True, checks=wanted.checks)
    mended = {id(one) for page in pages for one in page.fixed}
    return sum(
        fix.finding.suggestion is not None
        and not fix.finding.suggestion.safe
        and id(fix.finding) not in mended
        for fix in unsafe
    )


def _written(desk: Desk, page: FixedPage) -> FixedPage:
    if not page.fixed:
        return page
    top = desk.side(page.locale).repository.work_tree or ""
    place = os.path.join(top, page.path)  # noqa: PTH118
    if not os.path.lexists(place):
        return page._replace(failure="it is not checked out")
    try:
        write_atomically(place, page.after, expected=page.before, top=top)
    except WriteError as error:
        return page._replace(failure=str(error))
    return page._replace(written=True)


def fix_page(desk: Desk, page: OpenPage, wanted: Wanted) -> FixedPage:
    """One page with its repairs made; it stays laid over the page on the desk.

    A page is gone through again until there is nothing left to be done, so that another run
    finds nothing to do.
    """
    first, fixed = page, list[Finding]()
    refused: list[Refused] = []
    laid = page.data
    for _round in range(_ROUNDS):
        known = known_fixes(page.findings, page.data, unsafe=wanted.unsafe, checks=wanted.checks)
        if any(one.code == "not-utf-8" for one in page.document.problems):
            refused = [Refused(fix.finding, NOT_TEXT) for fix in known]
            break
        done = Round(desk, page, known)
        page, refused, laid = done.page, done.refused, done.laid or laid
        fixed += done.fixed
        if not done.fixed:
            break
    if laid != page.data:
        page = desk.recheck(page.locale, page.path, page.data)
    return FixedPage(
        page.locale,
        page.path,
        first.data,
        page.data,
        first.aligned.target.blob,
        page.aligned.target.blob,
        tuple(fixed),
        tuple(refused),
    )


class Mended(NamedTuple):
    """A page with some repairs made, laid over it on the desk, and what was refused of them."""

    page: OpenPage
    fixed: tuple[Finding, ...]
    refused: tuple[Refused, ...]


def mend(desk: Desk, page: OpenPage, fixes: Sequence[Fix]) -> Mended:
    """Make these repairs of one page and no others; nothing is written to disk."""
    done = Round(desk, page, fixes)
    return Mended(done.page, tuple(done.fixed), tuple(done.refused))
