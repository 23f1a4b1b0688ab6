"""`repeated-word`: a word stands twice in a row, or in Dutch one article behind another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bilint.checks.base import Context
from bilint.checks.changed import at_places, fresh, target_data
from bilint.checks.language.twice import repeats
from bilint.checks.typography.sheet import Sheet, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.english import FUNCTION_WORDS
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.segment_text import is_as_stored

_BEFORE = r"(?<![\w'’./\\@#$%-])(?<![\u2010\u2011])"
_AFTER = r"(?![\w'’/\\@(=\u2010\u2011-]|\.\w)"
_TWICE = late(rf"{_BEFORE}([^\W\d_]+)(?:[ \u00a0]\1{_AFTER})+")
_LINKED = late(
    r"(?<![\w'’./\\@#$%-])(?P<word>[^\W\d_]{4,})(?P<blank>[ \u00a0])\[(?P=word)\](?=[(\[])"
)
_LINK_OF_ONE = late(r"([^\W\d_]+) \[[^\W\d_]+\](?=[(\[])")
_BEFORE_LINK = b" ["
_MOST = 2
"""Times that are told here; more often it is a loop, which is another check's business."""

_LONGEST = 20_000

_REACH = 40
"""Characters before a doubled word in which the word before it is looked for."""

_CLAUSE = 160
"""The same for the beginning of its clause."""

_CLAUSE_END = late(r"[.,;:!?\r\n]")

