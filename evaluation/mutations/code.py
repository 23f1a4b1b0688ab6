"""Damage to code, inline and in blocks."""

from __future__ import annotations

import re
from random import Random

from bilint.model.document import Block, BlockKind, TokenKind
from bilint.model.finding import Family
from evaluation.mutations.base import (
    Damage,
    Mutation,
    Place,
    foreign_word,
    matches,
    pick,
    put_match,
)

_CODE = TokenKind.CODE
_INDENTED = frozenset(("yaml", "yml", "python", "py"))


def inline_translated(place: Place, random: Random) -> Damage | None:
    """What stands in inline code is translated."""
    chosen, word = pick(random, place.tokens(_CODE)), foreign_word(place, random)
    if chosen is None or word is None:
        return None
    return place.put(chosen[1].start, chosen[1].end, f"`{word.lower()}`")


def inline_letter_changed(place: Place, random: Random) -> Damage | None:
    """One letter of inline code is another."""
    chosen = pick(random, [one for one in place.tokens(_CODE) if len(one[1].value) > 3])
    if chosen is None:
        return None
    token = chosen[1]
    at = len(token.text.encode()) // 2
    letter = "q" if place.text(token.start + at, token.start + at + 1) != "q" else "k"
    if place.target.data[token.start + at] >= 0x80:
        return None
    return place.put(token.start + at, token.start + at + 1, letter)


def inline_unmarked(place: Place, random: Random) -> Damage | None:
    """Inline code is code no more."""
    chosen = pick(random, place.tokens(_CODE))
    return None if chosen is None else place.put(chosen[1].start, chosen[1].end, chosen[1].value)


def inline_dropped(place: Place, random: Random) -> Damage | None:
    """Inline code goes."""
    chosen = pick(random, place.tokens(_CODE))
    return None if chosen is None else place.put(chosen[1].start, chosen[1].end, "")


def inline_zero_width(place: Place, random: Random) -> Damage | None:
    """A sign that nobody sees stands in inline code."""
    chosen = pick(random, [one for one in place.tokens(_CODE) if len(one[1].value) > 2])
    if chosen is None:
        return None
    token = chosen[1]
    return place.put(token.start, token.end, f"{token.text[:2]}\u200b{token.text[2:]}")


def _code_blocks(
    place: Place, pattern: str, languages: frozenset[str] = frozenset()
) -> list[tuple[Block, re.Match[str]]]:
    ours = {block.text for block in place.source.blocks if block.kind is BlockKind.CODE}
    return [
        (block, match)
        for block in place.target.blocks
        if block.kind is BlockKind.CODE
        and block.text in ours
        and (not languages or block.info.strip().lower() in languages)
        and place.target.data[block.start - 1 : block.start] == b"\n"
        for match in re.finditer(pattern, place.text(block.start, block.end))
        if 3 < match.start() < len(place.text(block.start, block.end)) - 3
    ]


def _put(
    place: Place,
    random: Random,
    pattern: str,
    text: str,
    languages: frozenset[str] = frozenset(),
) -> Damage | None:
    chosen = pick(random, _code_blocks(place, pattern, languages))
    if chosen is None:
        return None
    block, match = chosen
    start = block.start + len(match.string[: match.start()].encode())
    return place.put(start, start + len(match[0].encode()), text)


def line_changed(place: Place, random: Random) -> Damage | None:
    """A word of a block of code is another."""
    return _put(place, random, r"(?<=[\n ])[a-z_]{4,}(?=[\n =(:.-])", "panoramica")


def line_deleted(place: Place, random: Random) -> Damage | None:
    """A line of a block of code goes."""
    return _put(place, random, r"(?m)(?<=\n)(?!```|~~~)[ \t]*[^\s`~][^\n]*\n(?=.)", "")


def quotes_curled(place: Place, random: Random) -> Damage | None:
    """The quotes in a block of code become those of print."""
    return _put(place, random, r'"', "”")


