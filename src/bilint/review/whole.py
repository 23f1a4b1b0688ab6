"""What is decided about a page as a whole, and what can be done about it.

A page that is not translated yet, one whose source is gone, and one whose code or pictures are
still as they were: none of these is a segment, and all of them stand in the queue.
"""

# os.path, as everywhere below the commands.
# ruff: noqa: PTH118, PTH119, PTH122

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator

from bilint.answers import AskedPage, asked_page, page_fingerprint
from bilint.desk.pages import Desk, OpenPage
from bilint.model.alignment import PageStatus, SegmentState
from bilint.model.decision import Place
from bilint.model.report import PageResult
from bilint.review.blocks import changes_of
from bilint.review.tasks import Task, Whole

BLOCKS = "page-blocks"
"""Code, pictures and link definitions are still as at the pin."""
PIN = "page-pin"
"""The page has all that the source changed; only its pin is old."""


def whole_task(desk: Desk, result: PageResult) -> Task | None:
    """The question that a page asks as a whole, be there a page to open or not."""
    one = asked_page(result)
    if one is None:
        return None
    path = result.path or result.source_path or ""
    says = {
        PageStatus.UNTRANSLATED: _untranslated,
        PageStatus.ORPHAN: _orphan,
        PageStatus.CLASH: _clash,
    }[result.status]
    return _task(result.locale, path, one, tuple(says(desk, result)))


def beside_text(page: OpenPage, place: Place, *, stamps: bool) -> Task | None:
    """What a stale page asks beside its segments; None where these are all there is.

    That may be nothing but a new pin, where pages are stamped.
    """
    judgement = page.judgement
    if judgement.status is not PageStatus.STALE:
        return None
    about = BLOCKS
    if judgement.blocks_to_do:
        said: tuple[str, ...] = tuple(changes_of(page))
        said += (
            "f puts what the source has in their place; `a why` leaves them as they are, and"
            " stamps the page",
        )
    elif not stamps or any(one.state is not SegmentState.CURRENT for one in judgement.units):
        return None  # whoever answers the last of them stamps the page
    else:
        about = PIN
        said = (
            "the page has all that the source changed; only its pin is old",
            "f stamps it, so that it counts as up to date",
        )
    one = AskedPage(page_fingerprint(page.locale, about), about, place)
    task = _task(page.locale, page.path, one, said)
    return task._replace(offset=len(page.data) + 1)


def _task(locale: str, path: str, one: AskedPage, said: tuple[str, ...]) -> Task:
    whole = Whole(one.fingerprint, one.about, one.place, said)
    return Task(locale, path, -1, 0, 0, None, True, None, (), whole)


def _untranslated(desk: Desk, result: PageResult) -> Iterator[str]:
    source = result.source_path or ""
    words = result.words_to_do or 0
    yield f"{words:,} {'word' if words == 1 else 'words'} of {_file(desk, None, source)}"
    name = f"{os.path.splitext(os.path.basename(source))[0]}.po"
    locale, path = shlex.quote(result.locale), shlex.quote(source)
    yield f"to translate it: bilint export --to po --locale {locale} --output {name} {path}"
    yield f"and, when that is done: bilint import {name}, which makes the page"
    yield "`a why` says that it need not be translated"


def _orphan(desk: Desk, result: PageResult) -> Iterator[str]:
    if result.source_path or result.base_path:
        yield f"its source was {result.source_path or result.base_path}"
    path = result.path or ""
    if desk.is_writable(result.locale):
        top = desk.side(result.locale).repository.work_tree or ""
        yield f"to remove it: git -C {shlex.quote(_near(top))} rm {shlex.quote(path)}"
    yield "`a why` keeps it; P edits it"


def _clash(_desk: Desk, result: PageResult) -> Iterator[str]:
    yield f"other pages bear its id, {result.id}, and nothing tells which is right"
    yield "give the id to one of them only; `a why` says that they may all have it"


def _file(desk: Desk, locale: str | None, path: str) -> str:
    """Where a page of a side can be opened: a file that is there, or its name alone."""
    side = desk.workspace.source if locale is None else desk.side(locale)
    top = side.repository.work_tree if side is not None else None
    if side is None or top is None or side.snapshot.revision is not None:
        return path
    return _near(os.path.join(top, path))


def _near(path: str) -> str:
    """A path as it is typed from where one is, if that is shorter."""
    try:
        return min(os.path.relpath(path), path, key=len)
    except ValueError:  # on another drive
        return path