# Grammar that sets a word twice: relative beside article, pronoun beside pronoun, set phrases.
_ALLOWED = {
    "cs": "se",
    "da": "der det den de som til i på",
    "de": "der die das den dem sie",
    "en": "that had",
    "es": "poco casi luego",
    "fi": "sen se on",
    "fr": "nous vous",
    "ga": "do go a",
    "hu": "az egy",
    "it": "via man poco piano quasi",
    "ko": "더 매우 하나 각각 점점 조금",
    "nb": "der det den de som til i på",
    "nl": "die dat is er ze je u zijn",
    "nn": "der det den dei som til i på",
    "no": "der det den de som til i på",
    "pl": "się co",
    "pt": "logo pouco",
    "ro": "de",
    "sv": "det den de som till i på att",
}
# Words that grammar may set twice, and a slip as well: the preposition of a participle behind
# another one (`op op regels gebaseerd`), the pronoun before its like, `no longer` before `more`.
_PERHAPS = {
    "de": "in auf mit von für an aus bei zu durch über unter vor nach",
    "fr": "plus",
    "it": "più se",
    "nl": "het in op aan van voor met door bij uit over",
    "pt": "se",
}
# Behind these the Dutch `het` is an article, and so twice a slip: they govern no such pronoun.
_GOVERNING = {
    "het": frozenset(
        "aan achter bij binnen boven buiten door in langs met na naar naast onder op over per rond"  # noqa: SIM905
        " sinds te tegen tot tussen uit van vanuit via volgens voor zonder".split()
    )
}
# Where no comma ends a relative clause, or hardly anybody sets it, its verb may stand beside that
# of the sentence: `De mappar som visas visas i rött`. What opens such a clause, and its verbs.
_SCANDINAVIAN = (
    r"\b(?:som|der|vad|hva|hvad|h?vilk\w+|när|når|om|hvis|där|hvor|hur|hvordan|medan|mens)\b.*"
    r"|\w\s+(?:du|ni|vi|jag|jeg|man|de|den|det|han|hon|hun)\s+",
    r"kan|skal?l?|vill?|må|måste|hade|kunde|skulle|ville|fick|(?!(?:eller|f[oö]r|under|[oö]ver"
    r"|e[tf]ter|h[eä]r|d[eä]r|hos|dess|deras|oss|os|vores)\b)\w+[rs]",
)
_ROMANCE = {
    "it": (
        "chi|che|quant[oaie]|cui|dove|quando|se|come",
        "è|sono|ha|hanno|può|possono|deve|devono|vuole|vogliono|fa|fanno|era|erano|viene|vengono",
    ),
    "fr": (
        "qui|que|qu['’]|dont|où|quand|si|comme|quoi",
        "est|sont|a|ont|peut|peuvent|doit|doivent|veut|veulent|fait|font|va|vont|était|étaient",
    ),
    "es": (
        "quien|quienes|que|cuant[oa]s?|donde|cuando|si|como",
        "es|son|está|están|ha|han|puede|pueden|debe|deben|quiere|quieren|hace|hacen|tiene|tienen|hay",
    ),
    "pt": (
        "quem|que|quant[oa]s?|onde|quando|se|como",
        "é|são|está|estão|há|pode|podem|deve|devem|quer|querem|faz|fazem|tem|têm|vai|vão",
    ),
}
_CLAUSES = {
    language: (late(rf"(?:{opened})\Z"), late(rf"(?:{verbs})\Z"))
    for language, (opened, verbs) in {
        **dict.fromkeys(("sv", "da", "nb", "nn", "no"), _SCANDINAVIAN),
        # Their clauses are open to many a word: the verb stands near what opens them.
        **{
            language: (rf"\b(?:{opener})(?:(?<=['’])|\b)\S*(?:\s+\S+){{0,3}}\s*", verbs)
            for language, (opener, verbs) in _ROMANCE.items()
        },
        "nl": (
            r"\b(?:die|dat|wat|wie|waar|als|wanneer|zoals|hoe)\b.*",
            "kan|kunnen|moet|moeten|wil|willen|mag|mogen|zal|zullen|wordt|worden|heeft|hebben|hebt"
            "|ziet|zien|krijgt|krijgen|staat|staan|bestaat|bestaan|gebruikt|gebruiken|werkt|werken",
        ),
    }.items()
}
# Words of languages without blanks that never follow themselves, and longer stretches that end as
# a phrase does. Beside some characters another word is meant: `ものの`, `ががん`, `目的的`.
_UNPARTED = {
    "ja": late(
        r"(を)\1|(が)\2(?![んたくっちらり])|(?<!も)(の)\3(?![びぼちこせぞりべろんし])"
        r"|([ァ-ー一-鿿]{2,16}を)\4"
        r"|([ぁ-ー一-鿿々A-Za-z0-9]{3,16}?[のをにはがでとへもるすたい])\5"
    ),
    "zh": late(
        r"([您们們])\1|(?<![目标標有似打])(的)\2(?![确確])|(?<![异異辑輯与與位])(或)\3(?![有然许許])"
        r"|(?![一二两兩三四五六七八九十几幾每第逐])"
        r"(?:([㐀-鿿]{4,8}?)\4|([㐀-鿿]{3})\5(?![㐀-鿿])"
        r"|([㐀-鿿]{2})\6(?=[ \u00a0]?[\x01“「『《【]))"
    ),
}
# What a page must have for that, which is found many times faster: a doubled sign, or a stretch.
_LIKELY = {
    "ja": (
        late("をを|がが|のの(?<!ものの)"),
        late(r"([ぁ-ー一-鿿々A-Za-z0-9]{2,16}?[のをにはがでとへもるすたい])\1"),
    ),
    "zh": (late("您您|们们|們們|的的|或或"), late(r"([㐀-鿿]{2,8}?)\1")),
}
_ALIASES = {"yue": "zh"}
_REDUPLICATED = late(r"(.+)\1\Z")
_LABEL_OR_QUOTE = b"[`\xe2\xe3"
"""How a label, code and a quotation mark begin."""

_OF_BOTH = ("の", "を", "が", "は")
_TRIED = frozenset(
    "考虑 考慮 讨论 討論 研究 尝试 嘗試 了解 体验 體驗 熟悉 比较 比較 调整 調整 思考"  # noqa: SIM905
    " 检查 檢查".split()
)
"""Verbs of Chinese that are said twice for doing something a little."""

_HAN_WORD = 2
"""Characters of a Chinese word: a verb and its object may begin alike (`测试测试环境`)."""

