"""Damage to bracketed keywords, placeholders and attribute lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from bilint.model.document import Segment, SegmentKind, Token, TokenKind
from bilint.model.finding import Family
from bilint.model.text import Span
from evaluation.mutations.base import (
    UNSPACED,
    Damage,
    Mutation,
    Place,
    foreign_word,
    free,
    pick,
    put_match,
)

_TABS = (TokenKind.TAB, TokenKind.BADGE)
_DNL, _UICONTROL = TokenKind.DNL, TokenKind.UICONTROL
_BEFORE = re.compile(r"((?:[^\W\d_]{2,} ){2})([A-Z][a-z]{3,} )$")
_INSIDE = re.compile(r"\[!\w+\s+(.*)\]", re.DOTALL)


def dnl_translated(place: Place, random: Random) -> Damage | None:
    """`[!DNL Campaign]` becomes `[!DNL Campagna]`."""
    chosen, word = pick(random, place.tokens(_DNL)), foreign_word(place, random)
    if chosen is None or word is None:
        return None
    token = chosen[1]
    return place.put(token.start, token.end, f"[!DNL {word}]")


def dnl_dropped(place: Place, random: Random) -> Damage | None:
    """The whole of `[!DNL Campaign]` goes."""
    chosen = pick(random, [one for one in place.tokens(_DNL) if _has_more(*one)])
    return None if chosen is None else place.put(chosen[1].start, chosen[1].end, "")


def dnl_letter_changed(place: Place, random: Random) -> Damage | None:
    """One letter of what must not be translated is another."""
    chosen = pick(random, [one for one in place.tokens(_DNL) if len(one[1].value) > 3])
    if chosen is None:
        return None
    token = chosen[1]
    at = token.text.rindex(token.value) + random.randrange(1, len(token.value) - 1)
    letter = "x" if token.text[at] != "x" else "y"
    return place.put(token.start, token.end, token.text[:at] + letter + token.text[at + 1 :])


def keyword_spaced(place: Place, random: Random) -> Damage | None:
    """`[!DNL` becomes `[! DNL`."""
    chosen = pick(random, place.tokens(_DNL, _UICONTROL))
    return None if chosen is None else place.put(chosen[1].start, chosen[1].start + 2, "[! ")


def keyword_unclosed(place: Place, random: Random) -> Damage | None:
    """The closing bracket of a keyword goes."""
    chosen = pick(random, place.tokens(_DNL, _UICONTROL))
    if chosen is None:
        return None
    damage = place.put(chosen[1].end - 1, chosen[1].end, "")
    if damage is None:
        return None
    start = chosen[1].start
    return damage._replace(span=Span(start, damage.span.end), was=Span(start, damage.was.end))


def keyword_translated(place: Place, random: Random) -> Damage | None:
    """`[!UICONTROL` becomes `[!CONTROLLOUI`."""
    chosen = pick(random, place.tokens(_DNL, _UICONTROL))
    if chosen is None:
        return None
    token = chosen[1]
    inside = _INSIDE.fullmatch(token.text)
    word = "NPT" if token.kind is _DNL else "CONTROLLOUI"
    return place.put(token.start, token.end, f"[!{word} {inside[1]}]") if inside else None


def alert_translated(place: Place, random: Random) -> Damage | None:
    """`>[!NOTE]` becomes `>[!NOTA]`."""
    return _alert(place, random, lambda _text: "[!NOTA]")


def alert_changed(place: Place, random: Random) -> Damage | None:
    """A note becomes a warning."""
    return _alert(place, random, lambda text: "[!TIP]" if "WARN" in text else "[!WARNING]")


def _alert(place: Place, random: Random, other: Callable[[str], str]) -> Damage | None:
    """Another keyword; it is told there, or on the text that it belongs to."""
    token = pick(random, [one for one in place.target.tokens if one.kind is TokenKind.ALERT])
    damage = place.put(token.start, token.end, other(token.text)) if token is not None else None
    if token is None or damage is None:
        return None
    moved = damage.span.end - damage.was.end
    end = next((one.end for one in place.target.segments if one.start >= token.end), token.end)
    return damage._replace(where=Span(token.start, end + moved))


def token_glued(place: Place, random: Random) -> Damage | None:
    """The blank between a keyword and the next word goes."""
    tokens = [
        token
        for _, token in place.tokens(_DNL, _UICONTROL)
        if re.match(r" [^\W\d_]{2}", place.text(token.end, token.end + 8))
    ]
    token = pick(random, tokens)
    if token is None:
        return None
    return place.put(token.end, token.end + 1, "")


def uicontrol_unwrapped(place: Place, random: Random) -> Damage | None:
    """`[!UICONTROL Save]` becomes `Save`."""
    chosen = pick(random, place.tokens(_UICONTROL))
    return None if chosen is None else place.put(chosen[1].start, chosen[1].end, chosen[1].value)


def uicontrol_dropped(place: Place, random: Random) -> Damage | None:
    """The whole of `[!UICONTROL Save]` goes."""
    chosen = pick(random, [one for one in place.tokens(_UICONTROL) if _has_more(*one)])
    return None if chosen is None else place.put(chosen[1].start, chosen[1].end, "")


def token_to_front(place: Place, random: Random) -> Damage | None:
    """A keyword from the middle of a sentence stands at its beginning."""
    tokens = [
        (segment, token)
        for segment, token in place.tokens(_DNL)
        if token.start > segment.start + 20
        and token.end < segment.end - 10
        and place.text(token.start - 1, token.start) == " "
        and sum(one.kind is _DNL for one in segment.tokens) == 1
    ]
    chosen = pick(random, tokens)
    if chosen is None:
        return None
    segment, token = chosen
    before = place.text(segment.start, token.start - 1)
    if "\n" in before or any(one.end > token.start > one.start for one in segment.tokens):
        return None
    return place.put(segment.start, token.end, f"{token.text} {before}")


def token_torn(place: Place, random: Random) -> Damage | None:
    """`words Acme [!DNL Beacon]` becomes `Acme words [!DNL Beacon]`."""
    found = []
    for source, target in place.both():
        for token in target.tokens:
            before = place.text(target.start, token.start) if token.kind is _DNL else ""
            match = _BEFORE.search(before)
            if match and f"{match[2]}{token.text}" in source.text and "[" not in match[0]:
                found.append((token, match))
    chosen = pick(random, found)
    if chosen is None:
        return None
    token, match = chosen
    start = token.start - len(match[0].encode())
    return place.put(start, token.end, f"{match[2]}{match[1]}{token.text}")


def placeholder_leaked(place: Place, random: Random) -> Damage | None:
    """A placeholder of the pipeline stands in the text."""
    leak = random.choice(("{0}", " {1} ", "4}", "{0", "2&rbrace;"))
    return _after_a_word(place, random, leak)


def pipeline_error(place: Place, random: Random) -> Damage | None:
    """The pipeline's word for what it could not find stands in the text."""
    return _after_a_word(place, random, "-ERR:REF-NOT-FOUND-")


