"""What a reviewer answers, understood: numbers, suggestions, filters, a text out of an editor."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.model.alignment import SegmentState
from bilint.model.record import NamedTuple
from bilint.review import showing
from bilint.review.editor import EditorError, edit_page, edit_text
from bilint.review.filtering import FilterError, describe, parse_filter
from bilint.review.insertion import new_row, row_text
from bilint.review.session import Session
from bilint.review.tasks import BY_PAGE, Subject, Task, chosen, leading_numbers
from bilint.review.trial import edited_text
from bilint.review.values import Did

NOTHING = Did(False, ("Nothing is changed.",))


class AnswerError(Exception):
    """It cannot be understood; the message says why."""


class Filtered(NamedTuple):
    """What became of a filter, and where to go on; nowhere, where it leaves nothing."""

    said: str
    at: tuple[int, Task] | None = None


def subjects_and_reason(task: Task, said: str) -> tuple[Sequence[Subject] | None, str]:
    """What `1,3 why` accepts, None being all, and why. Raises `AnswerError`."""
    numbers, reason = leading_numbers(said)
    if numbers is None:
        return None, reason
    subjects = chosen(task, numbers)
    if subjects is None:
        raise AnswerError("There is no such number here; 0 is the segment, if it asks.")
    return subjects, reason


def fix(session: Session, task: Task, said: str) -> Did:
    """The repairs of the findings with these numbers; of nothing, the safe ones."""
    if not said.strip():
        return session.fix(task)
    numbers, _rest = leading_numbers(said)
    known = range(1, len(task.findings) + 1)
    wanted = [task.findings[number - 1] for number in numbers or () if number in known]
    if not wanted:
        return Did(False, ("There is no such finding here.",))
    return session.fix(task, wanted)


def take(session: Session, task: Task, texts: Sequence[str], said: str) -> Did:
    """The suggestion with this number; of nothing, the first."""
    number = said.strip().removeprefix("s") or "1"
    if not number.isdecimal() or not 1 <= int(number) <= len(texts):
        return Did(False, ("There is no such suggestion here.",))
    return session.edit(task, texts[int(number) - 1])


def delete(session: Session, task: Task) -> Did:
    """Out with what the source dropped."""
    if task.state is not SegmentState.OBSOLETE:
        return Did(False, ("Only a segment whose source is gone is deleted here.",))
    return session.remove(task)


def own_text(session: Session, task: Task) -> str:
    """The text to begin with when a task is edited; of a new row its cells as in the source."""
    if task.target is not None:
        return edited_text(task.target)
    return row_text(new_row(session.page(task), task)) if session.has_page(task) else ""


def edit_elsewhere(session: Session, task: Task, *, force: bool = False) -> Did:
    """Edit in the reviewer's own editor: the segment, or the page where there is none."""
    if task.unit is None or any(one.check in BY_PAGE for one in task.findings):
        return edit_page_elsewhere(session, task)
    old = own_text(session, task)
    try:
        text = edit_text(old, showing.notes(task))
    except EditorError as error:
        return Did(False, (str(error),))
    if text is None or text == old:
        return NOTHING
    return session.edit(task, text, force=force)


def edit_page_elsewhere(session: Session, task: Task) -> Did:
    """Edit the whole page of a task in the reviewer's own editor."""
    if not session.has_page(task):
        return Did(False, ("there is no page yet to edit",))
    try:
        data = edit_page(session.page(task).data)
    except EditorError as error:
        return Did(False, (str(error),))
    return NOTHING if data is None else session.edit_page(task, data)


def find(session: Session, said: str) -> Filtered:
    """Only what holds a text; of nothing, everything again."""
    return _filtered(session, text=said.strip() or None)


def filter_by(session: Session, said: str) -> Filtered:
    """Only what is of a kind; of nothing, everything again."""
    try:
        return _filtered(session, said=said)
    except FilterError as error:
        return Filtered(str(error))


def _filtered(session: Session, said: str | None = None, text: str | None = None) -> Filtered:
    agenda = session.agenda
    before = agenda.filter
    agenda.filter = (
        before._replace(text=text)
        if said is None
        else parse_filter(said)._replace(text=before.text)
    )
    wanted, found = agenda.filter, agenda.after(0, None)
    if found is None:
        agenda.filter = before
        return Filtered(f"There is nothing of that kind: {describe(wanted)}.")
    return Filtered(f"Showing {describe(wanted)}.", found)
