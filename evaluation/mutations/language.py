"""Damage to the language of a page: left as it was, another one, cut, or said over and over."""

from __future__ import annotations

import re
from random import Random

from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Family
from bilint.model.segment_text import plain
from evaluation.mutations.base import HEAD, Damage, Mutation, Place, matches, pick, put_match

_SENTENCE_END = re.compile(r"[.!?](?= |$)|[。！？]")

_STRANGERS = {
    "de": "Diese Einstellung gilt für alle Konten, die in derselben Umgebung angelegt wurden.",
    "es": "Esta opción se aplica a todas las cuentas creadas en el mismo entorno de trabajo.",
    "pt": "Esta opção é válida para todas as contas que foram criadas no mesmo ambiente.",
    "ru": "Эта настройка действует для всех учётных записей, созданных в одной среде.",
    "ja": "この設定は、同じ環境で作成されたすべてのアカウントに適用されます。",
}
_META = (
    "Here is the translation of the text:",
    "As an AI language model, I cannot open links.",
    "I'm sorry, but I can't translate this text.",
    "Translation:",
)


def _whole(place: Place, words: int, *kinds: SegmentKind) -> list[tuple[Segment, Segment]]:
    """Translated segments on one line, whose source is prose as well."""
    return [
        (source, target)
        for source, target in place.prose(words, *kinds)
        if "\n" not in source.text and "\n" not in target.text and "|" not in source.text
    ]


def _untranslated(place: Place, random: Random, words: int, *kinds: SegmentKind) -> Damage | None:
    chosen = pick(random, _whole(place, words, *kinds))
    if chosen is None:
        return None
    source, target = chosen
    return place.put(target.start, target.end, source.text)


def paragraph_untranslated(place: Place, random: Random) -> Damage | None:
    """A paragraph or list item stands in the source language."""
    return _untranslated(place, random, 7, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM)


def heading_untranslated(place: Place, random: Random) -> Damage | None:
    """A heading stands in the source language."""
    return _untranslated(place, random, 4, SegmentKind.HEADING)


def cell_untranslated(place: Place, random: Random) -> Damage | None:
    """A cell of a table stands in the source language."""
    return _untranslated(place, random, 5, SegmentKind.TABLE_CELL)


def description_untranslated(place: Place, random: Random) -> Damage | None:
    """The description in the front matter stands in the source language."""
    both = [
        (source, target)
        for source, target, _ in place.pairs
        if source is not None
        and target is not None
        and target.kind in HEAD
        and len(source.text.split()) > 5
        and source.text != target.text
        and "\n" not in place.text(target.start, target.end)
    ]
    chosen = pick(random, both)
    if chosen is None:
        return None
    source, target = chosen
    text = " ".join(source.text.split()).replace("'", "’")
    quote = place.text(target.start - 1, target.start)
    return place.put(target.start, target.end, text if quote in ("'", '"') else f"'{text}'")


def sentence_untranslated(place: Place, random: Random) -> Damage | None:
    """A sentence of the source stands at the end of its translation."""
    found = []
    for source, target in _whole(place, 16, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM):
        sentences = [one for one in re.split(r"(?<=[.!?]) ", source.text) if "[" not in one]
        found += [(target, one) for one in sentences if len(one.split()) > 7]
    chosen = pick(random, found)
    if chosen is None:
        return None
    target, sentence = chosen
    return place.put(target.end, target.end, f" {sentence}")


def stranger(place: Place, random: Random) -> Damage | None:
    """A segment stands in a third language."""
    chosen = pick(random, _whole(place, 8, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM))
    languages = sorted(set(_STRANGERS) - {place.language})
    if chosen is None or chosen[1].tokens:
        return None
    return place.put(chosen[1].start, chosen[1].end, _STRANGERS[random.choice(languages)])


def strange_sentence(place: Place, random: Random) -> Damage | None:
    """A sentence in a third language stands after a segment."""
    chosen = pick(random, _whole(place, 8, SegmentKind.PARAGRAPH))
    languages = sorted(set(_STRANGERS) - {place.language})
    if chosen is None:
        return None
    return place.put(chosen[1].end, chosen[1].end, f" {_STRANGERS[random.choice(languages)]}")


def repetition(place: Place, random: Random) -> Damage | None:
    """The last words are said over and over."""
    targets = [
        target
        for _, target in _whole(place, 8, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM)
        if len(target.text.split()) > 6 and not target.tokens
    ]
    one = pick(random, targets)
    if one is None:
        return None
    words = " ".join(one.text.split()[-random.randrange(3, 6) :])
    return place.put(one.end, one.end, f" {words}" * random.randrange(4, 9))


def meta_text(place: Place, random: Random) -> Damage | None:
    """A machine speaks of what it does."""
    chosen = pick(random, _whole(place, 6, SegmentKind.PARAGRAPH))
    if chosen is None:
        return None
    return place.put(chosen[1].start, chosen[1].start, f"{random.choice(_META)} ")


def sentence_dropped(place: Place, random: Random) -> Damage | None:
    """Of several sentences the last ones are not there."""
    found = []
    for source, target in _whole(place, 20, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM):
        ends = [match.end() for match in _SENTENCE_END.finditer(target.text)]
        ours = [match.end() for match in _SENTENCE_END.finditer(source.text)]
        inner = [at for at in ends if 20 < at < 0.6 * len(target.text)]
        if inner and len(ends) == len(ours) and not target.tokens:
            found.append((target, inner[0]))
    chosen = pick(random, found)
    if chosen is None:
        return None
    target, at = chosen
    start = target.start + len(target.text[:at].encode())
    return place.put(start, target.end, "")


