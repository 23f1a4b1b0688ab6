"""`name-lost`: a heading, a link or an entry of a list breaks off where a name should follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bilint.checks.base import Context
from bilint.checks.changed import SURE
from bilint.checks.terms.naming import Names
from bilint.checks.tokens.syntax import decoded, placed_tokens
from bilint.engines.stopwords import function_words
from bilint.learning.names import runs
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind, TokenKind
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.record import NamedTuple
from bilint.model.segment_text import plain
from bilint.model.text import Span

_KINDS = frozenset(
    (
        SegmentKind.TITLE,
        SegmentKind.HEADING,
        SegmentKind.LIST_ITEM,
        SegmentKind.TABLE_CELL,
        SegmentKind.TAB,
    )
)

# Articles, prepositions and conjunctions that something must follow. Particles of separable
# verbs, which do end a phrase, are not among them.
_OPEN = {
    "it": "di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli alle"
    " dal dallo dalla dai dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli"
    " sulle e o il lo la i gli le tramite",
    "fr": "de du des à au aux en pour par avec sur dans et ou le la les chez vers",
    "es": "de del a al en con por para y o el la los las sobre",
    "pt": "de do da dos das em no na nos nas ao aos com por para pelo pela e ou o a os as",
    "de": "für von und oder der das dem den des zum zur im vom beim",
    "nl": "van de het een en of met naar",
    "pl": "dla do od z ze w we i oraz lub przez",
}
# What nothing can begin with once the name before it has gone.
_ENDED = {
    "ko": "을 를 의 에 에서 와 과 은 는 로 으로 용 및",
}
_LONGEST = 6
"""Words of a text that is short enough for a name to be most of what it says."""

_LONG = 80
"""Characters of such a text at most."""

_JUNK = "  \u200b\u200c\u200d\u2060\ufeff\u00a0*_~|"

_MARKS = frozenset(_JUNK + "};")
"""What may stand around such a text."""


def _edges(language: str) -> _Edges:
    last, first = _OPEN.get(language, ""), _ENDED.get(language, "")
    return _Edges(frozenset(last.split()), frozenset(first.split()))


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each text that breaks off and lacks a name that its source has."""
    language = primary_language(pair.locale)
    edges = _edges(language)
    if pair.source is None or not any(edges):
        return
    sources: Mapping[int, Segment] | None = None
    names: Names | None = None
    for segment, text, span in _texts(pair, edges):
        if " " not in text or text.count(" ") >= _LONGEST:
            continue
        if sources is None:
            sources = {
                theirs.start: ours
                for ours, theirs, likeness in pair.segments
                if ours and theirs and likeness >= SURE
            }
        base = sources.get(segment.start)
        if base is None:
            continue
        names = names or Names(pair, context)
        name = _lost(base, segment, names, context.source_language)
        if name is not None:
            yield Observation(f"`{text}` breaks off: `{name}` is missing", span, name, base.span)


class _Edges(NamedTuple):
    """What a text does not end with, and what it does not begin with, unless something is lost."""

    last: frozenset[str]
    first: frozenset[str]

    def shows(self, text: str) -> bool:
        """Whether a text breaks off."""
        if text[text.rfind(" ") + 1 :].lower() in self.last:
            return True
        return bool(self.first) and text.partition(" ")[0] in self.first

    def may_show(self, text: str) -> bool:
        """The same of a text of several words that may have marks around it."""
        if " " not in text and "&" not in text:
            return False
        return text[-1] in _MARKS or text[0] in _MARKS or self.shows(text)


def _texts(pair: AlignedPair, edges: _Edges) -> Iterator[tuple[Segment, str, Span]]:
    """The texts that break off, without marks around them."""
    for segment in pair.document.segments:
        text = segment.text
        if len(text) <= _LONG and segment.kind in _KINDS and edges.may_show(text):
            text = text.partition("{#")[0].strip(_JUNK)
            if edges.shows(text):
                yield segment, text, segment.span
    for place, token in placed_tokens(pair.document, TokenKind.LINK):
        text = token.text
        end = text.rfind("](", 0, _LONG)
        if place is not None and end > 1 and text[0] == "[" and edges.may_show(text[1:end]):
            text = decoded(text[1:end]).strip(_JUNK)
            if edges.shows(text):
                yield place, text, Span(token.start, token.end)


def _lost(source: Segment, target: Segment, names: Names, language: str) -> str | None:
    """The first name of the source of which no word is left; None where the source ends so too."""
    ours = plain(source, code=False)
    words = ours.strip(_JUNK).split()
    if words and words[-1].lower() in function_words(language):
        return None
    theirs = plain(target, code=False).lower()
    for run in runs(ours):
        parts = run.text.split()
        telling = (len(parts) > 1 and 2 * len(parts) >= len(words)) or names.kept(run.text)
        if telling and all(part.lower()[:4] not in theirs for part in parts):
            return run.text
    return None
