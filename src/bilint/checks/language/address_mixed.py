"""`address-mixed`: a page that speaks to its reader in one way, and at a few places in another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bilint.checks.base import Context
from bilint.checks.language.prose import Reading, own_words
from bilint.checks.terms.scan import scan
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Observation, Severity
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_SURE = 0.5
_MOST = 20
_TWO = 2
_BODY = frozenset((SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.ALERT))
_WHOLE = frozenset((SegmentKind.PARAGRAPH, SegmentKind.ALERT))
"""What is made of whole sentences in Japanese too, whose lists often are not."""

_BEFORE, _AFTER = r"(?<![\w.'’/@#-])", r"(?![\w'’/@-]|\.\w)"


class _Way(NamedTuple):
    """A way of speaking to a reader: what it is called, and where it is met."""

    name: str
    places: re.Pattern[str]
    words: frozenset[bytes] = frozenset()


class _Ways(NamedTuple):
    """Two ways of a language. Where `turned`, either may be the habit; else only the first.

    A habit is met at so many places at least, and so many times as often as the other way.
    """

    usual: _Way
    other: _Way
    turned: bool = False
    least: int = 5
    times: int = 5
    kinds: frozenset[SegmentKind] = _BODY
    sign: re.Pattern[bytes] | None = None
    severity: Severity | None = None


class _Place(NamedTuple):
    said: str
    start: int
    reading: Reading
    source: Segment | None


def _way(name: str, words: str) -> _Way:
    """A way that is known by words: a small one may open a sentence, a capital one stays."""
    said = words.split()
    said += [word.capitalize() for word in said if word.islower()]
    places = late(rf"{_BEFORE}(?:{'|'.join(said)}){_AFTER}")
    return _Way(name, places, _in_bytes(said))


def _in_bytes(words: Iterable[str]) -> frozenset[bytes]:
    return frozenset(map(str.encode, words))


_SWEDISH = _Ways(
    _way("du", "du dig din ditt dina"),
    # Behind a colon stands the plural of an abbreviation: `URL:er`; a company is several people.
    _Way(
        "ni",
        late(
            rf"(?<!:){_BEFORE}(?:[Nn]i|[Ee](?:r|ra|rt)(?! (?:företag|organisation|team|avdelning)))"
            rf"{_AFTER}"
        ),
        _in_bytes("ni er era ert Ni Er Era Ert".split()),  # noqa: SIM905
    ),
    turned=True,
    severity=Severity.INFO,
)
_GERMAN = _Ways(
    # What opens a sentence may be `they`.
    _Way("Sie", late(r"(?<=[a-zäöüß,] )(?:Sie|Ihnen)\b"), _in_bytes(("Sie", "Ihnen"))),
    _way("du", "du dich dir dein deine deinem deinen deiner deines"),
    turned=True,
)
_FRENCH = _Ways(_way("vous", "vous votre vos"), _way("tu", "tu toi tes te"), turned=True)
_SPANISH = _Ways(
    _way(
        "usted",
        """usted Haga Seleccione Consulte Utilice Asegúrese Pulse Introduzca Elija Vaya Siga Agregue
        Añada Escriba Compruebe Establezca Indique Recuerde Ingrese Introduzca Verifique""",
    ),
    _way(
        "tú",
        """tú tu tus tienes puedes debes quieres necesitas tengas puedas deseas desees quieras
        necesites prefieres prefieras llegas programes harías podrías deberías""",
    ),
    turned=True,
)
_DUTCH = _Ways(
    _Way(
        "u",
        late(rf"{_BEFORE}(?<!\d )(?:u|uw|U|Uw){_AFTER}"),
        _in_bytes(("u", "uw", "Uw", "U")),
    ),
    _way("je", "je jij jouw"),
    turned=True,
)
_VOSTRO = ("vostra", "vostre", "vostri", "vostro")
_VOI = tuple(
    "Accedete Aggiungete Andate Aprite Cliccate Configurate Consultate Eseguite Fate Immettete"  # noqa: SIM905
    " Impostate Includete Inserite Installate Lasciate Modificate Premete Scaricate Scegliete"
    " Scoprite Selezionate Specificate Usate Utilizzate Verificate".split()
)
"""Imperatives; most are participles as well, and tell only where an imperative opens the source."""

_VERBS_OF_VOI = tuple("avete dovete fate potete volete Avete Dovete Potete Volete".split())  # noqa: SIM905

_ITALIAN = _Ways(
    _way("tu", "puoi devi tuo tua tuoi tue Seleziona Fai Utilizza Crea Apri Inserisci Scegli"),
    _Way(
        "voi",
        late(
            rf"{_BEFORE}(?:[Vv]ostr[aeio]|(?:[Pp]ot|[Dd]ov|[Vv]ol|[Aa]v)ete|fate(?= clic))"
            rf"{_AFTER}|(?<![^\0])(?:{'|'.join(_VOI)}){_AFTER}"
        ),
        _in_bytes((*_VOI, *_VOSTRO, *_VERBS_OF_VOI)),
    ),
)
_JAPANESE = _Ways(
    _Way(
        "です・ます",
        late("(?:です|ます|ました|でした|ません|ください|下さい|ましょう|でしょう|ませんか)。"),
    ),
    _Way(
        "だ・である",
        late("(?<=[ぁ-ヿ一-鿿])(?:る|(?<!ま)だ|ない|(?<![まで])した|った)。(?!）)"),
    ),
    least=10,
    times=9,
    kinds=_WHOLE,
    sign=late(
        "。(?:(?<=[るだ]。)|(?<=ない。)|(?<=った。)|(?<=した。)(?<!ました。)(?<!でした。))".encode()
    ),
)
_KOREAN = _Ways(
    _Way("-니다", late(r"(?:니다|시오|세요|니까)[.?]")),
    _Way("-다", late(r"[가-힣]{1,12}(?<!니)다\.(?=[\s\0]|\Z)|[가-힣]{1,12}해!")),
    least=10,
    times=9,
    sign=late("다\\.(?<!니다\\.)|해!".encode()),
)
_WAYS = {
    "de": _GERMAN,
    "es": _SPANISH,
    "fr": _FRENCH,
    "it": _ITALIAN,
    "ja": _JAPANESE,
    "ko": _KOREAN,
    "nl": _DUTCH,
    "sv": _SWEDISH,
}
_IMPERATIVES = frozenset(
    "add check choose click configure do download enter execute go insert install log make open"  # noqa: SIM905
    " press run see select set sign type use verify".split()
)
_KOREAN_NOUNS = (
    *(
        "캐나다.",
        "우간다.",
        "르완다.",
        "람다.",
        "판다.",
        "플로리다.",
        "네바다.",
        "혼다.",
        "버뮤다.",
    ),
    *("바다.", "소다.", "올해!", "새해!", "이해!", "한해!"),
)
"""Nouns that end as a verb of the plain style does."""

_ANY_WORD = late(r"[^\W\d_]+")
# What opens so is a participle if it has no object, and a subject follows: `Set up once, the …`.
_PARTICIPLE = late(
    r"\W*(?:set|run)\b(?! (?:up |out )?(?:the|an?|your|this|these|all|each|every)\b)[^.,:;]*,"
    r" (?:the|an?|it|they|this|these|all|each|every|its|your|you)\b",
    re.IGNORECASE,
)
_EXAMPLE = late(r"\b(?:example|sample|subject)\b", re.IGNORECASE)
_SEVERAL = late(r"\b(?:you and|and you)\b", re.IGNORECASE)
"""The reader and somebody else, who are several whatever one of them is called."""

_LABEL = late(r"(?<=[a-z,] )Your?\b")


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A page that speaks to its reader in one way does so in another at some places."""
    ways = _WAYS.get(primary_language(pair.locale))
    if ways is None or not _may_mix(pair, ways):
        return
    # A quotation that is no alert is a message: it speaks to somebody else.
    body = [
        one
        for one in pair.document.segments
        if one.kind in ways.kinds and not one.shape.endswith(">")
    ]
    text = "\0".join([one.text for one in body])
    usual, other = ways.usual, ways.other
    often, rarely = (len(way.places.findall(text)) for way in (usual, other))
    if (ways.turned or ways.sign is None) and often < rarely:
        usual, other, often = other, usual, rarely
    found = _found(pair, body, other, spoken=ways.sign is None)
    habit = often >= ways.least and often >= ways.times * len(found)
    if not habit or (usual is not ways.usual and not ways.turned):
        if found and ways.sign is None:
            yield from _both(_found(pair, body, usual, spoken=True), found, (usual, other))
        return
    for said, start, reading, source in found[:_MOST]:
        yield Observation(
            f"`{said}` on a page that says `{usual.name}` ({often} times)",
            reading.span(start, start + len(said)),
            said,
            source_span=source and source.span,
            severity=ways.severity,
            evidence={"habit": usual.name, "times": often, "others": len(found)},
        )


