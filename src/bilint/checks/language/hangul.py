"""Particles of Korean: they follow their word without a blank, in a form that its end decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model.pattern import late

# Particles in both forms, as a program writes them that does not know the word; two that are
# nothing else (`이`, `가`, `은`, `과` and `와` may be words); others that hardly are.
_BOTH = ("을(를)", "이(가)", "은(는)", "(으)로", "와(과)")
_OBJECT = ("을", "를")
_OTHER = ("는", "에", "에서", "으로", "에는", "에서는", "에게", "의", "로")

LIKE_WORDS = frozenset(("의", "로", "에"))
"""Those of the last that behind another word may be one."""

ANY = frozenset(one.encode() for one in _BOTH + _OBJECT + _OTHER)
"""Particles of which one must stand between blanks for anything to be wrong with it."""

_FORMS = {
    "을(를)": ("을", "를"),
    "을": ("을", "를"),
    "를": ("을", "를"),
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "은": ("은", "는"),
    "는": ("은", "는"),
    "와(과)": ("과", "와"),
    "과": ("과", "와"),
    "와": ("과", "와"),
    "(으)로": ("으로", "로"),
    "으로": ("으로", "로"),
    "로": ("으로", "로"),
}
_FIRST, _FINALS = ord("가"), 28
_LIQUID = 8
"""The final consonant ㄹ, behind which `로` stands as behind a vowel."""

_STRANDED = late(rf"(?:\A[*_]*| )({'|'.join(map(re.escape, _BOTH + _OBJECT + _OTHER))})(?= )")
_CARRIED = late(
    r"(?:[을를은는]|에서?|에게|으로|하여|해서|려면|[으하되]면|하[고며]|하거나|려고|도록"
    r"|[통위대]해|기존|(?:그런|한) 다음|해당|모든|또는|및|그리고"
    r"|즉)\Z"
)
_PAUSE = late(r"[가-힣)\]][.!?,:]\Z")
NEAR = 20
"""Characters before a particle by which it is judged."""

_PLACES = ("에서", "에서는", "에는")
_CONTRACT = "갑"
"""The first party of a contract, of which `을` is the second."""

ENDS = r"(?![가-힣(（])"
"""Behind a particle that is whole, and none in both its forms."""

_BEFORE_GA = "추허휴주대화시고부유초여외자치예"
"""Vowels behind which `가` may end a noun: `추가`, `정치가`."""

_AFTER = "(?:의|는|도|만|서|부터)?"
# The second particle comes first: what begins with a literal is found many times faster.
_TWO = late(
    rf"에(?<=[를는]에)(?:서|서는|게|게는|는|도|만)?{ENDS}"
    rf"|으로(?:(?<=[를는에]으로)|(?<=[\x01\])*`A-Za-z0-9]가으로)"
    rf"|(?<=[가-힣]{{2}}가으로)(?<![{_BEFORE_GA}]가으로)){_AFTER}{ENDS}"
    rf"|[을를](?:(?<=[를는에]을)|(?<=[를는]를)|(?<=을[을를])(?<![마가노고]을.)){ENDS}"
)
_SUBJECT = late(rf"이에(?<=[가-힣][가-힣]이에)(?:서|서는|는)?{ENDS}")
_FORMED = late(
    rf"를(?<!들를){ENDS}|(?:을|와(?= \S))(?<=[가-힣][가-힣].){ENDS}|으로(?={_AFTER}{ENDS})"
)
_TO_BE = frozenset("마가노고개너저그이지나부무")
"""Vowels behind which `을` may end a noun or a verb: `가을`, `뒤이을`."""

_OPENS_TWO = "가"


def stranded(text: str) -> Iterator[re.Match[str]]:
    """Particles between blanks, or with which a text begins; group 1 is the particle."""
    return iter(()) if _CONTRACT in text else _STRANDED.finditer(text)


def torn_from(text: str, match: re.Match[str]) -> bool:
    """Whether the word of a stranded particle is lost: nothing before it can be the one."""
    word, before = match[1], text[max(0, match.start() - NEAR) : match.start()]
    if not before.strip(" *_"):
        return match.start() <= NEAR
    if _PAUSE.search(before):
        return True
    if word in _OTHER:
        return word == "의" and before.endswith(_PLACES)
    if word in _BOTH:
        # A program sets them right behind a name; one that stands behind another word lost it.
        return is_syllable(before[-1])
    return _CARRIED.search(before) is not None or form(word, before) != word


def two_in_a_row(text: str) -> Iterator[tuple[int, int]]:
    """Where two particles stand of which the second has no word: `배가으로`, `배는에`."""
    for match in _TWO.finditer(text):
        start = match.start() - 1
        before = text[start - 1 : start]
        # Behind a consonant a noun ends so: `평가으로` has one particle, in the wrong form.
        if text[start] != _OPENS_TWO or not (is_syllable(before) and _final(before)):
            yield start, match.end()


def behind_subject(text: str, known: bytes) -> Iterator[tuple[int, int]]:
    """The same for `배들이에`, where the page has the noun with another particle too.

    Many nouns end so themselves: `높이`, `종이`.
    """
    for match in _SUBJECT.finditer(text):
        start = first = match.start()
        while first and is_syllable(text[first - 1]):
            first -= 1
        noun = text[first:start]
        if _final(noun[-1]) and any(f"{noun}{one}".encode() in known for one in "을의"):
            yield start, match.end()


def misformed(text: str) -> Iterator[tuple[int, int]]:
    """Particles in the other form than the word asks for that they stand against: `항목를`."""
    twos: set[int] | None = None
    for match in _FORMED.finditer(text):
        start, word = match.start(), match[0]
        before = text[start - 1 : start]
        if form(word, before) == word or (word == "을" and before in _TO_BE):
            continue
        twos = {second for second, _ in two_in_a_row(text)} if twos is None else twos
        if start - 1 not in twos:
            yield match.span()


def form(word: str, before: str) -> str:
    """The form of a particle behind a text; the particle as it is where nothing tells."""
    forms = _FORMS.get(word)
    if forms is None or not is_syllable(before[-1:]):
        return word
    final = _final(before[-1])
    return forms[0] if final and not (final == _LIQUID and forms[1] == "로") else forms[1]


def _final(syllable: str) -> int:
    """The number of a syllable's final consonant; 0 where it ends with a vowel."""
    return (ord(syllable) - _FIRST) % _FINALS


def is_syllable(char: str) -> bool:
    """Whether a character is a syllable of Hangul."""
    return "가" <= char <= "힣"