# What belongs to another of its kind may stand before it: `船の船の一覧`, the boat's list of boats.
_OF_ITSELF = late(r"(?!(?:すべて|全て|この|その|あの|他|次|以下|特定|複数|任意|各)の?\Z).{2,}の\Z")
_WORD = late(r"[^\W\d_]{4,}")
_SMALL = frozenset(
    "both does each from have into more most only over some such than that them then there they"  # noqa: SIM905
    " this when where which will with your".split()
)

_ROOT, _NEAR = 3, 3
"""Letters that words of one root share, and how many words apart they are near each other."""

# Articles of Dutch before those that never stand there.
_ARTICLES = late(
    rb"(?<![\w.'-])(?:[Ee]en (?:de(?! (?:facto|luxe|novo)\b)|het)"
    rb"|[Dd]e het(?! (?:meest|minst|[a-z]+st)\b))(?= [A-Za-z\xc3])"
)

_MAILS = late(rb"(?<![\w-])E-E-?[Mm]ail")

# Languages that double words as a rule of grammar.
_DOUBLING = frozenset(
    "af as az bn fa gu hi hy id ka kk kn ky ml ms mr my ne or pa si sw ta te th tl tr ug ur uz"  # noqa: SIM905
    " vi".split()
)


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A word stands twice in a row."""
    language = primary_language(pair.locale)
    if language in _DOUBLING:
        return
    doubled = [f"{word} {word}" for word in repeats(pair)]
    if doubled:
        yield from _parted(pair, language, doubled)
    yield from _linked(pair)
    if language == "nl":
        yield from _articles(pair)
    if b"E-E" in pair.document.data:
        yield from _mails(pair)
    language = _ALIASES.get(language, language)
    if language in _UNPARTED:
        text = fresh(pair).decode(errors="replace")
        if any(likely.search(text) for likely in _LIKELY[language]):
            yield from _unparted(pair, _UNPARTED[language])


def _parted(pair: AlignedPair, language: str, doubled: list[str]) -> Iterator[Observation]:
    """Words with a blank between them."""
    allowed = frozenset(_ALLOWED.get(language, "").split())
    perhaps = frozenset(_PERHAPS.get(language, "").split())
    sheet = Sheet(pair)
    for segment in pair.document.segments:
        if len(segment.text) > _LONGEST or not any(two in segment.text for two in doubled):
            continue
        text = visible(pair.document, segment)
        matches = list(_TWICE.finditer(text))
        source = sheet.source_of(segment) if matches else None
        if source is not None and _TWICE.search(source.text):
            continue
        for match in matches:
            word = match[1]
            if match[0].split().count(word) > _MOST or word.lower() in allowed:
                continue
            governed = _word_before(text, match.start()) in _GOVERNING.get(word.lower(), ())
            doubtful = (word.lower() in perhaps and not governed) or _ends_a_clause(
                word.lower(), text[max(0, match.start() - _CLAUSE) : match.start()], language
            )
            yield _observation(segment, source, text, match, word, doubtful=doubtful)


def _linked(pair: AlignedPair) -> Iterator[Observation]:
    """A word before a link that is the same word: `la sezione [sezione](a.md)`."""
    data = target_data(pair)
    places: list[int] = []
    at = 0
    for left, right in pairwise(data.split(_BEFORE_LINK)):
        at += len(left) + len(_BEFORE_LINK)
        word, bracket, _ = right[:_REACH].partition(b"]")
        if bracket and word and left.endswith(word):
            places.append(at)
    for source, target, _likeness in at_places(pair, data, places):
        match = _LINKED.search(target.text)
        if match is None or not is_as_stored(target):
            continue
        if _LINKED.search(source.text):
            continue
        # Two words of the source may have become the same: `the area [zone](a.md)`.
        if not any(one[1].lower() in FUNCTION_WORDS for one in _LINK_OF_ONE.finditer(source.text)):
            continue
        yield Observation(
            f"`{match['word']}` stands before the link and in it",
            span_in(target, target.text, match.start(), match.end()),
            match["word"],
            source.span,
            suggestion=Suggestion(f"[{match['word']}]"),
        )


def _articles(pair: AlignedPair) -> Iterator[Observation]:
    """Two articles of Dutch of which one is too many."""
    data = pair.document.data
    places = [match.span() for match in _ARTICLES.finditer(data)]
    for spot in Sheet(pair).spots(places) if places else ():
        if spot.source is not None and spot.source.text == spot.target.text:
            continue
        said = data[spot.start : spot.end].decode()
        yield Observation(
            f"`{said}`: two articles in a row",
            spot.span,
            said,
            confidence=None if spot.source is not None else Confidence.MEDIUM,
        )


def _mails(pair: AlignedPair) -> Iterator[Observation]:
    """The E of the mail twice, where a compound was made of `Email`."""
    data = pair.document.data
    places = [match.span() for match in _MAILS.finditer(data)]
    for spot in Sheet(pair).spots(places) if places else ():
        said = data[spot.start : spot.end].decode()
        if spot.source is None or said not in spot.source.text:
            yield Observation(
                f"`E-` stands twice in a row: `{said}`",
                spot.span,
                said,
                suggestion=Suggestion("E-Mail", safe=said == "E-E-Mail"),
            )


def _unparted(pair: AlignedPair, pattern: re.Pattern[str]) -> Iterator[Observation]:
    """Words of a language that sets no blanks."""
    sheet = Sheet(pair)
    for segment in pair.document.segments:
        if len(segment.text) > _LONGEST or segment.text.isascii():
            continue
        text = visible(pair.document, segment)
        matches = list(pattern.finditer(text))
        source = sheet.source_of(segment) if matches else None
        if source is not None and (source.text == segment.text or _TWICE.search(source.text)):
            continue
        doubtful = source is None or _has_a_root_twice(source.text)
        for match in matches:
            word = match[match.lastindex or 0]
            end = match.end()
            if _REDUPLICATED.match(word) or text.startswith(word, end) or word in _TRIED:
                continue
            # `テーブルとテーブルとの関係`: one beside another of its kind.
            if word.endswith("と") and text[end : end + 1] in _OF_BOTH:
                continue
            if _OF_ITSELF.match(word) and source is not None and _has_a_word_twice(source.text):
                continue
            if len(word) == _HAN_WORD and (
                doubtful or not _names(segment, len(text[:end].encode()))
            ):
                continue
            yield _observation(segment, source, text, match, word, doubtful=False)


def _observation(
    segment: Segment,
    source: Segment | None,
    text: str,
    match: re.Match[str],
    word: str,
    *,
    doubtful: bool,
) -> Observation:
    confidence = None if source is not None else Confidence.MEDIUM
    return Observation(
        f"`{word}` stands twice in a row",
        span_in(segment, text, *match.span()),
        word,
        severity=Severity.INFO if doubtful else None,
        confidence=Confidence.LOW if doubtful else confidence,
        suggestion=Suggestion(word),
    )


def _ends_a_clause(word: str, before: str, language: str) -> bool:
    """Whether a verb may end one clause and another one like it begin the rest of the sentence."""
    opened, verb = _CLAUSES.get(language, (None, None))
    if opened is None or verb is None or not verb.match(word):
        return False
    return opened.search(_CLAUSE_END.split(before)[-1].lower()) is not None


def _names(segment: Segment, end: int) -> bool:
    """Whether a label, code or something quoted follows: what a verb is about."""
    return segment.text.encode()[end:].lstrip(b" ")[:1] in _LABEL_OR_QUOTE


def _has_a_root_twice(text: str) -> bool:
    """Whether a text of the source has two like words close to each other: `test the test`."""
    roots = [word[:_ROOT].lower() for word in text.split() if len(word) >= _ROOT]
    return any(root in roots[at + 1 : at + 1 + _NEAR] for at, root in enumerate(roots))


def _has_a_word_twice(text: str) -> bool:
    """Whether a text of the source has a word of its subject twice, in any number."""
    words = [word.lower().removesuffix("s") for word in _WORD.findall(text)]
    said = [word for word in words if word not in _SMALL]
    return len(set(said)) < len(said)


def _word_before(text: str, at: int) -> str:
    words = text[max(0, at - _REACH) : at].split()
    return words[-1].lower() if words else ""
