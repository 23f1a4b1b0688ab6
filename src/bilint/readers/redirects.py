"""The table of moved addresses of a site, and which moves of pages it tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from bilint.model.record import NamedTuple
from bilint.model.text import Problem

MOST_BYTES = 1024 * 1024
"""A larger table is not read; those of sites with a thousand pages have some 20 kB."""

Steps = tuple[str, ...]

_LONGEST_TRAIL = 50
_MOST_NAMESAKES = 200
_AT_TOP = 2
"""Parts of the address of a page that is in no folder: its product and its name."""

_SUFFIXES = (".html", ".htm", ".md")


class Move(NamedTuple):
    """One row: addresses of the site, as written."""

    old: str
    new: str


class Redirects(NamedTuple):
    """All rows that could be read, and what could not."""

    moves: tuple[Move, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_redirects(data: bytes) -> Redirects:
    """Read a table of two columns, old and new address; a heading and blank rows are left out."""
    import csv
    import io

    if len(data) > MOST_BYTES:
        message = f"the redirects table has {len(data)} bytes; more than {MOST_BYTES} are not read"
        return Redirects(problems=(Problem("too-large", message),))
    moves: list[Move] = []
    problems: list[Problem] = []
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
    try:
        for row in rows:
            cells = [cell.strip() for cell in row[:2]]
            if len(cells) == 2 and all("/" in cell for cell in cells):
                moves.append(Move(*cells))
    except csv.Error as error:
        message = f"the redirects table ends at line {rows.line_num}: {error}"
        problems.append(Problem("csv", message))
    return Redirects(tuple(moves), tuple(problems))


def moved_pages(
    moves: Iterable[Move], old_pages: Iterable[str], new_pages: Iterable[str]
) -> dict[str, str]:
    """Which of `old_pages` became which of `new_pages`, all paths below their roots.

    `old_pages` are pages that may have moved: those without a source page at their path.
    Addresses follow a site's navigation and not its folders, so they are compared from the end:
    the page of that name that shares most folders with the address. What is not clear, leads
    into another product, or leads nowhere is left out; so is an address that several others
    lead to: those pages were given up for it, which is no move.
    """
    table = {_steps(move.old): _steps(move.new) for move in moves}
    meeting_points = {new for new, count in Counter(table.values()).items() if count > 1}
    products = {steps[0] for steps in table if steps}
    present = list(new_pages)
    new = _Pages(present)
    old = _Pages(set(old_pages).difference(present))
    found: dict[str, str] = {}
    for address in sorted(table):
        page = old.at(address)
        goal = _last(table, address, meeting_points) if page else ()
        destination = new.at(goal) if goal and goal[0] in products else None
        if page and destination:
            found.setdefault(page, destination)
    return found


def _steps(address: str) -> Steps:
    """The parts of an address: the product first; host, language and suffix taken away."""
    path = address.partition("#")[0].partition("?")[0]
    _, has_host, rest = path.partition("://")
    if has_host:
        path = rest.partition("/")[2]
    parts = [part for part in path.split("/") if part]
    if "docs" in parts[:2]:
        parts = parts[parts.index("docs") + 1 :]
    if parts:
        parts[-1] = _without_suffix(parts[-1])
    return tuple(parts)


def _without_suffix(name: str) -> str:
    return next((name.removesuffix(end) for end in _SUFFIXES if name.endswith(end)), name)


def _last(table: Mapping[Steps, Steps], start: Steps, shunned: Collection[Steps]) -> Steps:
    """Where a chain of redirects ends; nowhere when it is a circle or touches `shunned`."""
    seen = {start}
    here = table[start]
    for _ in range(_LONGEST_TRAIL):
        if here in seen or here in shunned:
            return ()
        if here not in table:
            return here
        seen.add(here)
        here = table[here]
    return ()


class _Pages:
    """Pages by name, to be found by an address."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for path in sorted(paths):
            *folders, name = path.split("/")
            entry = (path, frozenset(folders))
            self._by_name.setdefault(_without_suffix(name), []).append(entry)

    def at(self, address: Steps) -> str | None:
        """The one page that fits an address best; None when none or several do."""
        if not address:
            return None
        pages = self._by_name.get(address[-1], [])
        if len(pages) > _MOST_NAMESAKES:
            return None
        folders = frozenset(address[:-1])
        shared = {path: len(theirs & folders) for path, theirs in pages}
        best = max(shared.values(), default=0)
        if best:
            fitting = [path for path, count in shared.items() if count == best]
        else:
            # The product of an address is no folder: what stands right below it is in none.
            fitting = [path for path, theirs in pages if not theirs and len(address) <= _AT_TOP]
        return fitting[0] if len(fitting) == 1 else None