def segment_truncated(place: Place, random: Random) -> Damage | None:
    """A segment ends after a fifth of it."""
    targets = [
        target
        for _, target in _whole(place, 20, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM)
        if not target.tokens
    ]
    one = pick(random, targets)
    if one is None:
        return None
    start = one.start + len(one.text[: len(one.text) // 5].rstrip().encode())
    return place.put(start, one.end, "")


def word_doubled(place: Place, random: Random) -> Damage | None:
    """A word stands twice."""
    targets = [target for _, target in place.prose(6)]
    found = matches(place, targets, re.compile(r"(?<= )[^\W\d_]{3,}(?= )"))
    chosen = pick(random, found)
    if chosen is None:
        return None
    _, start, match = chosen
    return put_match(place, start, match, f"{match[0]} {match[0]}")


def another_text(place: Place, random: Random) -> Damage | None:
    """A segment has the text of another one."""
    both = _whole(place, 8, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM)
    if len(both) < 2:
        return None
    (_, one), (_, other) = random.sample(both, 2)
    if plain(one) == plain(other):
        return None
    return place.put(one.start, one.end, other.text)


def negation_dropped(place: Place, random: Random) -> Damage | None:
    """A sentence that forbids allows."""
    word = {"it": r"\b[Nn]on ", "fr": r"\bne (?=[^\W\d_]+ pas\b)", "nl": r"\bniet "}
    if place.language not in word:
        return None
    targets = [
        target
        for source, target in _whole(place, 4)
        if re.search(r"(?i)\b(?:do not|don't|must not|never)\b", source.text)
        and len(re.findall(r"(?i)\b(?:non|ne|niet|not|no)\b", target.text)) == 1
    ]
    chosen = pick(random, matches(place, targets, re.compile(word[place.language])))
    return None if chosen is None else put_match(place, chosen[1], chosen[2], "")


def address_changed(place: Place, random: Random) -> Damage | None:
    """A page that speaks to its reader in one way does so once in another."""
    ways = {
        "fr": (r"(?<= )vos (?=[^\W\d_])", "tes ", r"\b[Vv]o(?:us|tre|s)\b"),
        "it": (r"(?<= )tuo (?=[^\W\d_])", "vostro ", r"\b(?:[Pp]uoi|[Dd]evi|tu[oae]|tuoi)\b"),
        "ko": (r"합니다\.", "한다.", r"니다\."),
        "nl": (r"(?<= )uw (?=[^\W\d_])", "jouw ", r"\b[Uu]w?\b"),
    }
    if place.language not in ways:
        return None
    said, other, habit = ways[place.language]
    both = _whole(place, 4, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM)
    if sum(len(re.findall(habit, target.text)) for _, target in both) < _OFTEN:
        return None
    targets = [target for source, target in both if "you" in source.text.lower()]
    chosen = pick(random, matches(place, targets, re.compile(said)))
    return None if chosen is None else put_match(place, chosen[1], chosen[2], other)


def fragment_left(place: Place, random: Random) -> Damage | None:
    """Small words of the source stand within the translated sentence."""
    found = [
        (start, match, said)
        for source, target in _whole(place, 8)
        for said in _SMALL.findall(source.text)
        for _, start, match in matches(place, [target], _BETWEEN)
    ]
    chosen = pick(random, found)
    return None if chosen is None else put_match(place, chosen[0], chosen[1], chosen[2])


_OFTEN = 10
"""Places at which a page must speak to its reader, for one in another way to be out of place."""

_SMALL = re.compile(r" (?:and|of|into|with|for|from|to) (?:the|this|these|your) ")
_BETWEEN = re.compile(r"(?<=[^\W\d_]{4}) (?=[^\W\d_]{4})")
_G = Family.LANGUAGE
_S = Family.STRUCTURE
_UNTRANSLATED = ("untranslated-segment",)

MUTATIONS = (
    Mutation("paragraph-untranslated", _G, paragraph_untranslated, _UNTRANSLATED, (_G,)),
    Mutation("heading-untranslated", _G, heading_untranslated, _UNTRANSLATED, (_G,)),
    Mutation("cell-untranslated", _G, cell_untranslated, _UNTRANSLATED, (_G,)),
    Mutation("description-untranslated", _G, description_untranslated, _UNTRANSLATED, (_G,)),
    Mutation("sentence-untranslated", _G, sentence_untranslated, ("source-language-sentence",)),
    Mutation(
        "segment-in-third-language", _G, stranger, ("foreign-script", "third-language"), (_G,)
    ),
    Mutation(
        "sentence-in-third-language",
        _G,
        strange_sentence,
        ("foreign-script", "third-language"),
        (_G,),
    ),
    Mutation("repetition-loop", _G, repetition, ("repetition-loop",), (_G,)),
    Mutation("machine-talk", _G, meta_text, ("machine-talk",), (_G,)),
    Mutation("sentence-dropped", _G, sentence_dropped, ("length-unlikely",), (_G, _S)),
    Mutation("segment-truncated", _G, segment_truncated, ("length-unlikely",), (_G, _S)),
    Mutation("word-doubled", _G, word_doubled, ("repeated-word",), (_G, Family.TYPOGRAPHY)),
    Mutation(
        "text-of-another-segment",
        _G,
        another_text,
        ("text-repeated",),
        (_G, _S, Family.TERMS),
    ),
    Mutation("negation-dropped", _G, negation_dropped, ("negation-lost",), (_G,)),
    Mutation("address-changed", _G, address_changed, ("address-mixed",), (_G,)),
    Mutation("fragment-untranslated", _G, fragment_left, ("source-fragment",), (_G,)),
)
