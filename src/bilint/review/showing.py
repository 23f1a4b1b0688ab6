"""A task as lines of text: what both the plain desk and the screen say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bilint.desk.pages import OpenPage
from bilint.exchange.inline import shown
from bilint.model.alignment import SegmentState
from bilint.model.document import Segment
from bilint.model.finding import Finding
from bilint.model.record import NamedTuple
from bilint.model.segment_text import normalise
from bilint.reporters.escape import visible
from bilint.reporters.layout import fit_path
from bilint.reporters.word_diff import Change, word_diff
from bilint.review.filtering import describe
from bilint.review.insertion import new_row, row_text
from bilint.review.session import Session
from bilint.review.suggestions import Origin, Proposal
from bilint.review.tasks import BY_PAGE, Task, units_of
from bilint.review.values import Item
from bilint.review.whole import BLOCKS, PIN

_BLANKS = str.maketrans({"\xa0": "<NBSP>", "\u202f": "<NNBSP>", "\u2007": "<NBSP>"})
_STATES = {
    SegmentState.STALE: "stale: its source changed",
    SegmentState.NEW: "new: not translated yet",
    SegmentState.OBSOLETE: "obsolete: its source is gone; d deletes it",
}
_WHOLE = {
    "page-untranslated": "not translated yet",
    "page-orphan": "its source is gone",
    "page-clash": "other pages have the same id",
    BLOCKS: "stale beside its text: code, pictures or links",
    PIN: "nothing is left but its old pin",
}
_LONG = 1200
"""Characters of a source from which only what changed is shown."""
_BESIDE = 25
"""Words beside a change that are shown of what is long."""
_NEAR = 160
"""Characters of a neighbour that are shown."""


def text_of(text: str) -> str:
    """A text on one line, with all that is hidden in it shown, blanks that do not break too."""
    return visible(text).translate(_BLANKS)


def segment_text(segment: Segment | None) -> str:
    """A segment as reviewers see it."""
    return text_of(shown(segment)) if segment is not None else ""


class Sides(NamedTuple):
    """The texts of a task: the source then and now (the same, or None), and the translation."""

    then: str | None
    now: str | None
    target: str | None


def sides(task: Task) -> Sides:
    """The texts, not escaped yet."""
    unit = task.unit
    if unit is None:
        return Sides(None, None, None)
    base, head = unit.base, unit.head
    return Sides(
        normalise(base.text) if base is not None else None,
        normalise(head.text) if head is not None else None,
        shown(unit.target) if unit.target is not None else None,
    )


def is_long(text: str) -> bool:
    """Whether a source is too long to be shown twice."""
    return len(text) > _LONG


def changes(then: str, now: str) -> Iterator[tuple[Change, str]]:
    """The source now with its changes, and of what is long only what stands around them."""
    if not is_long(then):
        yield from word_diff(then, now)
        return
    old, new = (text.split(" ") for text in (then, now))
    first = _same(old, new)
    last = _same(old[first:][::-1], new[first:][::-1])
    if first:
        yield Change.EQUAL, f"{_ends(new[:first])} "
    middle = (" ".join(words[first : len(words) - last]) for words in (old, new))
    for change, text in word_diff(*middle):
        yield change, _ends(text.split(" ")) if change is Change.EQUAL else text
    if last:
        yield Change.EQUAL, f" {_ends(new[-last:])}"


def _same(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(ours), len(theirs)))


def _ends(words: Sequence[str]) -> str:
    """The beginning and the end of a text, and how much stands between."""
    left = len(words) - 2 * _BESIDE
    if left <= _BESIDE:
        return " ".join(words)
    return " ".join((*words[:_BESIDE], f"… ({left:,} words) …", *words[-_BESIDE:]))


def marked_change(then: str, now: str) -> str:
    """The source now with what changed marked, so that it can be read without any colour."""
    parts = []
    for change, text in changes(then, now):
        said = text_of(text)
        tail = said[len(said.rstrip(" ")) :]
        said = said.rstrip(" ")
        if change is Change.REMOVED:
            said = f"[-{said}-]"
        elif change is Change.ADDED:
            said = f"{{+{said}+}}"
        parts.append(said + tail)
    return "".join(parts)


def headline(session: Session, place: int, task: Task) -> str:
    """Where a task stands."""
    item = session.agenda.items[place]
    left = len(session.agenda.waiting(item))
    status = session.standing(task).status
    said = "" if status == "open" else f", {status}"
    count = len(session.agenda.items)
    here = f"({left} left on this page{said})" if task.whole is None else f"(the page{said})"
    return text_of(f"[{place + 1}/{count}] {task.locale} {task.where} {here}")


def reasons(item: Item) -> str:
    """Why a page stands where it does in the queue."""
    if item.queued is None:
        return ""
    points, whys = points_of(item), item.queued.reasons
    if len(whys) == 1:
        return text_of(f"{points}: {whys[0].text}")
    return text_of(f"{points}: {'; '.join(f'{one.points} for {one.text}' for one in whys)}")


def points_of(item: Item) -> str:
    """The score of a page; nothing where it has none."""
    if item.queued is None:
        return ""
    score = item.queued.score
    return f"{score} {'point' if score == 1 else 'points'}"


def shortened(said: str, path: str, columns: int) -> str:
    """What was said with a long path cut; not in a command that is there to be copied."""
    if "`" in said or not path:
        return said
    return said.replace(path, fit_path(path, columns))


def state_of(task: Task) -> str:
    """What became of the segment."""
    if task.whole is not None:
        return _WHOLE[task.whole.about]
    if task.unit is None:
        return "outside the text"
    state = task.state
    if task.asked is None or state not in _STATES:
        return "current" if task.is_known else "beside the source as it is now; its pin is unknown"
    change = task.unit.change
    return _STATES[state] + (f" ({change.value.replace('_', ' ')})" if change else "")


def finding_lines(number: int, finding: Finding, task: Task) -> Iterator[str]:
    """A finding with its evidence and its repair; not again what is the whole of a text."""
    whole = {normalise(one.text) for one in (task.target, task.source) if one is not None}
    yield text_of(
        f"{number}. {finding.severity}, {finding.confidence} confidence:"
        f" {finding.check}: {finding.message}"
    )
    if finding.text and normalise(finding.text) not in whole:
        yield text_of(f"   here: {_short(finding.text)}")
    if finding.source is not None and normalise(finding.source.text) not in {*whole, ""}:
        at = finding.source
        place = f"line {at.line}" if at.path == task.path else f"{at.path}:{at.line}"
        yield text_of(f"   source: {_short(at.text)} ({place})")
    if finding.evidence:
        said = ", ".join(f"{key} {value}" for key, value in sorted(finding.evidence.items()))
        yield text_of(f"   evidence: {_short(said, 300)}")
    if finding.suggestion is not None:
        kind = "safe" if finding.suggestion.safe else "may change the meaning"
        yield text_of(f"   fix ({kind}): {_short(finding.suggestion.text)}")
    if finding.decision is not None:
        yield text_of(f"   {decision_line(finding)}")


def decision_line(finding: Finding) -> str:
    """What was decided of a finding before."""
    one = finding.decision
    if one is None:
        return ""
    reason = f": {one.reason}" if one.reason else ""
    expired = ", expired as a text changed" if finding.state.value == "expired" else ""
    return f"decided: {one.verdict} by {one.by}{reason}{expired}"


def proposal_lines(proposals: Iterable[Proposal]) -> Iterator[tuple[str, str]]:
    """Suggestions, each with what it is called by: a number, if it can be taken, or `term`."""
    number = 0
    for one in proposals:
        if one.whole:
            number += 1
            yield f"s{number}", _proposal(one)
        else:
            yield str(one.origin), text_of(f"{_short(one.text, 400)} ({one.where})")


def _proposal(proposal: Proposal) -> str:
    percent = f" {proposal.percent}%" if proposal.origin is Origin.MEMORY else ""
    return text_of(f"{proposal.origin}{percent}: {_short(proposal.text, 400)} ({proposal.where})")


def hints(session: Session, task: Task) -> Iterator[tuple[str, str]]:
    """What there is to know before one does something about a task, with a label or none."""
    if task.whole is not None:
        yield from (("", text_of(line)) for line in task.whole.said)
        return
    row = new_row(session.page(task), task)
    if row:
        yield "row", text_of(_short(row_text(row), 400))
        yield "", "the whole row is new: e takes all its cells, with | between them"
    if any(one.check in BY_PAGE for one in task.findings):
        yield "", "both versions stand in the page: P edits it"


class Around(NamedTuple):
    """What stands before and after a task, escaped and cut; on the `side` of the source?"""

    side: str
    before: str | None
    after: str | None


def around(session: Session, task: Task) -> Around:
    """The neighbours of a task: translations, or where it has none the source of them."""
    if task.whole is not None:
        return Around("", None, None)
    page = session.page(task)
    if task.target is None and task.unit is not None:
        return Around("source ", *_source_neighbours(page, task))
    segments = page.document.segments
    before = [one for one in segments if one.end <= task.offset and one is not task.target]
    end = task.target.end if task.target is not None else task.offset + 1
    after = [one for one in segments if one.start >= end]
    return Around(
        "",
        _short(segment_text(before[-1]), _NEAR) if before else None,
        _short(segment_text(after[0]), _NEAR) if after else None,
    )


def _source_neighbours(page: OpenPage, task: Task) -> tuple[str | None, str | None]:
    units = [one for one in units_of(page) if (one.head or one.base) is not None]
    index = next((i for i, one in enumerate(units) if one is task.unit), None)
    if index is None:
        return None, None

    def said(position: int) -> str | None:
        if not 0 <= position < len(units):
            return None
        return _short(segment_text(units[position].head or units[position].base), _NEAR)

    return said(index - 1), said(index + 1)


def remarks(session: Session, task: Task) -> Iterator[str]:
    """What was said of it before, and who has it."""
    standing = session.standing(task)
    if standing.assignment is not None:
        yield text_of(f"assigned to {standing.assignment.to} by {standing.assignment.by}")
    if standing.verdict is not None and standing.verdict.verdict.value in ("rework", "skipped"):
        one = standing.verdict
        yield text_of(f"{one.verdict} by {one.by}" + (f": {one.reason}" if one.reason else ""))
    for one in standing.remarks:
        yield text_of(f"comment by {one.by}: {one.reason}")


def greeting(session: Session) -> str:
    """How many pages there are to go through, and as whom."""
    agenda = session.agenda
    pages = sum(agenda.is_listed(one) for one in agenda.items)
    said = f"{pages} {'page' if pages == 1 else 'pages'} to go through"
    if agenda.is_filtered:
        said += f" for {describe(agenda.filter)}"
    said += f" as {session.rules.reviewer}"
    return text_of(said)


def whole_page(item: Item) -> str:
    """Why there is nothing to open for a piece of the queue."""
    why = reasons(item)
    return text_of(f"{item.locale} {item.name}: nothing to go through segment by segment. ") + why


def notes(task: Task) -> str:
    """What stands beside a text in the reviewer's own editor."""
    then, now, _target = sides(task)
    said = [f"{task.where}, {state_of(task)}"]
    if then is not None and then != now:
        said.append(f"source then: {then}")
    if now is not None:
        said.append(f"source now: {now}")
    said += (f"{one.check}: {one.message}" for one in task.findings)
    said.append("Empty the text above the line to give up.")
    return "\n".join(map(text_of, said))


_HIDDEN = re.compile(r"<U\+[0-9A-F]+>|<N?NBSP>|[\u2400-\u2421]")


def hidden_in(text: str) -> str:
    """The characters of a text that nobody sees, by their names; empty where there are none."""
    return ", ".join(dict.fromkeys(_HIDDEN.findall(text_of(text))))


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def summary(session: Session) -> str:
    """What was done, in one line."""
    counts: Sequence[tuple[str, int]] = sorted((k, v) for k, v in session.counts.items() if v)
    said = ", ".join(f"{count} {what}" for what, count in counts) or "nothing was changed"
    pages = len(session.closed)
    closed = f"; {pages} {'page' if pages == 1 else 'pages'} finished" if pages else ""
    return f"{said}{closed}"
