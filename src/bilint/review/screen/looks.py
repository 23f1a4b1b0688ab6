"""How a task, and a line of the queue, look: from values to rich text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from bilint.model.alignment import SegmentState
from bilint.model.finding import Severity
from bilint.reporters.layout import fit, fit_path
from bilint.reporters.word_diff import Change
from bilint.review import showing
from bilint.review.session import Session
from bilint.review.suggestions import Proposal
from bilint.review.tasks import Task
from bilint.review.trial import Trial
from bilint.review.values import Item

_STYLES = {Change.EQUAL: "", Change.REMOVED: "red strike", Change.ADDED: "green bold underline"}
_BRACKETS = {
    Change.EQUAL: ("", ""),
    Change.REMOVED: ("[-", "-]"),
    Change.ADDED: ("{+", "+}"),
}
_SIGNS = {Severity.ERROR: ("x", "bold red"), Severity.WARNING: ("!", "yellow")}
_QUEUE = 36
"""Columns of a line of the queue."""
_LEAST = 10
"""Columns of a path below which the rest of the line makes room for it."""


def listed(item: Item, *, several: bool, closed: bool) -> Text:
    """Two lines: the score and the page, and the gravest reason. `several` locales are named."""
    score = item.queued.score if item.queued is not None else 0
    start = f"{'done' if closed else score:>4} {f'{item.locale} ' if several else ''}"
    text = Text(start)
    name = fit_path(showing.text_of(item.name), _QUEUE - len(start))
    text.append(name, "strike" if closed else "bold")
    reasons = item.queued.reasons if item.queued is not None else ()
    for one in reasons[:1]:
        text.append(f"\n     {fit(showing.text_of(one.text), _QUEUE - 5)}", "dim")
    return text


def headline(session: Session, place: int, task: Task, columns: int) -> Text:
    """Where a task stands, in one line of so many columns."""
    items = session.agenda.items
    left = len(session.agenda.waiting(items[place]))
    end = "  the page" if task.whole is not None else f":{task.line}  {left} left"
    start = f"{place + 1}/{len(items)} {task.locale} "
    status = session.standing(task).status
    end += "" if status == "open" else f"  {status}"
    room = columns - len(start) - len(end) - 1
    if room < _LEAST:  # the page is worth more than how many there are
        start, end = "", "" if task.whole is not None else f":{task.line}"
        room = columns - len(end)
    return Text(start + fit_path(showing.text_of(task.path), room) + end)


def table(session: Session, place: int, task: Task, proposals: Sequence[Proposal]) -> Table:
    """All that is said of a task, label by label."""
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=6, no_wrap=True, style="dim")
    grid.add_column(ratio=1, overflow="fold")
    for label, text in _rows(session, place, task, proposals):
        grid.add_row(label, text)
    return grid


def _rows(
    session: Session, place: int, task: Task, proposals: Sequence[Proposal]
) -> Iterator[tuple[Text, Text]]:
    unit = task.unit
    yield Text("is"), Text(showing.state_of(task), "bold")
    then, now, target = showing.sides(task)
    if then is not None and now is not None and then != now:
        if not showing.is_long(then):
            yield Text("then"), Text(showing.text_of(then))
        yield Text("now"), marked(then, now)
    elif then is not None or now is not None:
        label = "source" if task.state is not SegmentState.OBSOLETE else "gone"
        yield Text(label), Text(showing.text_of(now or then or ""))
    for name, hint in showing.hints(session, task):
        yield Text(name), Text(hint)
    _side, before, after = showing.around(session, task)
    if before:
        yield Text("  ^"), Text(before, "dim")
    if unit is not None:
        text = Text("(none yet)", "italic") if target is None else _target(task, target)
        yield Text(task.locale, "bold"), text
    if after:
        yield Text("  v"), Text(after, "dim")
    for number, finding in enumerate(task.findings, 1):
        sign, style = _SIGNS.get(finding.severity, ("i", "cyan"))
        first, *rest = showing.finding_lines(number, finding, task)
        said = Text(first.partition(". ")[2], style)
        for line in rest:
            said.append(f"\n{line.strip()}", "not bold default")
        yield Text(f"{sign} {number}", style), said
    for line in showing.remarks(session, task):
        yield Text("said"), Text(line)
    for name, words in showing.proposal_lines(proposals):
        yield Text(name, "cyan"), Text(words)
    yield Text("why", "dim"), Text(showing.reasons(session.agenda.items[place]), "dim")


def _target(task: Task, target: str) -> Text:
    """The translation, with what was found in it underlined."""
    text = Text(showing.text_of(target), "bold" if not task.findings else "")
    for finding in task.findings:
        found = showing.text_of(finding.text)
        at = text.plain.find(found) if found else -1
        if at >= 0 and len(found) < len(text.plain):
            text.stylize("bold underline", at, at + len(found))
    return text


def marked(then: str, now: str) -> Text:
    """The source now with what changed marked, by signs and by the look of the words."""
    text = Text()
    for change, part in showing.changes(then, now):
        said = showing.text_of(part)
        bare = said.rstrip(" ")
        before, after = _BRACKETS[change]
        text.append(before, "dim")
        text.append(bare, _STYLES[change])
        text.append(after, "dim")
        text.append(said[len(bare) :] or (" " if change is Change.REMOVED else ""))
    return text


def verdict(trial: Trial, text: str) -> str:
    """What an edit would do, in a line."""
    end = _hidden(text)
    if trial.objection is not None:
        force = " Ctrl+F writes it all the same." if trial.lost else ""
        return f"Not so: {trial.objection}.{force}{end}"
    parts = []
    if trial.gone:
        parts.append(f"no longer found: {', '.join(sorted({one.check for one in trial.gone}))}")
    if trial.new:
        parts.append(f"new: {', '.join(sorted({one.check for one in trial.new}))}")
    return f"Enter writes it{'; ' if parts else ''}{'; '.join(parts)}.{end}"


def unchanged(text: str) -> str:
    """The same of a text that is as it was."""
    return f"The text is as it was.{_hidden(text)}"


def _hidden(text: str) -> str:
    hidden = showing.hidden_in(text)
    return f" Hidden in it: {hidden}." if hidden else ""
