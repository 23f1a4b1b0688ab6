"""Names that are joined by signs of their own: folders by backslashes, fields of a query by `&`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.changed import at_places, source_data
from bilint.checks.code.masked import Masked, decoded, masked
from bilint.checks.language.prose import EASTERN
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, TokenKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_HIDDEN = frozenset((TokenKind.CODE, TokenKind.DNL, TokenKind.PLACEHOLDER))

_VARIABLE = r"\*[^*\\\n\x01]{1,40}\*"


def _folders(letter: str) -> str:
    # A backslash before `_` is none that is shown.
    part = rf"(?:{_VARIABLE}|(?:{letter}|[.%$-])*{letter}%?)"
    return rf"(?<![\w\\:*/])(?:[A-Za-z]:|{part})(?:\\{{1,2}}(?!_){part})+"


def _fields(letter: str) -> str:
    field = rf"(?!\d)(?:{letter})(?:{letter}|[.-])*=[\w.%*-]*"
    return rf"(?<![\w=&?/.-]){field}(?:&(?:amp;)?{field})+"


class _Kind(NamedTuple):
    """What joins such names, how they look in the source and in a target, and what parts them."""

    called: str
    sign: bytes
    hint: re.Pattern[bytes]
    ours: re.Pattern[str]
    theirs: re.Pattern[str]
    joint: re.Pattern[str]
    least: int


_KINDS = (
    _Kind(
        "path",
        b"\\",
        late(rb"\\[A-Za-z0-9*]"),
        late(_folders("[A-Za-z0-9_]")),
        late(_folders(r"\w")),
        late(r"\\+"),
        3,
    ),
    _Kind(
        "query",
        b"&",
        late(rb"&(?:amp;)?[A-Za-z_][A-Za-z0-9_.-]*="),
        late(_fields("[A-Za-z0-9_]")),
        late(_fields(r"\w")),
        late(r"&(?:amp;)?"),
        2,
    ),
)
_SHOWN = frozenset(("Desktop", "Documents", "Program", "Users"))
"""Folders that a system shows under names of each language."""

_EAST_BEFORE = late(f"[{EASTERN}]+(?=[A-Za-z0-9_%])")
_EAST_BEHIND = late(f"(?<=[A-Za-z0-9_%*])[{EASTERN}]+\\Z")


class _Found(NamedTuple):
    """Such names where they stand, and each of them; empty where another may stand for it."""

    text: str
    start: int
    parts: tuple[str, ...]
    names: tuple[str, ...]


def joined(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each path or query of the source that has other names in the target."""
    data = source_data(pair)
    for kind in _KINDS:
        if kind.sign in data:
            places = [match.start() for match in kind.hint.finditer(data)]
            for source, target, _likeness in at_places(pair, data, places):
                yield from _compare(kind, source, target)


def _compare(kind: _Kind, source: Segment, target: Segment) -> Iterator[Observation]:
    prose, translated = masked(source, _HIDDEN), masked(target, _HIDDEN)
    there = decoded(target.text)
    ours = [
        one
        for one in _all(kind, kind.ours, prose)
        if len(one.parts) >= kind.least or one.text[1:2] == ":"
        if decoded(one.text) not in there
    ]
    if not ours:
        return
    known = decoded(source.text)
    theirs = [one for one in _all(kind, kind.theirs, translated) if decoded(one.text) not in known]
    for one in ours:
        alike = [other for other in theirs if len(other.parts) == len(one.parts)]
        if not alike:
            continue
        other = max(alike, key=lambda each: sum(map(_same, one.names, each.names)))
        theirs.remove(other)
        if all(map(_same, one.names, other.names)):
            continue
        yield Observation(
            f"Programs know the {kind.called} `{one.text}` as it is in the source; "
            f"here it is `{other.text}`",
            translated.span(other.start, other.start + len(other.text)),
            one.text,
            prose.span(one.start, one.start + len(one.text)),
            suggestion=Suggestion(_mended(one, other))
            if kind.called == "path" and translated.mapped
            else None,
        )


def _all(kind: _Kind, pattern: re.Pattern[str], prose: Masked) -> Iterator[_Found]:
    for match in pattern.finditer(prose.text):
        text, start = match[0], match.start()
        # Words without blanks stand right before it, or behind.
        before = _EAST_BEFORE.match(text)
        if before:
            text, start = text[before.end() :], start + before.end()
        text = _EAST_BEHIND.sub("", text).rstrip(".-")
        parts = tuple(kind.joint.split(text))
        names = tuple(
            "" if one[0] == "*" or one in _SHOWN else one.partition("=")[0] for one in parts
        )
        yield _Found(text, start, parts, names)


def _same(ours: str, theirs: str) -> bool:
    return not ours or ours == theirs


def _mended(ours: _Found, theirs: _Found) -> str:
    """The path of the source; what the reader fills in stays as it was translated."""
    joint = "\\\\" if "\\\\" in theirs.text else "\\"
    pairs = zip(ours.names, theirs.parts, strict=True)
    return joint.join([name or part for name, part in pairs])
