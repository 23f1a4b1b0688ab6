"""Damage to links, images and anchors."""

from __future__ import annotations

import re
from random import Random

from bilint.model.document import BlockKind, Segment, Token, TokenKind
from bilint.model.finding import Family
from evaluation.mutations.base import (
    UNSPACED,
    Damage,
    Mutation,
    Place,
    foreign_word,
    matches,
    pick,
    put_match,
)

_LINK = re.compile(r"\[(.*)\]\(([^()\s]+)\)", re.DOTALL)
_IMAGE = re.compile(rb"!\[([^\[\]\n]*)\]\(([^()\s\n]+)((?: \"[^\"]*\")?)\)")


def _links(place: Place) -> list[tuple[Segment, Token, str, str]]:
    """Links as `[text](target)`: segment, token, text and target."""
    found = []
    for segment, token in place.tokens(TokenKind.LINK):
        match = _LINK.fullmatch(token.text)
        if match and match[1].strip() and "\n" not in token.text:
            found.append((segment, token, match[1], match[2]))
    return found


def _damaged_link(place: Place, random: Random, shape: str) -> Damage | None:
    chosen = pick(random, _links(place))
    if chosen is None:
        return None
    _, token, text, target = chosen
    return place.put(token.start, token.end, shape.format(text=text, target=target))


def text_emptied(place: Place, random: Random) -> Damage | None:
    """`[text](target)` becomes `[](target)`."""
    return _damaged_link(place, random, "[]({target})")


def text_symbol(place: Place, random: Random) -> Damage | None:
    """The text of a link becomes an invisible sign."""
    return _damaged_link(place, random, "[&#x200B;]({target})")


def reversed_link(place: Place, random: Random) -> Damage | None:
    """`[text](target)` becomes `](target)text[`."""
    return _damaged_link(place, random, "]({target}){text}[")


def brackets_swapped(place: Place, random: Random) -> Damage | None:
    """`[text](target)` becomes `(text)[target]`."""
    return _damaged_link(place, random, "({text})[{target}]")


def unlinked(place: Place, random: Random) -> Damage | None:
    """Of `[text](target)` the text alone is left."""
    return _damaged_link(place, random, "{text}")


def target_emptied(place: Place, random: Random) -> Damage | None:
    """`[text](target)` becomes `[text]()`."""
    return _damaged_link(place, random, "[{text}]()")


def link_spaced(place: Place, random: Random) -> Damage | None:
    """`[text](target)` becomes `[text] (target)`."""
    return _damaged_link(place, random, "[{text}] ({target})")


def link_padded(place: Place, random: Random) -> Damage | None:
    """`[text](target)` becomes `[ text ](target)`."""
    return _damaged_link(place, random, "[ {text} ]({target})")


def link_dropped(place: Place, random: Random) -> Damage | None:
    """A link goes, text and all."""
    return _damaged_link(place, random, "")


def target_changed(place: Place, random: Random) -> Damage | None:
    """A link leads to another page."""
    chosen = pick(random, [one for one in _links(place) if re.search(r"[a-z]{4}", one[3])])
    if chosen is None:
        return None
    _, token, text, target = chosen
    stem = re.sub(r"(\.md|\.html)?([?#].*)?$", "", target)
    names = [*re.finditer(r"[a-z]{4,}", stem)]
    if not names:
        return None
    name = names[-1]
    other = f"{target[: name.start()]}panoramica{target[name.end() :]}"
    return place.put(token.start, token.end, f"[{text}]({other})")


def targets_swapped(place: Place, random: Random) -> Damage | None:
    """Two links of one segment lead each where the other should."""
    links = _links(place)
    two = [
        (one, other)
        for one in links
        for other in links
        if one[0] is other[0] and one[1].end <= other[1].start and one[3] != other[3]
    ]
    chosen = pick(random, two)
    if chosen is None:
        return None
    (_, first, text, target), (_, second, other_text, other_target) = chosen
    between = place.text(first.end, second.start)
    return place.put(
        first.start, second.end, f"[{text}]({other_target}){between}[{other_text}]({target})"
    )


def text_cut(place: Place, random: Random) -> Damage | None:
    """`[one two three](target)` becomes `[on-](target)`."""
    chosen = pick(random, [one for one in _links(place) if len(one[2]) > 15 and "[" not in one[2]])
    if chosen is None:
        return None
    _, token, text, target = chosen
    return place.put(token.start, token.end, f"[{text[:4].strip()}-]({target})")


def link_glued(place: Place, random: Random) -> Damage | None:
    """The blank between a link and the next word goes."""
    tokens = [
        token
        for _, token, _, _ in _links(place)
        if re.match(r" [^\W\d_]{2}", place.text(token.end, token.end + 8))
    ]
    token = pick(random, tokens)
    return None if token is None else place.put(token.end, token.end + 1, "")