def _both(
    often: list[_Place], rarely: list[_Place], ways: tuple[_Way, _Way]
) -> Iterator[Observation]:
    """Where both ways are met in one text, or else the first of the rarer one on the page."""
    if len(often) < len(rarely):
        often, rarely, ways = rarely, often, (ways[1], ways[0])
    texts = {one.reading.segment.start for one in often}
    told = [one for one in rarely if one.reading.segment.start in texts]
    if not told and min(len(often), len(rarely)) >= _TWO:
        told = rarely[:1]
    seen: set[int] = set()
    for said, start, reading, source in told[:_MOST]:
        if reading.segment.start in seen:
            continue
        seen.add(reading.segment.start)
        yield Observation(
            f"`{said}`: `{ways[1].name}` and `{ways[0].name}` on one page"
            f" ({len(rarely)} and {len(often)} times)",
            reading.span(start, start + len(said)),
            said,
            source_span=source and source.span,
            severity=Severity.INFO,
            evidence={"habit": ways[0].name, "times": len(often), "others": len(rarely)},
        )


def _found(pair: AlignedPair, body: list[Segment], way: _Way, *, spoken: bool) -> list[_Place]:
    """Where the page itself speaks in a way, not in what it quotes or leaves as it is."""
    sources = {
        target.start: source
        for source, target, likeness in pair.segments
        if source is not None and target is not None and likeness >= _SURE
    }
    found: list[_Place] = []
    for segment in body:
        if not way.places.search(segment.text):
            continue
        source = sources.get(segment.start)
        kept: frozenset[str] = frozenset()
        if source is not None:
            if source.text == segment.text or (spoken and not _addresses(source.text)):
                continue
            kept = frozenset(_ANY_WORD.findall(source.text))
        reading = own_words(segment)
        # What the source has too is part of a name: `Café du Port`.
        found += [
            _Place(match[0], match.start(), reading, source)
            for match in way.places.finditer(reading.text)
            if match[0] not in kept and (source is None or _means(match, source.text))
        ]
    return found


