"""`quotation-glued`: a quotation stands against a word without the blank between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bilint.checks.base import Context
from bilint.checks.tokens.syntax import is_unspaced, word_set
from bilint.checks.typography.sheet import HIDDEN, Sheet, span_in, visible
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_NOT_APART = frozenset("ar bo dz fa he iw ja km ko lo mt my th ur yi yue zh".split())  # noqa: SIM905
"""Languages that set no blanks, put a letter before a quotation, or a mark within abbreviations."""

_NO_ENDINGS = frozenset(("ca", "es", "fr", "gl", "it", "pt"))
"""Languages that put no ending behind what they quote, but for that of a plural."""

_PLURAL = "s"

_LONGEST_ENDING = 2
"""Letters of small words that may be endings as well: German *er*, Dutch *en*."""

_SHORT_WORDS = {
    "de": frozenset("ab am an da im ja ob so um wo zu".split()),  # noqa: SIM905
    "nl": frozenset("al in is na of om op uw we ze zo".split()),  # noqa: SIM905
}
"""Small words of two letters that are none, by languages whose endings are few and short."""

_LONG_WORD = 5
"""Letters from which what stands behind a quotation is no ending in these languages."""

_FORMING = (
    *("achtig", "artig", "basiert", "fähig", "förmig", "frei", "gerecht", "gewijs", "haft", "isch"),
    *("lich", "los", "loos", "mäßig", "spezifisch", "weise", "ähnlich"),
)
"""What forms words with what is quoted, and no ending is: *„Lampe“artig*."""

_NOUNS_ARE_SMALL = frozenset(("nl",))
"""Of a noun in small letters nobody knows whether a blank is missing or a hyphen."""

_PARTS = word_set(
    "ab an anti auf aus auto be de des dis ein ent er ex ge her hin il im in inter mis miss mit"
    " nach ont over post pre pro pré re ri sub super trans um un ver vor zer zu über"
)
"""What a word begins with that stands in marks for itself: *„un“gültig*."""

_ELIDED = frozenset(
    "l d n s c j m t qu jusqu lorsqu puisqu un all dall dell nell sull quell quest".split()  # noqa: SIM905
)
"""Words behind which an apostrophe may be lost, and no blank."""

# A letter on either side; the mark comes first, since what begins with a literal is found fast.
_BEHIND = rb"(?=[0-9A-Za-z\x80-\xff\[*`+#])"
_TOUCHED = (
    (b'"', late(rb'"(?<=[0-9A-Za-z\x80-\xff]")' + _BEHIND)),
    (b"&", late(rb"&quot;(?<=[0-9A-Za-z\x80-\xff]&quot;)" + _BEHIND)),
    (b"\xe2", late(rb"\xe2\x80[\x9c-\x9e](?<=[0-9A-Za-z\x80-\xff]...)" + _BEHIND)),
    (b"\xc2", late(rb"\xc2[\xab\xbb](?<=[0-9A-Za-z\x80-\xff]..)" + _BEHIND)),
)
"""A single byte that a mark begins with, looked for many times faster than several, and what finds
the mark."""

_MARK = late('&quot;|["“”„«»]')
_TEXT = frozenset(HIDDEN + "[*`+-#")
_LONGEST = 20_000


class _Glue(NamedTuple):
    """Which characters to write anew, and how; None where nobody knows, and whether it is sure."""

    start: int
    end: int
    mended: str | None
    sure: bool = True


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A letter touches a quotation from outside."""
    language = primary_language(pair.locale)
    data = pair.document.data
    if language in _NOT_APART or pair.source is None:
        return
    found = chain.from_iterable(
        pattern.finditer(data, pair.document.body_start)
        for byte, pattern in _TOUCHED
        if byte in data
    )
    places = sorted(match.span() for match in found)
    read: set[int] = set()
    for spot in Sheet(pair).spots(places) if places else ():
        target, source = spot.target, spot.source
        if source is None or target.start in read or len(target.text) > _LONGEST:
            continue
        read.add(target.start)
        text = visible(pair.document, target)
        glued = list(_glued(text, language))
        if not glued or any(_glued(visible(pair.source.document, source), language)):
            continue
        for start, end, mended, sure in glued:
            yield Observation(
                f"A blank{'' if sure else ' or a hyphen'} is missing beside a quotation: "
                f"`{text[start:end]}`",
                span_in(target, text, start, end),
                text[start:end],
                source_span=source.span,
                suggestion=None if mended is None else Suggestion(mended, safe=sure),
            )


def _glued(text: str, language: str) -> Iterator[_Glue]:
    """Where a letter touches a quotation; an odd number of marks says nothing of them.

    Which mark opens and which closes differs between languages, so that they are taken in turn.
    """
    marks = [match.span() for match in _MARK.finditer(text)]
    if len(marks) % 2:
        return
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        inside = text[opening[1] : closing[0]]
        if not inside or not (_is_text(inside[0]) and not inside[-1].isspace()):
            continue
        if opening[0] and _is_letter(text[opening[0] - 1]):
            start = opening[0]
            while start and text[start - 1].isalnum():
                start -= 1
            word, mark = text[start : opening[0]], text[slice(*opening)]
            sure = word.lower() not in _ELIDED
            yield _Glue(start, opening[1], f"{word} {mark}" if sure else None)
        if _is_letter(text[closing[1] : closing[1] + 1]):
            end = closing[1]
            while end < len(text) and text[end].isalnum():
                end += 1
            word, mark = text[closing[1] : end], text[slice(*closing)]
            if _is_word(word, language) and not _is_part(inside, word, language):
                sure = language not in _NOUNS_ARE_SMALL or word.lower() in function_words(language)
                yield _Glue(closing[0], end, f"{mark} {word}", sure)


def _is_word(text: str, language: str) -> bool:
    """Whether what stands behind a quotation is a word, and no ending of what is quoted."""
    if language in _NO_ENDINGS:
        return text != _PLURAL
    if len(text) > _LONGEST_ENDING and text.lower() in function_words(language):
        return True
    short = _SHORT_WORDS.get(language)
    if short is None:
        return False
    long = len(text) >= _LONG_WORD and text.isalpha() and text.islower()
    return text.lower() in short or (long and not text.startswith(_FORMING))


def _is_part(quoted: str, word: str, language: str) -> bool:
    """Whether what is quoted is the beginning of the word behind it."""
    return quoted in _PARTS and word.islower() and word not in function_words(language)


def _is_text(char: str) -> bool:
    return char.isalnum() or char in _TEXT


def _is_letter(char: str) -> bool:
    return char.isalpha() and not is_unspaced(char)
