"""`mark-lost`: the mark behind a label is lost, and a new sentence stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import APART, at_places, target_data
from bilint.checks.tokens.syntax import plain, unwrapped
from bilint.checks.typography.sheet import span_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.segment_text import is_as_stored

_OPENING = late(
    rb"\0(?:\*\*[^*\0\n]+\*\*|_[^_\0\n]+_|`[^`\0\n]+`"
    rb"|(?:\*\*|_)?\[![A-Z]+ [^\[\]\0\n]+\](?:\*\*|_)?)"
    rb" [A-Z\xc3-\xd5]"
)
_ADDRESS = late(rb"[\])*_`] [A-Z\xc3][a-z\x80-\xff]+n Sie ")

_LABEL = (
    r"(?:\*\*[^*\n]*[^\s*:.!?,;–—-]\*\*|_[^_\n]*[^\s_:.!?,;–—-]_"
    r"|(?P<m>\*\*|_)?\[![A-Z]+ [^\[\]\n]+\](?(m)(?P=m))|`[^`\n]+`)"
)
_SOURCE = late(
    rf"(?:{_LABEL}(?P<behind>:)|\*\*[^*\n]+(?P<within>:)\*\*)[ \u00a0]+(?=[\w\"'“\[*_`(])"
)
_TARGET = late(rf"(?P<label>{_LABEL}) (?P<word>[^\W\d_]+)(?P<sie> Sie\b)?")
_MARKED = late(r"(?:\]|\*|_|`|\))[*_]*[,:]|[,:]\*\*")
_UNMARKED = late(rf"{_LABEL} [A-Z]")
"""A label before a sentence in the source, which may have set no mark either."""

_ADDRESSED = late(rf"(?P<label>{_LABEL}) (?P<word>[A-ZÄÖÜ][a-zäöüß]+n) Sie ")
_PART = late(r"[:：–—]| - ")
_ADJECTIVE = late(r"[a-zäöüß](?:e|en|er|es|em)[*_\]`]*\Z")
_TIED = {
    "de": "bei durch für gegen mit nach ohne seit von zu zum zur",
    "es": "a al con de del desde en hasta para por según sin sobre",
    "fr": "à au aux avec chez dans de des du en par pour sans sous sur vers",
    "it": "a ad al ai alla alle allo con da dal dai dalla dalle dallo di del dei della delle dello"
    " in nel nei nella nelle nello per senza su sul sui sulla sulle sullo tra fra tramite",
    "nl": "bij met tot van voor zonder",
    "pt": "a à ao aos às com da das de do dos em na nas no nos para pela pelo por sem sob sobre",
}
"""Prepositions, behind which what they belong to follows: `**Compatible con** Lamps`."""

_SHOWN = 60
_SHORTEST = 3
"""Letters of a label that is no number of an item."""

_NO_CAPITALS = frozenset("ja ko th zh yue".split())  # noqa: SIM905
"""Languages in which a capital says nothing of where a sentence begins."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A capital behind a label shows that the mark between them is lost."""
    language = primary_language(pair.locale)
    if pair.source is None or language in _NO_CAPITALS:
        return
    data = target_data(pair)
    # Each text begins behind a separator then, the first one too.
    openings = (match.end() - 1 for match in _OPENING.finditer(APART.encode() + data))
    told: set[int] = set()
    for source, target, _likeness in at_places(pair, data, openings):
        found = _opened(source, target, language)
        if found is not None:
            told.add(target.start)
            yield found
    if language != "de":
        return
    addresses = (match.end() for match in _ADDRESS.finditer(data))
    for source, target, _likeness in at_places(pair, data, addresses):
        found = None if target.start in told else _addressed(source, target)
        if found is not None:
            yield found


def _opened(source: Segment, target: Segment, language: str) -> Observation | None:
    """A label that opens the text, with a colon in the source."""
    ours, theirs = _SOURCE.match(source.text), _TARGET.match(target.text)
    if ours is None or theirs is None or not theirs["word"][0].isupper():
        return None
    label = theirs["label"]
    if _PART.search(label):
        return None
    # `**Log in**` may be kept as it is.
    if _last_word(label) in _TIED.get(language, "").split() and label not in source.text:
        return None
    # A German noun may stand behind its adjective.
    if language == "de" and not theirs["sie"] and _ADJECTIVE.search(label):
        return None
    colon = "\u00a0:" if language == "fr" else ":"
    mended = f"{label}{colon}"
    if ours["within"] and label.startswith("**"):
        mended = f"{label.removesuffix('**')}{colon}**"
    return _observation(source, target, theirs.span("label"), label, mended)


def _last_word(label: str) -> str:
    """The last word of a label; a capital alone is no word: `Choice A`."""
    word = label.strip("*_`[]").rpartition(" ")[2]
    return word.lower() if len(word) > 1 else word


def _addressed(source: Segment, target: Segment) -> Observation | None:
    """A German sentence that speaks to the reader begins behind a label."""
    theirs = _ADDRESSED.search(target.text)
    if theirs is None or not _MARKED.search(source.text) or _UNMARKED.search(source.text):
        return None
    return _observation(source, target, theirs.span("label"), theirs["label"], None)


def _observation(
    source: Segment, target: Segment, place: tuple[int, int], label: str, mended: str | None
) -> Observation | None:
    text = target.text
    if not is_as_stored(target) or sum(map(str.isalnum, label)) < _SHORTEST:
        return None
    said = plain(unwrapped(label.strip("*_`")))
    return Observation(
        f"The mark behind `{said[:_SHOWN]}` is lost: a new sentence stands against it",
        span_in(target, text, *place),
        said,
        source.span,
        suggestion=None if mended is None else Suggestion(mended),
    )