def _may_mix(pair: AlignedPair, ways: _Ways) -> bool:
    """Whether a page may hold both ways, without looking closely."""
    if ways.sign is not None:
        return ways.sign.search(pair.document.data) is not None
    words = scan(pair).target
    return not (ways.usual.words.isdisjoint(words) or ways.other.words.isdisjoint(words))


def _addresses(text: str) -> bool:
    """Whether an English text speaks to its reader."""
    return "you" in text.lower() or _orders(text)


def _means(match: re.Match[str], text: str) -> bool:
    """Whether a place speaks to the reader, and is no sample of a text and no label."""
    said, before = match[0], match.string[: match.start()]
    if said in _VOI and not _orders(text):
        return False
    if said.endswith(_KOREAN_NOUNS) or (said in _VERBS_OF_VOI and _SEVERAL.search(text)):
        return False
    if ":" in before and _EXAMPLE.search(text):
        return False
    within = before[-1:] == " " and before[-2:-1].isalpha()
    return not (within and said[0].isupper() and _LABEL.search(text))


def _orders(text: str) -> bool:
    """Whether an English text opens with an imperative."""
    opening = _ANY_WORD.search(text)
    if opening is None or opening[0].lower() not in _IMPERATIVES:
        return False
    return not _PARTICIPLE.match(text)
