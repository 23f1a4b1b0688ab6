"""The words of an English text, as they are learnt from and looked for.

Nothing here knows grammar: what stands beside a word tells whether it is a noun or a verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bilint.model.pattern import late
from bilint.model.record import NamedTuple

BARRIER = ""
"""Stands among the words of a source for what parts them: a mark, a number, code, a name."""

HIDDEN = "\x01"
"""Stands for a character that is not to be read."""

VERB = "~"
"""Ends the lemma of what stands where a verb does: `to account for`."""

_AROUND = "()[]{}\"“”'’.,;:!?…•"
_BEFORE = frozenset('([{"“•')
_POSSESSIVE = ("'s", "’s")
_SENTENCE = (".", ":", "!", "?", "•")


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FUNCTION_WORDS = _word_set(
    """
    a an the this that these those each every any all some no none both either neither such same
    other others another more most many much several few less least own and or but nor so yet if
    then than when while where because although though unless until since once whether as per
    via of in on at to for with without within into onto from by about between among across
    through during before after above below over under up down out off against toward around
    along upon beyond is are be been being was were am do does did done doing have has had
    having can could will would shall should may might must not only also too very just even
    still already again always never often now here there it its they them their theirs he she
    his her you your yours we us our ours who whom whose which what how why one two three four
    five six seven eight nine ten first second third next last new use using used make makes
    made see etc due rather instead time
    """
)
"""English words that are no terms nor part of one."""

_BEFORE_NOUN = _word_set(
    """
    a an the this that these those each every any all some no more most multiple several many
    your its their our of for with by from per into one two both such which another other
    """
)
_OPENS_OBJECT = _word_set(
    """
    the a an your these this all any each up for
    """
)
_AFTER_VERB = _word_set(
    """
    the a an your its their his her our my these this those every each no it them what whether how
    why where
    """
)
"""What follows a verb and, without a mark between them, hardly ever a noun."""

_BEFORE_VERB = _word_set(
    """
    to can will must should may might could would not then you we they cannot also please
    """
)
_DOES = _word_set(
    """
    it he she who nothing something everything anything nobody somebody everybody anybody
    """
)
"""What a verb in `-s` follows."""

_BEFORE_PARTICIPLE = _word_set("is are was were be been being has have had get gets got")
_OWN_PARTICIPLES = _word_set(
    "run set put cut read split reset input output offset hit shut cast broadcast"
)
_AFTER_NOUN = _word_set(
    """
    of is are was were has have had can may must will should cannot which who whose does do did and
    or than
    """
)
_BEFORE_ANY_VERB = (
    _BEFORE_VERB | _DOES | _word_set("and or then but that which what where also only always never")
)
_PARTICLES_OF_VERBS = _word_set("out up off down back again")
_NEVER_VERBS = ("ness", "ity", "ship", "ism", "tion", "sion", "logy", "ance", "ence")
_VERBS_IN_ION = _word_set(
    """
    position mention condition function question section partition transition provision commission
    station portion caution version reference evidence balance experience influence sequence
    distance advance enhance finance instance silence audition petition auction proportion
    """
)
_LAST_WORD = late(r"([A-Za-z]+)[ \n]+$")
_NEXT_WORD = late(r"[ \n]+([A-Za-z]+)")
_OPENERS = frozenset(".,:;!?•|\n\r\x02–—(")
_JOINS = frozenset(("and", "or", "then", "but"))


class Word(NamedTuple):
    """A word of a source text: its lemma, capitalised where it seems part of a name."""

    lemma: str
    start: int
    end: int


def hide(text: str, names: Iterable[str]) -> str:
    """The text with names made unreadable, in their length; a longer name before one within it."""
    for name in sorted(names, key=lambda one: (-len(one), one)):
        if name and name in text:
            text = text.replace(name, HIDDEN * len(name))
    return text


def source_words(text: str) -> list[str]:
    """The lemmas of an English text, with barriers between what does not belong together."""
    return _lemmas(text)[0]


def placed_words(text: str) -> list[Word]:
    """The words of an English text. Between words that belong together no barrier stands.

    At the beginning of a sentence a capital says nothing, unless the next word has one too.
    """
    lemmas, places = _lemmas(text)
    return [Word(lemma, *place) for lemma, place in zip(lemmas, places, strict=True)]


def _lemmas(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The lemmas of an English text, and where they stand."""
    lemmas: list[str] = []
    places: list[tuple[int, int]] = []
    opens = True
    doubtful = False
    objects: frozenset[str] = frozenset()
    before = ""
    position = 0
    for chunk in text.split():
        position = text.index(chunk, position)
        bare, start = chunk, position
        position += len(chunk)
        simple = chunk.isalpha()
        if not simple:
            bare = chunk.strip(_AROUND)
            start += chunk.find(bare) if bare else 0
        end = start + len(bare)
        if bare in objects and chunk[0] == bare[0]:
            lemmas[-1] += VERB
        if not simple:
            if chunk[0] in _BEFORE and lemmas:
                lemmas.append(BARRIER)
                places.append((start, start))
            if bare.endswith(_POSSESSIVE):
                bare = bare[:-2]
            simple = bare.replace("-", "").isalpha()
        if not (simple and bare.isascii() and bare[1:].islower()):
            if doubtful and bare[:1].isupper():
                lemmas[-1] = lemmas[-1].capitalize()
            lemmas.append(BARRIER)
            places.append((start, end))
            opens = chunk.endswith(_SENTENCE)
            doubtful = False
            objects = frozenset()
            before = ""
            continue
        name = bare[0].isupper()
        if name and doubtful:
            lemmas[-1] = lemmas[-1].capitalize()
        doubtful = name and opens
        lower = bare.lower()
        single = lemma(lower)
        objects = _objects(lower, before, opens=opens) if end == position else frozenset()
        if lemmas and bare not in FUNCTION_WORDS:
            by = _BEFORE_VERB if single == lower else _DOES
            if bare == lower and lemmas[-1] in by:
                single += VERB
                objects = frozenset()
        lemmas.append(single.capitalize() if name and not opens else single)
        places.append((start, end))
        opens = False
        before = lower
        if end < position:
            lemmas.append(BARRIER)
            places.append((end, end))
            opens = chunk.endswith(_SENTENCE)
            doubtful = False
            before = ""
    return lemmas, places