def number_changed(place: Place, random: Random) -> Damage | None:
    """A number in a block of code is another."""
    return _put(place, random, r"(?<![\w.])[0-9]{2,}(?![\w.])", "77019")


def block_escaped(place: Place, random: Random) -> Damage | None:
    """A sign in a block of code is escaped."""
    return _put(place, random, r"[<>&](?![a-z]+;)", "&lt;")


def block_indented(place: Place, random: Random) -> Damage | None:
    """A line loses the blanks it begins with, in a language in which they tell something."""
    return _put(place, random, r"(?m)(?<=\n)(?:  |\t)+(?=[^\s`~])", "", _INDENTED)


def fence_dropped(place: Place, random: Random) -> Damage | None:
    """The fences around a block of code go."""
    blocks = [
        block
        for block in place.blocks(BlockKind.CODE)
        if place.text(block.start, block.start + 3) == "```"
    ]
    block = pick(random, blocks)
    return None if block is None else place.put(block.start, block.end, block.text)


def block_dropped(place: Place, random: Random) -> Damage | None:
    """A block of code goes."""
    block = pick(random, place.blocks(BlockKind.CODE))
    return None if block is None else place.put(block.start, block.end, "")


def info_changed(place: Place, random: Random) -> Damage | None:
    """The language of a block of code is translated."""
    infos = {block.info for block in place.source.blocks if block.kind is BlockKind.CODE}
    blocks = [
        block
        for block in place.blocks(BlockKind.CODE)
        if block.info.isalpha() and block.info in infos
    ]
    block = pick(random, blocks)
    at = -1 if block is None else place.target.data.find(block.info.encode(), block.start)
    if block is None or at < 0:
        return None
    return place.put(at, at + len(block.info.encode()), "codice")


def identifier_altered(place: Place, random: Random) -> Damage | None:
    """The name of a variable in running text is translated in part."""
    found = [
        (start, match)
        for source, target in place.both()
        for _, start, match in matches(place, [target], _IDENTIFIER)
        if match[0] in source.text
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    start, match = chosen
    return put_match(place, start, match, f"{match[1]}_nome")


_IDENTIFIER = re.compile(r"(?<![\w/.-])([A-Za-z]{3,})_[A-Za-z_]{2,}(?![\w/-])")
_C = Family.CODE
_S = Family.STRUCTURE

MUTATIONS = (
    Mutation("code-inline-translated", _C, inline_translated, ("code-altered",), (_C,)),
    Mutation("code-inline-letter", _C, inline_letter_changed, ("code-altered",), (_C,)),
    Mutation("code-inline-unmarked", _C, inline_unmarked, ("code-altered",), (_C,)),
    Mutation("code-inline-dropped", _C, inline_dropped, ("code-altered",), (_C,)),
    Mutation(
        "code-inline-zero-width",
        _C,
        inline_zero_width,
        ("invisible-character",),
        (_C, Family.TYPOGRAPHY),
    ),
    Mutation("code-word-changed", _C, line_changed, ("code-block-altered",), (_C,)),
    Mutation("code-line-deleted", _C, line_deleted, ("code-block-altered",), (_C,)),
    Mutation(
        "code-quotes-curled", _C, quotes_curled, ("code-block-altered",), (_C, Family.TYPOGRAPHY)
    ),
    Mutation("code-number-changed", _C, number_changed, ("code-block-altered",), (_C,)),
    Mutation("code-escaped", _C, block_escaped, ("code-block-altered",), (_C,)),
    Mutation("code-unindented", _C, block_indented, ("code-block-altered",), (_C,)),
    Mutation("code-fence-dropped", _C, fence_dropped, ("fence-altered",), (_C, _S)),
    Mutation("code-block-dropped", _C, block_dropped, ("fence-altered",), (_C, _S)),
    Mutation("code-language-translated", _C, info_changed, ("fence-altered",), (_C, _S)),
    Mutation(
        "identifier-translated",
        _C,
        identifier_altered,
        ("identifier-altered",),
        (_C, Family.TOKENS),
    ),
)