def attributes_escaped(place: Place, random: Random) -> Damage | None:
    """`{zoomable="yes"}` becomes `{zoomable=&quot;yes&quot;}`."""
    found = [
        (match.start(), match.end(), match[0].decode())
        for match in re.finditer(rb'\{[a-z-]+="[^"{}]*"[^{}\n]*\}', place.target.data)
        if match[0] in place.source.data
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    start, end, text = chosen
    return place.put(start, end, text.replace('"', "&quot;"))


def attributes_translated(place: Place, random: Random) -> Damage | None:
    """`{zoomable="yes"}` becomes `{ingrandibile="yes"}`."""
    found = [
        match
        for match in re.finditer(rb'\{([a-z-]+)="[^"{}]*"[^{}\n]*\}', place.target.data)
        if match[0] in place.source.data
    ]
    match = pick(random, found)
    return None if match is None else place.put(match.start(1), match.end(1), "ingrandibile")


def task_box_eaten(place: Place, random: Random) -> Damage | None:
    """`- [ ] Check the list` becomes `- [ Check ] the list`."""
    boxes = [
        match
        for match in re.finditer(rb"(?m)^[ >]*[-*] (\[[ xX]\] )([^\s\[\]]+)", place.target.data)
        if b"[ ]" in place.source.data or b"[x]" in place.source.data
    ]
    match = pick(random, boxes)
    if match is None:
        return None
    return place.put(match.start(1), match.end(2), f"[ {match[2].decode('utf-8', 'replace')} ]")


def tab_keyword_translated(place: Place, random: Random) -> Damage | None:
    """`>[!TAB Name]` becomes `>[!SCHEDA Name]`, and so for badges."""
    token = pick(random, [one for one in place.target.tokens if one.kind in _TABS])
    if token is None:
        return None
    return place.put(token.start, token.end, re.sub(r"^\[!\w+", "[!SCHEDA", token.text))


def tab_untranslated(place: Place, random: Random) -> Damage | None:
    """The label of a tab or badge stands in the source language."""
    both = [
        (source, target)
        for source, target in place.both(SegmentKind.TAB, SegmentKind.BADGE)
        if source.text != target.text and len(source.text) > 3
    ]
    chosen = pick(random, both)
    return None if chosen is None else place.put(*chosen[1].span, chosen[0].text)


def label_swallowed(place: Place, random: Random) -> Damage | None:
    """`[!UICONTROL Save] and then` becomes `[!UICONTROL Save and then]`."""
    found = [
        (token, match[0])
        for _, token in place.tokens(_UICONTROL)
        if (match := re.match(r"(?: [^\W\d_]+){1,3}", place.text(token.end, token.end + 40)))
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    token, words = chosen
    return place.put(token.start, token.end + len(words.encode()), f"{token.text[:-1]}{words}]")


def label_padded(place: Place, random: Random) -> Damage | None:
    """`[!UICONTROL Save]` becomes `[!UICONTROL  Save ]`."""
    chosen = pick(random, place.tokens(_UICONTROL))
    if chosen is None:
        return None
    return place.put(chosen[1].end - 1, chosen[1].end - 1, " ")


def variable_altered(place: Place, random: Random) -> Damage | None:
    """`{{name}}` becomes `{{nome}}`, or loses a brace."""
    found = [
        match
        for match in re.finditer(rb"\{\{[^{}\n]+\}\}", place.target.data[place.target.body_start :])
        if match[0] in place.source.data
    ]
    match = pick(random, found)
    if match is None:
        return None
    start, end = (place.target.body_start + at for at in match.span())
    text = match[0].decode()
    return place.put(start, end, random.choice((text[:-1], f"{{{{{text[2:5]}-nome}}}}", "")))


def _after_a_word(place: Place, random: Random, text: str) -> Damage | None:
    spans = [
        (start, match)
        for _, target in place.prose(6)
        for start, end in free(target)
        for match in re.finditer(r"[^\W\d_]{3,}(?= )", place.text(start, end))
    ]
    chosen = pick(random, spans)
    if chosen is None:
        return None
    start, match = chosen
    return put_match(place, start, match, f"{match[0]} {text}")


def _has_more(segment: Segment, token: Token) -> bool:
    return segment.end - segment.start > token.end - token.start + 8


_T = Family.TOKENS
_ST = Family.STRUCTURE

MUTATIONS = (
    Mutation("dnl-translated", _T, dnl_translated, ("dnl-altered",)),
    Mutation("dnl-dropped", _T, dnl_dropped, ("dnl-altered",)),
    Mutation("dnl-letter-changed", _T, dnl_letter_changed, ("dnl-altered",)),
    Mutation("keyword-spaced", _T, keyword_spaced, ("token-broken",)),
    Mutation("keyword-unclosed", _T, keyword_unclosed, ("token-broken",), (_T, Family.LINKS)),
    Mutation("keyword-translated", _T, keyword_translated, ("token-broken",)),
    Mutation(
        "alert-translated",
        _T,
        alert_translated,
        ("token-broken", "alert-altered"),
        (Family.STRUCTURE,),
    ),
    Mutation("alert-changed", _T, alert_changed, ("alert-altered",), (_T, Family.STRUCTURE)),
    Mutation("token-glued", _T, token_glued, ("token-glued",), except_languages=UNSPACED),
    Mutation("uicontrol-unwrapped", _T, uicontrol_unwrapped, ("uicontrol-dropped",)),
    Mutation("uicontrol-dropped", _T, uicontrol_dropped, ("uicontrol-dropped",)),
    Mutation("token-torn", _T, token_torn, ("token-displaced",)),
    Mutation("token-to-front", _T, token_to_front, (), (_T,)),
    Mutation(
        "placeholder-leaked", _T, placeholder_leaked, ("placeholder-leaked",), (_T, Family.LANGUAGE)
    ),
    Mutation("pipeline-error", _T, pipeline_error, ("pipeline-error-text",), (_T, Family.LANGUAGE)),
    Mutation(
        "attributes-escaped",
        _T,
        attributes_escaped,
        ("attributes-altered",),
        (_T, Family.STRUCTURE, Family.LINKS),
    ),
    Mutation(
        "attributes-translated",
        _T,
        attributes_translated,
        ("attributes-altered",),
        (_T, Family.STRUCTURE, Family.LINKS),
    ),
    Mutation("task-box-eaten", _T, task_box_eaten, ("task-box-eaten",)),
    Mutation("tab-keyword-translated", _T, tab_keyword_translated, ("token-broken",), (_T,)),
    Mutation("tab-untranslated", _T, tab_untranslated, ("tab-untranslated",), (Family.LANGUAGE,)),
    Mutation("label-swallowed", _T, label_swallowed, ("label-boundary",), (_T,)),
    Mutation("label-padded", _T, label_padded, ("label-boundary",), (_T,)),
    Mutation(
        "variable-altered", _T, variable_altered, ("variable-altered",), (_T, Family.CODE, _ST)
    ),
)
