"""What there is to go through, in its order, and where to go on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bilint.model.decision import Place
from bilint.model.finding import Finding
from bilint.model.report import page_key
from bilint.model.unit_text import unpack
from bilint.review.opened import Pages
from bilint.review.tasks import Filter, Task
from bilint.review.values import Item, Key


class Agenda:
    """The queue of a run, as far as the filter leaves it."""

    def __init__(self, pages: Pages, reviewer: str) -> None:
        self.filter = Filter()
        self._pages, self._reviewer = pages, reviewer
        self._left: set[str] = set()
        self._worked: set[Key] = set()
        self._report = report = pages.desk.report
        self._results = {
            (one.locale, one.path): one for one in report.pages or () if one.path is not None
        }
        self.items = tuple(Item(one.locale, one.path, one) for one in report.queue or ())

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the work is looked at."""
        return self.filter != Filter()

    def is_listed(self, item: Item) -> bool:
        """Whether a piece of the queue has anything that the filter leaves.

        Of a page that nobody has opened yet, as far as the run can tell.
        """
        if not self.is_filtered:
            return True
        key = item.key
        seen = key in self._worked or self._pages.is_open(key) or key not in self._pages
        return bool(self.tasks(item)) if seen else self._may_pass(item)

    def tasks(self, item: Item) -> tuple[Task, ...]:
        """What is open on a page and passes the filter, in its order.

        What somebody else was asked to see to is passed over, unless the filter asks for it.
        """
        if not self._may_pass(item):
            return ()
        found = []
        for task in self._pages.tasks(item.key):
            standing = self._pages.standing(task)
            other = standing.assignment is not None and standing.assignment.to not in (
                "",
                self._reviewer,
            )
            if other and self.filter.statuses is None:
                continue
            if self.filter.takes(task, standing.status):
                found.append(task)
        return tuple(found)

    def worked_on(self, key: Key) -> None:
        """From now on the page is not what the run has seen."""
        self._worked.add(key)

    # ---- what the filter may leave ----

    def _may_pass(self, item: Item) -> bool:
        """Whether a page may have what the filter asks for, as far as the run can tell.

        Most pages need not be opened to know that they have not.
        """
        wanted, key = self.filter, item.key
        if wanted.locale not in (None, item.locale):
            return False
        if wanted.path is not None and wanted.path not in key[1]:
            return False
        if key in self._worked or self._pages.is_open(key):
            return True
        if wanted.statuses is not None and not self._may_stand(item, wanted.statuses):
            return False
        findings = self._pages.found_at_first(key)
        for values, attribute in ((wanted.severities, "severity"), (wanted.families, "family")):
            if values is not None and not any(
                getattr(one, attribute).value in values for one in findings
            ):
                return False
        if wanted.states is not None and not wanted.states & {"finding", "page"}:
            segments = self._results[key].segments if key in self._results else None
            if segments is not None and not any(
                getattr(segments, state) for state in wanted.states
            ):
                return False
        return wanted.text is None or self._has_text(key, wanted.text.casefold(), findings)

    def _may_stand(self, item: Item, statuses: Collection[str]) -> bool:
        """Whether something on a page may have been left open so."""
        queued = item.queued
        if queued is None or "open" in statuses:
            return True
        place = Place(item.locale, queued.id, queued.source_path, item.path)
        return self._pages.ledger.has_any(place, statuses)

    def _has_text(self, key: Key, text: str, findings: Sequence[Finding]) -> bool:
        page = self._results.get(key)
        if page is None:
            return text in key[1].casefold()
        packed = (self._report.texts or {}).get(page_key(page))
        if packed is None or text in key[1].casefold():
            return True
        if any(text in f"{one.check} {one.message} {one.text}".casefold() for one in findings):
            return True
        return any(
            text in piece.text.casefold()
            for unit in unpack(packed).units
            for piece in (unit.base, unit.head, unit.target)
            if piece is not None
        )

    # ---- going about ----

    def leave(self, task: Task) -> None:
        """Pass over a task for this session."""
        self._left |= task.names

    def take_up(self, fingerprints: Iterable[str]) -> None:
        """Pass over these no longer."""
        self._left.difference_update(fingerprints)

    def waiting(self, item: Item) -> tuple[Task, ...]:
        """The tasks of a page that were not left for later."""
        return tuple(one for one in self.tasks(item) if not one.names <= self._left)

    def after(self, place: int, task: Task | None) -> tuple[int, Task] | None:
        """The first task after another one on the page of an item, or on those after it."""
        for index in range(place, len(self.items)):
            for one in self.waiting(self.items[index]):
                if index > place or task is None or _place(one) > _place(task):
                    return index, one
        return None

    def before(self, place: int, task: Task | None) -> tuple[int, Task] | None:
        """The last task before another one, be it left or not."""
        for index in range(place, -1, -1):
            for one in reversed(self.tasks(self.items[index])):
                if index < place or task is None or _place(one) < _place(task):
                    return index, one
        return None

    def at(self, place: int, task: Task) -> tuple[int, Task] | None:
        """Where to go on after something was done at a task: there, if more is open, or after."""
        if place < len(self.items):
            for one in self.waiting(self.items[place]):
                # What comes of a stamp may stand anywhere on the page.
                again = one.names & task.names or task.whole is not None
                if again or _place(one) >= _place(task):
                    return place, one
        return self.after(place + 1, None)


def _place(task: Task) -> tuple[int, int, int]:
    return (task.offset, task.position, task.line)
