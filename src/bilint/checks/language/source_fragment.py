"""`source-fragment`: small words of the source were left within a translated sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from bilint.checks.base import Context
from bilint.checks.changed import at_places, changed, fresh, target_data
from bilint.checks.language.prose import Reading, Word, legal, own_words, read
from bilint.checks.language.suspects import suspects
from bilint.checks.language.tongues import MARGIN, Tongues, tongues
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late

_LOANS = frozenset(
    "a all am as at be by can do down has her how i if in its less may me more must my no not off"  # noqa: SIM905
    " on once only other our out over own per same so some up via what when will".split()
)
"""English function words that other languages have borrowed, or that end verbs they borrowed."""

_SURE = 0.5
_LEAST = 4
"""Words that a segment must have to be a sentence of its own."""

_CLAUSE = 5
"""Words side by side that are a clause of the source, and no longer small words alone."""

_MOST = 20
_NO_CLITIC = frozenset("ca cs es fr gl it ja ko pl pt ro ru uk zh".split())  # noqa: SIM905
"""Languages that write no `'s` after a name."""

_NO_WORD_A = frozenset("da de fi ja ko nb nl nn no ru sv tr uk zh".split())  # noqa: SIM905
"""Languages that have no word `a`."""

_ARTICLE = late(r" a (?=(\*{1,3}|_|\[)[^\s*_\]])")
_ARTICLE_SIGNS = (b" a *", b" a _", b" a [")
_EMPHASIS = late(r"\*+")
# Before these no article stands: the `a` is a letter, `variant a **or** variant b`.
_JOINED = late(r"[*_]*(?:and|or|nor|but|und|oder|of|en|och|og|eller|e|o|tai|ja)\b")

_LETTERED = late(
    r"\b(?:option|step|item|point|part|variant|case|class|type|group|column|row|section|figure"
    r"|appendix|plan|version|method|answer|choice)s? a [*_\[]",
    re.IGNORECASE,
)
"""Nouns behind which the source has the letter: `option a **(recommended)**`."""

# A noun for words, and behind it words that signs and conjunctions join: `and, or und not`.
_JOINING = "und|oder|e|ed|o|od|et|ou|y|u|en|of|och|og|eller|i|oraz|lub|a|nebo|și|sau"
_SPOKEN_OF = late(
    r"(?:operator|op[ée]rat|operador|schleife|w[oö]rt(?:er|ern)?\b|keyword|parol[ae]\b|chiave\b|mots?\b"
    r"|mots-clés|palabra|palavra|woord|ord(?:en)?\b|boucle|bucle|cicl[oi]|loop|lus(?:sen)?\b|anweisung"
    r"|istruzion|instru[cç]|befehl|comand|commande|klausel|claus|cl[áa]usul|konjunktion|congiunzion"
    r"|conjonction|conjunci|präposition|preposi|préposition)\w*:? "
    rf"(?P<listed>(?:[a-z]+(?:,| (?:{_JOINING})) )*)\Z",
    re.IGNORECASE,
)
_IN_LIST = late(rf"(?:, [a-z]+)*,? (?:{_JOINING}) [a-z]+\b")

_OF_CODE = "after|before|between|each|if|then|unless|until|while"
_CODE_WORDS = frozenset(_OF_CODE.split("|"))
"""Small words that a source may speak of as code: `the while loop`, `before and after plugins`."""

_CODE_BEFORE = (
    rf"(?:(?:,|[ /-])+(?:and |or )?(?:{_OF_CODE}|around|do|else))*[ /-](?:block|branch|callback"
    r"|clause|condition|construct|event|expression|filter|function|helper|hook|keyword|logic|loop|method"
    r"|operator|plug-?in|rule|statement|tag|trigger|value)e?s?\b"
)
_CODE_BEHIND = r"\b(?:clause|keyword|loop|operator|statement|term|word) "

_NO_BLANKS = frozenset(("ja", "ko", "yue", "zh"))
"""Languages whose words stand against a foreign one without a blank."""

# What opens a text, a sentence or the words of a tag; in italics stand the titles of books.
_OPENING = late(rb"The (?:(?<=[\0>*]The )|(?<=[.!?:|*] The )|(?<=\AThe ))(?=[\[<`]|\*\*)")
_OPENED = late(r"(?:(?<=\A)|(?<=[>*])|(?<=[.!?:|*>] ))The (?=[\[<`]|\*\*)")
_TOKEN = late(
    r"\*\*[^*]+\*\*|`[^`]+`|\[!(?:DNL|UICONTROL) [^\[\]]+\]|\[[^\[\]]+\]\([^()]*\)"
    r"|<(?P<tag>b|code|em|span|strong)\b[^<>]*>[^<>]*</(?P=tag)>"
)
_BEARING = late(r"\*{0,2}(?:\[!UICONTROL |`|<)")
"""Tokens that are no names with an article of their own, such as `The **Economist**`."""

_TWO_WORDS = late(r"[\s*_]*([^\W\d_]+)?(?:[ \u00a0]([^\W\d_]+))?")

_LETTERS = "぀-ヿ㐀-鿿가-힣"
_SMALL = "is are was the of an your its this that with"
_SMALL_WORDS = frozenset(word.encode() for word in _SMALL.split())
_SMALL_GLUED = late(rf"\b(?:{_SMALL.replace(' ', '|')})[\xe3-\xed]".encode("latin-1"))
_ONLY_WORDS = (
    b" " * 65
    + b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    + b" " * 6
    + b"abcdefghijklmnopqrstuvwxyz"
    + b" " * 133
)
"""Makes blanks of all bytes but the letters of English."""

# A particle behind a word, or what words of code are called, says that it is meant as a word.
_GLUED = late(
    rf"(?<![^\s{_LETTERS}、。])(?:{_SMALL.replace(' ', '|')})(?=[{_LETTERS}])"
    r"(?![をはがにでのとも的是和与與或等은는이가을를의와과로句文节節语語문절]"
    r"|キーワード|ステート|メソッド|演算|関数|ポインター|ブロック|オブジェクト|关键|關鍵|运算|運算|对象|物件|指针|指標"
    r"|块|區塊|循环|迴圈|키워드|연산|메서드|함수|포인터|블록|개체|인 |라[는고]|만|에|도)"
)
_NAME_BEFORE = late(r"[A-Z][^\s]* \Z")
_NUMBER = late(r" ?\d")
# What leads to a link; a bullet, a mark or nothing stands before it.
_LEADS = late(rb"(?:See(?: also)?|Refer to)(?= (?:the )?\[[^!])")
_LEAD = late(r"(?<![^\s。，；：（\x01\x02])(?<!\w )(?:See(?: also)?|Refer to)(?= (?:the )?\[[^!])")

_REACH = 40
"""Characters before a word in which a name is looked for."""

_READ = ("]'s ", "]’s ", "]&#39;s ")
_CLITICS = late("\\](?:'|’|&#39;)s ".encode())
_ANY_WORD = late(r"[^\W\d_]+")


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """Small words of the source language were left within a sentence."""
    languages = tongues(context.source_language, pair.locale)
    if languages is None or not languages.listed or pair.source is None:
        return
    language = primary_language(pair.locale)
    if language in _NO_CLITIC:
        yield from _clitics(pair)
    if language in _NO_BLANKS:
        yield from _glued(pair)
    if "the" in languages.ours:
        yield from _leads(pair)
    told = set()
    for one in _small_words(pair, languages):
        told.add(one.span.end)
        yield one
    if "the" in languages.ours:
        yield from _openings(pair)
    if language in _NO_WORD_A and "a" in languages.ours:
        yield from (one for one in _articles(pair) if one.span.end not in told)


def _small_words(pair: AlignedPair, languages: Tongues) -> Iterator[Observation]:
    """Small words between blanks."""
    sources = None
    for segment, _hits in suspects(pair, languages):
        sources = sources or {
            target.start: source
            for source, target, likeness in pair.segments
            if target is not None and source is not None and likeness >= _SURE
        }
        source = sources.get(segment.start)
        if source is not None and source.text != segment.text and not _kept(segment.text):
            yield from _fragments(segment, source, languages)


def _clitics(pair: AlignedPair) -> Iterator[Observation]:
    """The English `'s` after a name in brackets, in languages that have none."""
    data = pair.document.data
    if pair.source is None or not _CLITICS.search(data):
        return
    for source, target, _likeness in pair.segments:
        if source is None or target is None or not any(one in target.text for one in _READ):
            continue
        if target.text != source.text and any(one in source.text for one in _READ):
            reading = read(target)
            at = min(place for one in _READ if (place := target.text.find(one)) >= 0)
            end = target.text.index("s", at) + 1
            yield Observation(
                "`'s` was left in the source language",
                reading.span(at + 1, end),
                "'s",
                source_span=source.span,
            )


def _leads(pair: AlignedPair) -> Iterator[Observation]:
    """`See` before a link whose title may have been left in English on purpose."""
    data = pair.document.data
    if (b"See " not in data and b"Refer to " not in data) or not _LEADS.search(data):
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _SURE or target.shape.endswith("!"):
            continue
        for match in islice(_LEAD.finditer(target.text), _MOST):
            reading = read(target)
            start, end = match.span()
            if f"{match[0]} " in source.text and reading.text[start:end] == match[0]:
                yield _left(reading, source, start, end)


def _glued(pair: AlignedPair) -> Iterator[Observation]:
    """Small words that stand right before letters of a language without blanks."""
    data = fresh(pair)
    # Words between all signs are looked for first: that costs a third of a search for a pattern.
    if _SMALL_WORDS.isdisjoint(data.translate(_ONLY_WORDS).split()):
        return
    if not _SMALL_GLUED.search(data):
        return
    for source, target, likeness in changed(pair):
        if likeness < _SURE or not _GLUED.search(target.text) or _kept(target.text):
            continue
        reading = own_words(target)
        ours = own_words(source).words()
        for match in islice(_GLUED.finditer(reading.text), _MOST):
            before = reading.text[max(0, match.start() - _REACH) : match.start()]
            if match[0] in ours and not (
                _NAME_BEFORE.search(before) or _is_named(match[0], source.text)
            ):
                yield _left(reading, source, *match.span())


def _is_named(word: str, text: str) -> bool:
    """Whether a text speaks of a small word: `the this pointer`, `named this`."""
    return re.search(rf"\b(?:[Tt]he|[Aa]n?|named|called|word) {word}\b", text) is not None


def _articles(pair: AlignedPair) -> Iterator[Observation]:
    """The article `a` before emphasis, a link or a label, where the source has it too."""
    data = pair.document.data
    if b" a " not in data or not any(sign in data for sign in _ARTICLE_SIGNS):
        return
    for source, target, likeness in changed(pair):
        if likeness < _SURE or " a " not in target.text or _kept(target.text):
            continue
        reading = None
        said = f" {source.text.lower()}"
        for match in islice(_ARTICLE.finditer(target.text), _MOST):
            # In bold text that begins the segment it may be part of a label.
            if f" a {match[1]}" not in said or _within_emphasis(target.text, match.start()):
                continue
            if _JOINED.match(target.text, match.end()) or _LETTERED.search(source.text):
                continue
            reading = reading or own_words(target)
            at = match.start() + 1
            if reading.text[at] == "a":
                yield _left(reading, source, at, at + 1)


def _openings(pair: AlignedPair) -> Iterator[Observation]:
    """`The` before a token at the beginning of a sentence, where the source has it too."""
    data = target_data(pair)
    places = (match.start() for match in _OPENING.finditer(data))
    for source, target, likeness in at_places(pair, data, places):
        if likeness < _SURE or _kept(target.text):
            continue
        theirs = [
            token
            for one in _OPENED.finditer(source.text)
            if (token := _TOKEN.match(source.text, one.end()))
        ]
        for match in islice(_OPENED.finditer(target.text), _MOST):
            token = _TOKEN.match(target.text, match.end())
            if token is None:
                continue
            same = [one for one in theirs if one[0] == token[0]] or theirs
            if any(_opens_alike(token, one, pair) for one in same):
                yield _left(own_words(target), source, match.start(), match.start() + 3)


def _opens_alike(ours: re.Match[str], theirs: re.Match[str], pair: AlignedPair) -> bool:
    """Whether a token of the target is one of the source, is no name with an article of its own,
    and other words follow it."""
    if _kind(ours[0]) != _kind(theirs[0]):
        return False
    if ours[0] == theirs[0] and not _BEARING.match(ours[0]):
        said = f"the {theirs[0]}".encode()
        if pair.source is None or said not in pair.source.document.data:
            return False
    return _behind(ours) != _behind(theirs)


def _kind(token: str) -> str:
    return token[:2] if token[:2] == "[!" else token[0]


def _behind(token: re.Match[str]) -> tuple[str, ...] | None:
    """The two words behind a token; where they are the same, all may be in the source language."""
    words = _TWO_WORDS.match(token.string, token.end())
    return words.groups() if words else None


def _within_emphasis(text: str, at: int) -> bool:
    return len(_EMPHASIS.findall(text, 0, at)) % 2 == 1


def _left(reading: Reading, source: Segment, start: int, end: int) -> Observation:
    said = reading.segment.text[start:end]
    return Observation(
        f"`{said}` was left in the source language",
        reading.span(start, end),
        said,
        source_span=source.span,
    )


def _kept(text: str) -> bool:
    """Whether a text stays as it is: a notice, or code whose fence was damaged."""
    return "grave;" in text or "```" in text or legal(text)


def _fragments(segment: Segment, source: Segment, languages: Tongues) -> Iterator[Observation]:
    reading = own_words(segment)
    words = reading.placed_words()
    if len(words) < _LEAST:
        return
    ours = {word.lower() for word in _ANY_WORD.findall(source.text)}
    told = 0
    for before, run, after in _runs(reading, words, ours):
        small = all(word.text in languages.ours for word in run) or _has_two(run, languages)
        clause = not small and _is_clause(run, source, languages)
        if not (small or clause) or all(word.text in _LOANS for word in run) or told == _MOST:
            continue
        # A name in two parts, such as that of an attack or of a book.
        if before[:1].isupper() and after[:1].isupper():
            continue
        first, last = run[0].start, run[-1].end
        if _stressed_alike(segment.text, source.text, first, last):
            continue
        if len(run) == 1 and _spoken_of(reading.text, first, last):
            continue
        if _CODE_WORDS.issuperset(word.text for word in run) and _of_code(run[0].text, source.text):
            continue
        # Italians speak of `under 18`.
        if run[-1].text == "under" and _NUMBER.match(reading.text, last):
            continue
        told += 1
        yield _left(reading, source, first, last)


def _stressed_alike(text: str, source: str, first: int, last: int) -> bool:
    """Whether words stand in emphasis by themselves, and so in the source: a word spoken of."""
    said = text[first - 1 : last + 1] if first else ""
    return said[:1] in ("*", "_") and said[:1] == said[-1:] and said in source


def _spoken_of(text: str, first: int, last: int) -> bool:
    """Whether a word stands in a list of words behind a noun that says so."""
    named = _SPOKEN_OF.search(text, max(0, first - 2 * _REACH), first)
    return named is not None and bool(named["listed"] or _IN_LIST.match(text, last))


def _of_code(word: str, source: str) -> bool:
    """Whether the source speaks of a small word as of code: `the while loop`."""
    said = rf"(?i)\b{word}{_CODE_BEFORE}|{_CODE_BEHIND}{word}\b"
    return re.search(said, source) is not None


def _has_two(run: list[Word], languages: Tongues) -> bool:
    """Whether two small words of the source stand side by side among others in lower case."""
    if not all(word.text.islower() for word in run):
        return False
    known = [word.text in languages.ours and word.text not in _LOANS for word in run]
    return any(one and other for one, other in pairwise(known))


def _is_clause(run: list[Word], source: Segment, languages: Tongues) -> bool:
    """Whether words side by side are a piece of the source as it stands there, and no name."""
    if len(run) < _CLAUSE:
        return False
    words = [word.text for word in run]
    # `WYSIWYG` is spelt out by words that stay.
    if "".join(word[0].upper() for word in words) in source.text:
        return False
    said, others = languages.weigh(words)
    common = sum(map(languages.common, words))
    if said < MARGIN or others or common < MARGIN:
        return False
    return " ".join(words).lower() in " ".join(_ANY_WORD.findall(source.text)).lower()


def _runs(
    reading: Reading, words: tuple[Word, ...], ours: set[str]
) -> Iterator[tuple[str, list[Word], str]]:
    """The longest stretches of words side by side that the source has too.

    With each the words right before and after it; empty where something else stands there.
    """
    run: list[Word] = []
    before = last = ""
    end = -1
    for word in words:
        beside = end >= 0 and not reading.text[end : word.start].strip(" ")
        known = all(part in ours for part in word.text.lower().split("-"))
        if run and not (known and beside):
            yield before, run, word.text if beside else ""
            run = []
        if known:
            before = before if run else last if beside else ""
            run.append(word)
        last, end = word.text, word.end
    if run:
        yield before, run, ""
