"""`comma-before-verb`: in German a comma stands between what opens a sentence and its verb."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import APART, at_places, target_data
from bilint.checks.language.prose import VERBATIM, Reading, read
from bilint.checks.tokens.syntax import word_set
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_LIKELY = late(rb", [a-z\x80-\xff]{3,20}n Sie(?![a-z])")
_VERB = late(r",[ \u00a0\n](?P<verb>[a-zäöüß]{3,}(?:en|ern|eln))[ \u00a0\n]Sie(?![\w-])")
_START = late(r"[^\w\x01]*")
_HEADING = late(r"So [a-zäöüß]{2,}n Sie(?![\w-])")
"""How a heading of steps begins, and a sentence that ends with a colon."""

_PURPOSE = late(r"(?:\A|[.!?:>]\s)\W*To [a-z]+(?![\w-])[^.!?]*?, (?:you |please )?[a-z]+")
_FRONTED = late(r", (?:please )?[a-z]+")
_ADDRESSED = late(r", (?:you|your)\b")
_WORD = late(r"[^\s\x01]*\x01[^\s]*|[^\s\x01]+")

_PREPOSITIONS = word_set(
    "ab am an ans auf aus außerhalb bei beim für hinter im in innerhalb ins mit nach neben oberhalb"
    " pro über unter unterhalb vom von vor während zum zur zwischen"
)
_ADVERBS = word_set(
    "Anschließend Außerdem Danach Dann Derzeit Optional Schließlich Standardmäßig Zuerst Zuletzt"
    " Zunächst Zusätzlich"
)
"""What opens a sentence by itself."""

_SMALL = _PREPOSITIONS | word_set(
    "das dem den der des die dies diese diesem diesen dieser dieses ein eine einem einen einer"
    " eines ihr ihre ihrem ihren ihrer ihres jede jedem jeden jeder jedes links oben oder rechts"
    " und unten"
)
"""Words that an opening may have without any verb."""

_ENDS = (APART.encode(), b". ", b"! ", b"? ", b"\n")
_OPENERS = "|".join(sorted(_ADVERBS | {one.capitalize() for one in _PREPOSITIONS}))
_OPENING = late(rf"[^A-Za-z\xc3]*(?:So|{_OPENERS})(?: |\Z)".encode())
_ENDINGS = ("e", "em", "en", "er", "es")
_NO_VERBS = word_set("denen gegen neben sofern sondern wegen zwischen inwiefern insofern")
_INVERTED = word_set(
    "benötigen brauchen dürfen erhalten finden haben hatten hätten können könnten möchten müssen"
    " müssten sehen sind sollen sollten waren wären werden wollen wollten wünschen würden"
)
"""With these a clause may be put in that says *if*: the source must speak to its reader there."""

_MOST_WORDS = 16
_SHOWN = 60


class _Comma(NamedTuple):
    """A comma before a verb, in the text of a segment, and what opens the sentence before it."""

    start: int
    end: int
    opening: str
    verb: str


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A comma of the source that the sentence has no place for."""
    if pair.source is None or primary_language(pair.locale) != "de":
        return
    data = target_data(pair)
    places = (match.start() for match in _LIKELY.finditer(data) if _may_open(data, match.start()))
    for source, target, _likeness in at_places(pair, data, places):
        reading = read(target)
        if reading.mapped:
            yield from _in_segment(source, target, reading)


def _may_open(data: bytes, place: int) -> bool:
    """A quick look: whether a word that matters opens the sentence before a comma."""
    begins = max(data.rfind(one, 0, place) for one in _ENDS)
    return _OPENING.match(data, begins + 1, place) is not None


def _in_segment(source: Segment, target: Segment, reading: Reading) -> Iterator[Observation]:
    for start, end in reading.sentences():
        comma = _comma(reading.text, start, end)
        if comma is None:
            continue
        if _HEADING.match(comma.opening):
            if _PURPOSE.search(read(source).text) and ":" not in comma.opening:
                yield _goes_on(comma, reading, source)
        elif _is_bare(comma.opening):
            marks = _ADDRESSED if comma.verb in _INVERTED else _FRONTED
            if marks.search(source.text):
                yield _parted(comma, reading, source, target)


def _comma(text: str, start: int, end: int) -> _Comma | None:
    """The first comma of a sentence that has a verb and its *Sie* behind it."""
    begins = _START.match(text, start, end)
    first = start if begins is None else begins.end()
    for match in _VERB.finditer(text, first, end):
        verb = match["verb"]
        if verb not in _NO_VERBS:
            return _Comma(*match.span(), " ".join(text[first : match.start()].split()), verb)
    return None


def _is_bare(opening: str) -> bool:
    """Whether what opens a sentence has no verb and no clause in it."""
    if opening in _ADVERBS:
        return True
    words = _WORD.findall(opening)
    if len(words) < 2 or len(words) > _MOST_WORDS or words[0].lower() not in _PREPOSITIONS:
        return False
    if not words[0][0].isupper() or "Sie" in words or any(one in opening for one in ",;:()–—"):
        return False
    qualifies = False
    for word in words:
        if VERBATIM in word or not word[0].islower():
            qualifies = word.lower() in _SMALL
        elif word in _SMALL:
            qualifies = True
        elif not qualifies or not word.endswith(_ENDINGS):
            # A verb or a participle: `Im Menü angekommen, öffnen Sie`.
            return False
    return not words[-1][0].islower()


def _goes_on(comma: _Comma, reading: Reading, source: Segment) -> Observation:
    return Observation(
        f"The sentence begins as a heading does, and goes on behind a comma: `{comma.verb} Sie`",
        reading.span(comma.start, comma.end),
        f"{comma.verb} Sie",
        source.span,
        suggestion=Suggestion(f": {comma.verb.capitalize()} Sie"),
    )


def _parted(comma: _Comma, reading: Reading, source: Segment, target: Segment) -> Observation:
    opening = comma.opening
    shown = f"before its verb, `{comma.verb} Sie`"
    if VERBATIM not in opening and len(opening) <= _SHOWN:
        shown = f"between `{opening}` and its verb, `{comma.verb} Sie`"
    return Observation(
        f"A comma stands {shown}",
        reading.span(comma.start, comma.end),
        f"{comma.verb} Sie",
        source.span,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        suggestion=Suggestion(target.text[comma.start + 1 : comma.end]),
    )
