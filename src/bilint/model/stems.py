"""The pieces of a target text that may stand for a word of its source.

Nothing here knows grammar: a word is known by its beginning, so that its endings do not count.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache

from bilint.model.pattern import late
from bilint.model.record import NamedTuple

UNSPACED = frozenset(("ja", "zh", "yue"))
"""Languages that put no blanks between words."""

INFLECTED_WITHIN = frozenset(
    "ca cs cy da de el es fo ga gl hr hu is lb nb nn no pl pt sk sl sv".split()  # noqa: SIM905
)
"""Languages in which the accents of a word come and go as it is inflected."""

_WORD = late(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_OR_HANGUL = late(r"[\uac00-\ud7a3]+|[^\W\d_\uac00-\ud7a3]+(?:-[^\W\d_\uac00-\ud7a3]+)*")
_KATAKANA_OR_HAN = late(r"[\u30a1-\u30fa\u30fc]{2,}|[\u3400-\u9fff々]+|[A-Za-z]+")
_HANGUL = "\uac00"
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


class Unit(NamedTuple):
    """A piece of a target text. `stem` is what its inflected forms have in common."""

    stem: str
    text: str
    start: int
    end: int


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
