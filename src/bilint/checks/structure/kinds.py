"""What became of the kind of a block, and how blocks are called."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.checks.structure.anatomy import Form, form
from bilint.checks.structure.markers import torn_picture
from bilint.model.document import DAMAGED_ALERT, Segment
from bilint.model.finding import Confidence, Severity
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

ITEMS = frozenset(("item", "item text"))
"""The names of blocks that stand in lists."""

_LABELS = frozenset(("tab", "badge"))
_MEANT_AS_ITEM = late(r"(?:[-+*\u2022]|[0-9]{1,3}[.)])\S?")
_NAMES = {
    "heading": "This heading",
    "item": "This list item",
    "item text": "This text of a list item",
    "cell": "This cell",
    "alt": "This alternative text",
    "tab": "This label of a tab",
    "badge": "This badge",
}
_ONE_AND_MANY = {
    "heading": ("heading", "headings"),
    "item": ("list item", "list items"),
    "cell": ("table cell", "table cells"),
    "tab": ("label of a tab", "labels of tabs"),
    "paragraph": ("paragraph", "paragraphs"),
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


class Change(NamedTuple):
    """What became of the kind of a block: the check that tells it, and how grave it is."""

    check: str
    message: str
    severity: Severity | None = None
    confidence: Confidence | None = None


def change_of(source: Segment, target: Segment) -> Change | None:
    """What became of the kind of a block; None where it is no matter."""
    ours, theirs = form(source.shape), form(target.shape)
    if ours.name == theirs.name == "heading" and ours.level != theirs.level:
        message = f"This heading is of level {theirs.level}; in the source of level {ours.level}"
        return Change("heading-altered", message)
    if ours.name in _LABELS and theirs.name not in _LABELS:
        return Change("quote-altered", f"The label of a {ours.name} has become plain text")
    if ours.quote != theirs.quote:
        return _quote_change(ours, theirs)
    if "heading" in (ours.name, theirs.name):
        if ours.name == "heading":
            return Change("heading-altered", "This heading has become plain text", Severity.ERROR)
        if theirs.name == "heading":
            return Change("heading-altered", f"{named(ours)} has become a heading")
    if ours.name == "alt" and theirs.name != "alt":
        if not torn_picture(target):
            return None
        message = "Words of the picture's alternative text stand beside it, as text of the page"
        return Change("alt-text-damaged", message)
    if ours.name in ITEMS or theirs.name in ITEMS:
        return _item_change(ours, theirs, source)
    return None


def _quote_change(ours: Form, theirs: Form) -> Change | None:
    if ours.alert and not theirs.alert:
        return Change("quote-altered", f"{quoted(ours)} has become plain text")
    if ours.alert != theirs.alert:
        if ours.alert or theirs.alert == DAMAGED_ALERT:
            return None  # `alert-altered` or `token-broken` tells
        return Change("quote-altered", f"In the source this stands in no {theirs.alert}")
    if ours.depth > theirs.depth:
        message = "This stands in a quotation in the source"
        if theirs.depth:
            message = f"This stands {ours.depth} quotations deep in the source"
        return Change("quote-altered", message)
    return Change("quote-altered", "This stands in a quotation of its own, not so in the source")


def _item_change(ours: Form, theirs: Form, source: Segment) -> Change | None:
    if ours.name in ITEMS and theirs.name in ITEMS:
        if ours.level == theirs.level:
            return None
        return Change(
            "list-damaged",
            f"This stands on the {_ordinal(theirs.level)} level of the list;"
            f" in the source on the {_ordinal(ours.level)}",
        )
    if ours.name == "item":
        return Change("list-damaged", "This list item has become plain text", Severity.ERROR)
    if theirs.name == "item":
        if _MEANT_AS_ITEM.match(source.text):
            return None
        return Change("list-damaged", f"{named(ours)} has become a list item")
    if ours.name == "item text":
        return Change(
            "list-damaged",
            "This belongs to a list item in the source, and stands outside of the list here",
            Severity.INFO,
        )
    return None


def _ordinal(level: int) -> str:
    return _ORDINALS[level - 1] if level <= len(_ORDINALS) else f"{level}th"


def quoted(one: Form) -> str:
    """A quotation as the subject of a sentence."""
    return f"The `{one.alert.upper()}` box" if one.alert else "The quotation"


def named(one: Form) -> str:
    """A block as the subject of a sentence."""
    return _NAMES.get(one.name, "This paragraph")


def missing(forms: Sequence[Form]) -> str:
    """That blocks of the source are missing, and which."""
    number = len(forms)
    if number > 1 and forms[0].name == "heading":
        return f"A section of the source is missing: a heading and {number - 1} more"
    names = {one.name for one in forms}
    one, many = ("block", "blocks") if len(names) > 1 else ("piece of text", "pieces of text")
    if len(names) == 1:
        one, many = _ONE_AND_MANY.get(forms[0].name, (one, many))
    if number == 1:
        return f"A {one} of the source is missing"
    return f"{number} {many} of the source are missing"