def _objects(word: str, before: str, *, opens: bool) -> frozenset[str]:
    """The words that show a word to be a verb if one of them comes next.

    `Check the list`, `the page names a file`, `pages name the file`, `open it and check the list`.
    """
    plural = lemma(word) != word
    if opens:
        return _AFTER_VERB if plural else _OPENS_OBJECT | _AFTER_VERB
    if word in FUNCTION_WORDS or not before:
        return frozenset()
    if before in FUNCTION_WORDS:
        return _AFTER_VERB if before in _JOINS and not plural else frozenset()
    return _AFTER_VERB if plural != (lemma(before) != before) else frozenset()


def likely_verb(text: str, start: int, end: int) -> bool:
    """Whether a word of an English text, which may be a noun, rather stands there as a verb.

    `Run` before code, `is run by hand`, `it runs`, `the page names the file`.
    """
    if not _can_be_verb(word := text[start:end].lower()):
        return False
    before, after = _beside(text, start, end)
    following = text[end:].lstrip(" ")[:1]
    if after in _AFTER_VERB or after in _PARTICLES_OF_VERBS:
        return before not in FUNCTION_WORDS or before in _BEFORE_ANY_VERB
    if lemma(word) != word:
        content = before not in FUNCTION_WORDS if before else text[:start].endswith(" ")
        return before in _DOES or (content and following == HIDDEN)
    if before in _BEFORE_VERB:
        return after != "of"
    if before in _BEFORE_PARTICIPLE and word in _OWN_PARTICIPLES:
        return after != "of"
    return following == HIDDEN and (before in _JOINS or (not before and _opening(text, start)))


def may_be_verb(text: str, start: int, end: int) -> bool:
    """Whether a word of an English text, which may be a noun, may stand there as a verb.

    It says so as well where nobody can tell without knowing what is meant: `Check results`,
    `pages name versions`.
    """
    if likely_verb(text, start, end):
        return True
    word = text[start:end].lower()
    if not _can_be_verb(word) or lemma(word) != word:
        return False
    before, after = _beside(text, start, end)
    if not before or before in _JOINS:
        # A noun that has no article is a verb as likely, save where its verb comes next.
        following = text[end:].lstrip(" ")[:1]
        return following.isalnum() and after not in _AFTER_NOUN and _opening(text, start)
    return before not in FUNCTION_WORDS and lemma(before) != before


def _can_be_verb(word: str) -> bool:
    return " " not in word and (not word.endswith(_NEVER_VERBS) or word in _VERBS_IN_ION)


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a stretch of a text, without a mark between them."""
    before = _LAST_WORD.search(text[max(0, start - 40) : start])
    after = _NEXT_WORD.match(text, end)
    return before[1].lower() if before else "", after[1].lower() if after else ""


def _opening(text: str, start: int) -> bool:
    """Whether a sentence, or a part of one, begins there."""
    left = text[:start].rstrip(" ")
    return not left or left[-1].isalpha() or left[-1] in _OPENERS


def lemma(word: str) -> str:
    """An English noun in the singular."""
    if word[-1:] != "s" or word == "does":
        return word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def likely_noun(word: str, before: Mapping[str, int], after: Mapping[str, int]) -> bool:
    """Whether a word is a noun, by the words that stand before and after it, with their counts."""
    if word.endswith(("ed", "ly")) or not word.islower():
        return False
    known = sum(times for word, times in before.items() if word)
    noun = sum(times for word, times in before.items() if word in _BEFORE_NOUN)
    verb = sum(times for word, times in before.items() if word in _BEFORE_VERB)
    whole = sum(after.values())
    last = sum(times for word, times in after.items() if word in FUNCTION_WORDS or not word)
    objects = sum(after.get(word, 0) for word in _OPENS_OBJECT)
    return (
        known > 0
        and noun * 8 >= known
        and verb * 10 <= known
        and last * 4 >= whole
        and objects * 10 <= whole
    )
