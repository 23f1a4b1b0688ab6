"""A text that comes back, laid over the lines of the segment it is for.

A translator saw one line. Where words stay, the line ends between them stay as well, so that one
corrected word is one changed word in the page.
"""

from __future__ import annotations

from bilint.engines.likeness import SEQUENCE_COST, opcodes
from bilint.exchange.inline import stretches
from bilint.model.document import Segment
from bilint.model.exchange import Text, flat
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_PIECE = late(r"(?:  |\\)\n|\s|[^\s]+?(?=\\?\n|\s|\Z)")
_HARD = late(r"(?: {2,}|\\)\n[ \t]*")
_SOFT = late(r"[ \t]*\n[ \t]*")
_LINE_END = late(r"\r\n?|\n")


def tidy(text: Text, *, of_value: bool = False) -> str:
    """A text that comes back, as translators see texts: one line, but for hard breaks.

    Tools break lines where they like and end them as they like. Of a value of the front matter
    the blanks around it stay: they are in quotes.
    """
    said = _LINE_END.sub("\n", flat(text)).strip("\n" if of_value else " \t\n")
    if "\n" not in said:
        return said
    parts = []
    position = 0
    for match in _HARD.finditer(said):
        parts.append(_SOFT.sub(" ", said[position : match.start()]))
        parts.append("\\\n" if match[0].startswith("\\") else "  \n")
        position = match.end()
    parts.append(_SOFT.sub(" ", said[position:]))
    return "".join(parts)


class _Piece(NamedTuple):
    """A word, a blank or a line end as translators see it, and as the segment has it."""

    shown: str
    bare: str


def weave(segment: Segment, text: str, *, with_margins: bool = False) -> str:
    """`text` with the line ends of a segment where the words around them are the same.

    The lines are bare, as `edits.segment_edit` takes them, or, `with_margins`, as the page has
    them.
    """
    old = [
        piece
        for stretch in stretches(segment)
        for piece in (
            _pieces(stretch.shown)
            if stretch.raw == stretch.shown
            else [_Piece(stretch.shown, stretch.raw if with_margins else _bare(stretch.raw))]
        )
    ]
    new = _pieces(text)
    if len(old) * len(new) > SEQUENCE_COST or all(one.shown == one.bare for one in old):
        return text
    woven = []
    for step in opcodes([one.shown for one in old], [one.shown for one in new]):
        if step.tag == "equal":
            woven += [one.bare for one in old[step.a : step.b]]
        else:
            woven += [one.shown for one in new[step.c : step.d]]
    return "".join(woven)


def _pieces(text: str) -> list[_Piece]:
    return [_Piece(one, one) for one in _PIECE.findall(text)]


def _bare(raw: str) -> str:
    """A line end as the segment has it, with the blanks before it and without the margin."""
    match = _LINE_END.search(raw)
    return f"{raw[: match.start()]}\n" if match else raw
