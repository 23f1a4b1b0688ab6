"""Units as rows of a table, and back, whatever the table is stored in.

Only the columns of `OPEN` are for the translator; the others say what the row is about. No cell
may be taken for a formula: what looks like one gets an apostrophe, which is taken off again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bilint.model.exchange import (
    DELETE,
    Bundle,
    Entry,
    ExchangeError,
    ExchangeUnit,
    Returned,
    flat,
)
from bilint.model.pattern import late
from bilint.model.text import Problem, Span

COLUMNS = (
    "key", "locale", "page", "line", "state", "kind", "findings", "previous_source", "source",
    "translation", "decision", "comment", "source_digest", "target_digest", "decides",
)  # fmt: skip
"""The first row."""

OPEN = frozenset(("translation", "decision", "comment"))
"""The columns that a translator fills in."""

DECISIONS = ("accepted", "rework", DELETE)
"""What the column of decisions may say: the translation is right as it stands, or it is not; or,
where its source is gone, that it is to go too."""

_FORMULA = late(r"'*[\t\r\n ]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
_DEFUSED = late(r"'+[\t\r\n ]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
_MOST_PROBLEMS = 100


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def undefused(text: str) -> str:
    """The text that was defused."""
    return text[1:] if _DEFUSED.match(text) else text


def rows(bundle: Bundle) -> Iterator[dict[str, str]]:
    """A row for each unit; of an obsolete one there is nothing to translate, but to decide."""
    for unit in bundle.units:
        yield _row(bundle.locale, unit)


def _row(locale: str, unit: ExchangeUnit) -> dict[str, str]:
    return {
        "key": unit.key,
        "locale": locale,
        "page": unit.path,
        "line": str(unit.line),
        "state": unit.state.value,
        "kind": unit.kind.value,
        "findings": "\n".join(unit.remarks),
        "previous_source": unit.previous or "",
        "source": flat(unit.source),
        "translation": flat(unit.target),
        "decision": "",
        "comment": "",
        # A digest that is all digits would lose its zeros, or come back as 1E+10.
        "source_digest": f"s{unit.source_digest}",
        "target_digest": f"t{unit.target_digest}",
        "decides": " ".join(unit.fingerprints),
    }


def columns(header: Sequence[str]) -> Mapping[str, int]:
    """Where each column stands. Raises `ExchangeError` where one is missing that is needed."""
    places: dict[str, int] = {}
    for index, name in enumerate(header):
        places.setdefault(name.strip().lower(), index)
    missing = [name for name in ("key", "translation") if name not in places]
    if missing:
        columns = "column" if len(missing) == 1 else "columns"
        raise ExchangeError(f"line 1: the table lacks the {columns} {' and '.join(missing)}")
    return places


def returned(
    places: Mapping[str, int], lines: Iterable[tuple[int, Sequence[str]]], problems: list[Problem]
) -> Returned:
    """What a table says: its rows by their numbers, without the first."""
    entries = []
    for line, cells in lines:
        if not any(cells):
            continue

        def cell(name: str, cells: Sequence[str] = cells) -> str:
            at = places.get(name)
            return undefused(cells[at]) if at is not None and at < len(cells) else ""

        key = cell("key").strip()
        if not key:
            problems.append(Problem("foreign", "a row without a key", Span(line, line)))
            continue
        decision = cell("decision").strip().lower()
        if decision and decision not in DECISIONS:
            message = f"{decision!r} is no decision; one of {', '.join(DECISIONS)} is"
            problems.append(Problem("decision", message, Span(line, line)))
        text = cell("translation")
        entries.append(
            Entry(
                key=key,
                target=(text,) if text else (),
                source=cell("source") or None,
                locale=cell("locale").strip() or None,
                path=cell("page") or None,
                fuzzy=decision == "rework" or decision not in ("", *DECISIONS),
                source_digest=_digest(cell("source_digest"), "s"),
                target_digest=_digest(cell("target_digest"), "t"),
                decision=decision if decision in DECISIONS else "",
                comment=cell("comment").strip(),
                line=line,
                fingerprints=tuple(cell("decides").split()),
            )
        )
    return Returned(tuple(entries), None, tuple(problems[:_MOST_PROBLEMS]))


def _digest(cell: str, mark: str) -> str | None:
    text = cell.strip()
    return text.removeprefix(mark) if text.startswith(mark) else None
