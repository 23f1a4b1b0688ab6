"""The words of a source text, and the pieces of its translation that may stand for them.

What is common to learning how terms are rendered and to looking whether a page does it too. Nothing
here knows grammar: a word is known by its beginning, so that its endings do not count.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache

from bilint.model.pattern import late
from bilint.model.record import NamedTuple

BARRIER = ""
"""Stands among the words of a source for what parts them: a mark, a number, code, a name."""

HIDDEN = "\x01"
"""Stands for a character that is not to be read."""

VERB = "~"
"""Ends the lemma of what stands where a verb does: `to account for`."""

UNSPACED = frozenset(("ja", "zh", "yue"))
"""Languages that put no blanks between words."""

INFLECTED_WITHIN = frozenset(
    "ca cs cy da de el es fo ga gl hr hu is lb nb nn no pl pt sk sl sv".split()  # noqa: SIM905
)
"""Languages in which the accents of a word come and go as it is inflected."""

_AROUND = "()[]{}\"“”'’.,;:!?…•"
_BEFORE = frozenset('([{"“•')
_POSSESSIVE = ("'s", "’s")
_SENTENCE = (".", ":", "!", "?", "•")
_LETTERS = late(r"[^\W_]+")
_BEGIN = 4
_SMALL = 5
LIKE = 0.8
"""Share of common pairs of characters from which texts without blanks are much the same."""

_WORD = late(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_OR_HANGUL = late(r"[\uac00-\ud7a3]+|[^\W\d_\uac00-\ud7a3]+(?:-[^\W\d_\uac00-\ud7a3]+)*")
_KATAKANA_OR_HAN = late(r"[\u30a1-\u30fa\u30fc]{2,}|[\u3400-\u9fff々]+|[A-Za-z]+")
_HANGUL = "\uac00"
_HANGUL_END = "\ud7a3"
# What follows a Korean noun without a blank, longest first.
_PARTICLES = (
    *("에서는", "으로의", "에서의", "에게서", "까지의", "으로는", "이라는", "들에게"),
    *(
        "에서",
        "으로",
        "에게",
        "까지",
        "부터",
        "처럼",
        "보다",
        "이나",
        "하여",
        "하는",
        "들을",
        "들이",
    ),
    *("들은", "들의", "별로", "라는", "와의", "과의", "로의", "로는"),
    *("을", "를", "이", "가", "은", "는", "의", "에", "로", "와", "과", "도", "만", "들", "및"),
)


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


class Unit(NamedTuple):
    """A piece of a target text. `stem` is what its inflected forms have in common."""

    stem: str
    text: str
    start: int
    end: int


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


def unaccented(text: str) -> str:
    """A text in its length, without the accents of its letters.

    They come and go as words are inflected: `Lauf` and `Läufe`, `imagen` and `imágenes`.
    """
    return text if text.isascii() else text.translate(_letters_alone())


@lru_cache(maxsize=1)
def _letters_alone() -> dict[int, str]:
    """Latin and Greek letters with accents, and what they are without."""
    letters = (*range(0xC0, 0x250), *range(0x386, 0x3CF), *range(0x1E00, 0x2000))
    parts = ((code, unicodedata.normalize("NFD", chr(code))) for code in letters)
    return {code: made[0] for code, made in parts if len(made) > 1}


def stem_of(word: str, language: str) -> str:
    """What the inflected forms of a word have in common: its beginning."""
    if word >= "\u3000":
        return _without_particle(word) if language == "ko" else word
    if language in INFLECTED_WITHIN:
        word = unaccented(word)
    size = len(word)
    if size <= 3:
        return word
    return word[:-1] if size <= 6 else word[: max(5, size - 3)]


def form_stems(form: str, language: str) -> frozenset[str]:
    """The stems of a rendering, less its small words where it has others."""
    if language in UNSPACED:
        return frozenset((form,))
    word = _WORD_OR_HANGUL if language == "ko" else _WORD
    words = word.findall(form.lower())
    if len(words) > 1:
        words = [one for one in words if len(one) > 2 or one >= "\u3000"] or words
    return frozenset(stem_of(one, language) for one in words)


class Units:
    """Takes target texts of one language apart, and remembers the words that it met."""

    def __init__(self, language: str, *, counting: bool = False) -> None:
        self.language = language
        self._word = _WORD_OR_HANGUL if language == "ko" else _WORD
        self._folds = language in INFLECTED_WITHIN
        self._stems: dict[str, str] = {}
        self._times: Counter[str] | None = Counter() if counting else None

    def bare(self, text: str) -> str:
        """A text as its stems are written: without accents where they come and go."""
        return unaccented(text) if self._folds else text

    def speaks(self, unit: Unit, stem: str) -> bool:
        """Whether a piece of a text is a form of a stem, or a compound that ends in one."""
        return holds(unit.stem, stem) or holds(self.bare(unit.text), stem)

    def any_speaks(self, units: Sequence[Unit], stems: Set[str]) -> bool:
        """The same of any piece and any stem."""
        said = "\n".join([unit[0] for unit in units])
        said += "\n" + self.bare("\n".join([unit[1] for unit in units]))
        if any(within(stem, said) for stem in stems):
            return True
        words = set(said.split("\n"))
        return any(
            same_family(word, stem) for stem in stems for word in words if word[:1] == stem[:1]
        )

    def pieces(self, text: str) -> set[str]:
        """The different pieces of a text, in small letters."""
        if self.language in UNSPACED:
            return {unit.text for unit in _unspaced(text)}
        return set(self._word.findall(text.lower()))

    def stem(self, piece: str) -> str:
        """The stem of a piece."""
        found = self._stems.get(piece)
        if found is None:
            found = self._stems[piece] = stem_of(piece, self.language)
        return found

    def stems(self, text: str) -> frozenset[str]:
        """The stems of all pieces of a text."""
        pieces = self.pieces(text)
        if self._times is not None:
            self._times.update(pieces)
        return self.stems_of(pieces)

    def has(self, stem: str, text: str) -> bool:
        """Whether a text in small letters has a word with a stem: `stem in stems(text)`."""
        text = self.bare(text)
        if stem not in text:
            return False
        if self.language in UNSPACED:
            return stem in self.stems(text)
        at = text.find(stem)
        while at >= 0:
            if at == 0 or not _joined(text[max(at - 2, 0) : at], stem[0]):
                match = self._word.match(text, at)
                if match and self.stem(match[0]) == stem:
                    return True
            at = text.find(stem, at + 1)
        return False

    def any_begins(self, beginning: str, text: str) -> bool:
        """Whether a word of a text in small letters begins so."""
        text = self.bare(text)
        at = text.find(beginning)
        while at > 0 and text[at - 1].isalpha() and self.language not in UNSPACED:
            at = text.find(beginning, at + 1)
        return at >= 0

    def stems_of(self, pieces: Set[str]) -> frozenset[str]:
        """The stems of some pieces."""
        known = self._stems
        for piece in [one for one in pieces if one not in known]:
            known[piece] = stem_of(piece, self.language)
        return frozenset([known[piece] for piece in pieces])

    def placed(self, text: str) -> list[Unit]:
        """The pieces of a text with their places."""
        if self.language in UNSPACED:
            return _unspaced(text)
        lower = text.lower()
        text = lower if len(lower) == len(text) else text
        stem = self.stem
        return [
            Unit(stem(match[0]), match[0], match.start(), match.end())
            for match in self._word.finditer(text)
        ]

    def forms(self) -> dict[str, str]:
        """For each stem that was met the most frequent word that has it."""
        forms: dict[str, str] = {}
        times = self._times or Counter[str]()
        for piece in sorted(self._stems, key=lambda one: (times[one], one)):
            forms[self._stems[piece]] = piece
        return {one: one if one >= "\u3000" else form for one, form in forms.items()}


def _joined(before: str, letter: str) -> bool:
    """Whether a letter goes on with the word before it; Hangul does with Hangul alone."""
    last = before[-1]
    if last == "-":
        last = before[0] if len(before) > 1 else " "
        if letter >= _HANGUL or last >= _HANGUL:
            return False
    if not last.isalpha():
        return False
    return (last >= _HANGUL) == (letter >= _HANGUL)


def same_family(left: str, right: str) -> bool:
    """Whether two stems look like forms of one word."""
    if not left or not right or left[0] != right[0]:
        return False
    if left in right or right in left:
        return True
    if left[0] >= "\u3000":
        return left[:2] == right[:2]
    return len(left) > 3 and len(right) > 3 and left[:4] == right[:4]


def holds(word: str, stem: str) -> bool:
    """Whether a stem is a form of another, or a compound that holds it."""
    return within(stem, word) or same_family(word, stem)


def within(stem: str, text: str) -> bool:
    """Whether a stem stands in a text in small letters, be it within a word."""
    core = stem[:-1] if len(stem) > 4 and stem < "\u3000" else stem
    return len(core) > 3 and core in text


def _without_particle(word: str) -> str:
    for _ in range(2):
        for particle in _PARTICLES:
            if word.endswith(particle) and len(word) - len(particle) >= 2:
                word = word[: -len(particle)]
                break
        else:
            break
    return word


def _unspaced(text: str) -> list[Unit]:
    units = []
    for match in _KATAKANA_OR_HAN.finditer(text):
        run, start = match[0], match.start()
        if run[0] < "\u3400":
            units.append(Unit(run.lower(), run.lower(), start, match.end()))
            continue
        for size in range(2, min(5, len(run)) + 1):
            for at in range(len(run) - size + 1):
                piece = run[at : at + size]
                units.append(Unit(piece, piece, start + at, start + at + size))
    return units


def folded(text: str) -> str:
    """A text in which only its letters and digits matter."""
    return " ".join(_LETTERS.findall(text.casefold()))


def unlike(left: str, right: str) -> bool:
    """Whether two renderings differ in their words, and not merely in small ones and endings."""
    if left == right:
        return False
    ours, theirs = folded(left), folded(right)
    if ours == theirs:
        return False
    return differing(ours, theirs) > (1 - LIKE if _unblanked(ours, theirs) else 0)


def differing(ours: str, theirs: str) -> float:
    """How much of the words of two folded texts only one has, small ones and endings left out.

    Where words are not parted by blanks, pairs of characters are compared.
    """
    if _unblanked(ours, theirs):
        ours, theirs = ours.replace(" ", ""), theirs.replace(" ", "")
        one, other = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (ours, theirs))
        return 1 - 2 * len(one & other) / max(1, len(one) + len(other))
    one, other = ({_begin(word) for word in text.split()} - {""} for text in (ours, theirs))
    return len(one ^ other) / max(1, len(one | other))


def _unblanked(left: str, right: str) -> bool:
    return max(left, default="") >= "\u3000" or max(right, default="") >= "\u3000"


def _begin(word: str) -> str:
    return word[:_BEGIN] if len(word) > _SMALL else ""