def link_made(place: Place, random: Random) -> Damage | None:
    """`name (abbreviation)` becomes `[name](abbreviation)`."""
    targets = [target for _, target in place.both()]
    found = matches(place, targets, re.compile(r"([^\W\d_]{3,}) \(([^\W\d_]{2,12})\)"))
    chosen = pick(random, found)
    if chosen is None:
        return None
    _, start, match = chosen
    return put_match(place, start, match, f"[{match[1]}]({match[2]})")


def fragment_changed(place: Place, random: Random) -> Damage | None:
    """The part of a target after `#` is translated."""
    chosen = pick(random, [one for one in _links(place) if re.search(r"#[a-z]{3}", one[3])])
    word = foreign_word(place, random)
    if chosen is None or word is None:
        return None
    _, token, text, target = chosen
    return place.put(token.start, token.end, f"[{text}]({target.partition('#')[0]}#{word.lower()})")


def anchor_translated(place: Place, random: Random) -> Damage | None:
    """`{#limits}` becomes `{#limiti}`."""
    chosen, word = pick(random, place.tokens(TokenKind.ANCHOR)), foreign_word(place, random)
    if chosen is None or word is None:
        return None
    return place.put(chosen[1].start, chosen[1].end, f"{{#{word.lower()}}}")


def anchor_dropped(place: Place, random: Random) -> Damage | None:
    """`{#limits}` goes."""
    chosen = pick(random, place.tokens(TokenKind.ANCHOR))
    return None if chosen is None else place.put(chosen[1].start, chosen[1].end, "")


def _images(place: Place) -> list[re.Match[bytes]]:
    shared = {match[2] for match in _IMAGE.finditer(place.source.data)}
    return [match for match in _IMAGE.finditer(place.target.data) if match[2] in shared]


def image_dropped(place: Place, random: Random) -> Damage | None:
    """A picture goes."""
    match = pick(random, _images(place))
    return None if match is None else place.put(match.start(), match.end(), "")


def image_changed(place: Place, random: Random) -> Damage | None:
    """Another picture stands there."""
    match = pick(random, _images(place))
    if match is None:
        return None
    return place.put(match.start(2), match.end(2), "assets/panoramica-altro.png")


def alt_emptied(place: Place, random: Random) -> Damage | None:
    """The text that stands for a picture goes."""
    match = pick(random, [match for match in _images(place) if match[1].strip()])
    return None if match is None else place.put(match.start(1), match.end(1), "")


def video_dropped(place: Place, random: Random) -> Damage | None:
    """A video goes."""
    block = pick(random, place.blocks(BlockKind.VIDEO))
    return None if block is None else place.put(block.start, block.end, "")


_L = Family.LINKS
_ST = Family.STRUCTURE

MUTATIONS = (
    Mutation("link-text-emptied", _L, text_emptied, (), (_L,)),
    Mutation("link-text-invisible", _L, text_symbol, (), (_L,)),
    Mutation("link-reversed", _L, reversed_link, (), (_L,)),
    Mutation("link-brackets-swapped", _L, brackets_swapped, (), (_L,)),
    Mutation("link-unlinked", _L, unlinked, (), (_L,)),
    Mutation("link-target-emptied", _L, target_emptied, (), (_L,)),
    Mutation("link-spaced", _L, link_spaced, (), (_L,)),
    Mutation("link-padded", _L, link_padded, (), (_L,)),
    Mutation("link-dropped", _L, link_dropped, (), (_L,)),
    Mutation("link-target-changed", _L, target_changed, (), (_L,)),
    Mutation("link-targets-swapped", _L, targets_swapped, (), (_L,)),
    Mutation("link-text-cut", _L, text_cut, (), (_L,)),
    Mutation("link-glued", _L, link_glued, (), (_L,), except_languages=UNSPACED),
    Mutation("link-made", _L, link_made, (), (_L,)),
    Mutation("link-fragment-translated", _L, fragment_changed, (), (_L,)),
    Mutation("anchor-translated", _L, anchor_translated, (), (_L, _ST)),
    Mutation("anchor-dropped", _L, anchor_dropped, (), (_L, _ST)),
    Mutation("image-dropped", _L, image_dropped, (), (_L, _ST)),
    Mutation("image-changed", _L, image_changed, (), (_L, _ST)),
    Mutation("image-alt-emptied", _L, alt_emptied, (), (_L, _ST, Family.LANGUAGE)),
    Mutation("video-dropped", _L, video_dropped, (), (_L, _ST)),
)
