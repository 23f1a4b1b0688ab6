"""What is to be done with a text that came back: write it, leave the page as it is, or refuse it.

This is told by the text and its segment alone, before anybody looks at the page around it.
"""

from __future__ import annotations

from enum import StrEnum

from bilint.desk.imported import Rules
from bilint.desk.page_units import Placed
from bilint.exchange.inline import resolve
from bilint.exchange.weave import tidy
from bilint.model.exchange import DELETE, Code, Entry, ExchangeUnit, UnitState, flat, short_digest
from bilint.model.record import NamedTuple


class Deed(StrEnum):
    """What is to be done with a text.

    `delete` takes out a segment whose source is gone, text and all. `same` are those that nobody
    changed, `there` those that the page has already, `undecided` those without any.
    """

    WRITE = "write"
    DELETE = "delete"
    REFUSE = "refuse"
    SAME = "same"
    THERE = "there"
    UNDECIDED = "undecided"


class Judged(NamedTuple):
    """What is to be done with a text: `text` is what to write, `reason` why something is refused.

    Of a text that stays as it is, the decision beside it is to be made, or refused.
    """

    deed: Deed
    text: str = ""
    reason: str | None = None
    decides: bool = False


def judge(entry: Entry, placed: Placed, rules: Rules) -> Judged:
    """What is to be done with an entry that belongs to this segment."""
    unit = placed.unit
    text = resolve(entry.target, unit.target, unit.source)
    if isinstance(text, Code):
        reason = f"it holds a code that neither source nor translation has: {text.text!r}"
        return Judged(Deed.REFUSE, reason=reason)
    of_value = placed.source.shape.startswith("fm:")
    new = tidy(text, of_value=of_value)
    if entry.decision == DELETE:
        is_left = not new.strip() or new == tidy(unit.target, of_value=of_value)
        return _deleted(entry, unit, is_left=is_left)
    if not new.strip():
        return Judged(Deed.UNDECIDED)
    moved = entry.target_digest not in (None, unit.target_digest)
    if new == tidy(unit.target, of_value=of_value):
        return _left(Deed.THERE if moved else Deed.SAME, entry, unit, moved=moved)
    if moved and short_digest(new) == entry.target_digest:
        # Somebody else changed it, and the translator did not.
        return _left(Deed.SAME, entry, unit, moved=True)
    objection = _objection(entry, unit, rules)
    if objection is None and controls(new) - controls(flat(unit.source) + flat(unit.target)):
        objection = "it holds control characters"
    if objection is not None:
        return Judged(Deed.REFUSE, reason=objection)
    return Judged(Deed.WRITE, new)


def _deleted(entry: Entry, unit: ExchangeUnit, *, is_left: bool) -> Judged:
    """A segment that a table says to delete: only as it went out, and only without a source."""
    reason = None
    if unit.state is not UnitState.OBSOLETE:
        reason = "its source is still there"
    elif not entry.target_digest or entry.source_digest is None:
        reason = "the file lost what Bilint noted beside it"
    elif entry.target_digest != unit.target_digest or not is_source(entry, unit):
        reason = "the texts changed meanwhile"
    elif not is_left:
        reason = "its text was edited as well: is it to stay or to go?"
    elif unit.held:
        reason = f"the page cannot be written to: {unit.held}"
    if reason is not None:
        return Judged(Deed.REFUSE, reason=f"{DELETE}: {reason}")
    return Judged(Deed.DELETE)


def _left(deed: Deed, entry: Entry, unit: ExchangeUnit, *, moved: bool) -> Judged:
    """A text that stays as it is, and the decision that a table has beside it."""
    if not entry.decision:
        return Judged(deed)
    if moved or not is_source(entry, unit):
        return Judged(deed, reason=f"{entry.decision}: the texts changed meanwhile")
    if not entry.fingerprints:
        return Judged(deed, reason=f"{entry.decision}: there is nothing to decide about it")
    if not entry.comment:
        return Judged(deed, reason=f"{entry.decision}: a comment has to say why")
    return Judged(deed, decides=True)


def is_source(entry: Entry, unit: ExchangeUnit) -> bool:
    """Whether an entry translates the source of a unit, as far as it says what it translates."""
    said = entry.source_digest or (short_digest(entry.source) if entry.source is not None else None)
    return said is None or said == unit.source_digest


def _objection(entry: Entry, unit: ExchangeUnit, rules: Rules) -> str | None:
    """Why a text must not be written, before anybody looks at what it says."""
    if entry.source_digest is None and entry.source is None:
        return "the file does not say what it translates"
    if not is_source(entry, unit) or (
        entry.source is not None
        and entry.source_digest is None
        and short_digest(entry.source) != unit.source_digest
    ):
        return "the source changed meanwhile"
    if entry.target_digest is None and unit.target:
        return "the file lost what Bilint noted beside it, so a later edit could be overwritten"
    if entry.target_digest and not unit.target:
        return "the translation is gone from the page meanwhile"
    if entry.target_digest is not None and entry.target_digest != unit.target_digest:
        return "the translation was changed meanwhile"
    if entry.fuzzy and not rules.fuzzy:
        return "it is still marked as needing work (--fuzzy writes it all the same)"
    if unit.state is UnitState.OBSOLETE:
        return "its source is gone"
    if unit.held:
        return f"the page cannot be written to: {unit.held}"
    return None


def controls(text: str) -> set[str]:
    """The characters of a text that no page may get: controls, and halves of pairs."""
    return {one for one in text if one < " " and one not in "\t\n"} | {
        one for one in text if "\ud800" <= one <= "\udfff"
    }
