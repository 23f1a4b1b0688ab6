"""`verb-lost`: in German a modal verb has no infinitive behind it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import APART, at_places, target_data
from bilint.checks.language.prose import VERBATIM, Reading, read
from bilint.checks.tokens.syntax import word_set
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late

_LIKELY = late(
    rb" (?:k(?:ann|\xc3\xb6nn(?:en|ten?))|m(?:uss|\xc3\xbcssen)|soll(?:en|ten?)?"
    rb"|d(?:arf|\xc3\xbcrfen)) "
)
_CLOSED = late(rb"[ (-][a-z\x80-\xff]+n(?:[*_]*[.,;:!?)\0]|\Z| und | oder )")
"""How nearly every sentence with such a verb ends."""

_MODAL = late(
    r"(?<![\w-])(?:kann|können|könnten?|muss|müssen|soll|sollen|sollten?|darf|dürfen)(?![\w-])"
)
_CLAUSE_ENDS = late(r"\s*(?:[.,;:!?()\"“”„»…–—]|(?:und|oder|sowie|bzw)\b|\Z)")
"""What stands behind a verb that ends its clause: the infinitive stands before it."""

_BEFORE = late(r"(?P<word>[^\W\d_]+)\s+\Z")
_INFINITIVE = late(r"(?<!\w)[a-zäöüß-]*(?:en|ern|eln|tun|sein)(?!\w)")
_ALIKE = word_set(
    "allen anderen außen beiden daneben dagegen denen den deswegen diesen drüben einen gegen gern"
    " hinten ihren innen jeden jenen keinen manchen meinen mehreren neben oben seinen sondern"
    " unseren unten vielen wegen welchen wen wenigen zwischen"
)
"""Words that end as an infinitive does."""

_SMALL = word_set("dann nun schon von wenn")
_ADJECTIVE = late(
    r"(?<![\w-])(?:[dD](?:ie|as|e[nmrs])|(?:[kK]?ein|[iI]hr|sein|[dD]ies|[jJ]ed|all|welch)(?:e[nmrs]?)?"
    r"|am|an|ans|auf|aus|bei|beim|bis|durch|für|gegen|im|in|ins|mit|nach|neben|ohne|pro|um|unter|vom"
    r"|von|vor|während|zu|zum|zur|zwischen|über)\s+"
    r"(?:[a-zäöüß]+e[nmrs]?\s+(?:(?:und|oder)\s+)?)*?"
    r"(?P<one>[a-zäöüß]+en)\s+(?=[A-ZÄÖÜ\x01])"
)
"""What qualifies a noun, between a small word and that noun: `im linken Bereich`."""

_SAID = late(
    r"(?<![\w-])(?:dies|das|es|alles|nichts)(?:\s(?:auch|nicht|nur|hier|jetzt|dann|selbst))*\s*[.,;!?]"
)
"""What stands for a verb that was said before: `Wärter können dies auch`."""

_MOVES = late(
    r"\s+(?:(?:Sie|sie|er|es|man)\s+)?(?:(?:nicht|auch|nur)\s+)?"
    r"(?:nach|in|ins|zu|zum|zur|auf|aus|vor|unter)(?!\w)"
)
_WHERE = late(
    r"(?<!\w)(?:dafür|durch|fort|heraus|herein|hin|hinaus|hinein|los|raus|rein|weg|weiter|zurück)[.,;!]"
)
"""Where a thing must go nobody needs to say that it goes: `muss in den Ordner`."""

_OBJECTS = word_set("alles das dies nichts was")
"""Before a modal verb these stand for another: `Das können nur Wärter`."""

_HELPED = late(
    r"\b(?:can|could|may|might|must|should|(?:need|needs|have|has|able|possible|allowed|required)\sto)"
    r"\s(?:(?:only|then|also|not|now|[a-z]+ly)\s)*[a-z]+|\bcannot\s[a-z]+"
)
_ALONE = late(r"\b(?:can|could|may|must|should|cannot|can't|can’t)(?:\snot)?\s*[.,;:!?)]")
_ENDS = late(r"(?<![\s.])[.!?](?=\s+[A-ZÄÖÜ\"„“»(\x01]|\s*\Z)")
_SHORT = late(r"(?<![\w.-])(?:[^\W\d_]{1,4}|\d+|inkl|evtl|zzgl|entspr)\Z")
"""What a full stop may shorten or count, and end no sentence."""

_MARKS = '*_`"“”»])'
_REACH = 600
_LONGEST = 20_000


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """The verb for whose sake a sentence says *can* or *must* is lost."""
    if pair.source is None or primary_language(pair.locale) != "de":
        return
    data = target_data(pair)
    places = (match.start() for match in _LIKELY.finditer(data) if _is_open(data, match.end()))
    for source, target, _likeness in at_places(pair, data, places):
        if len(target.text) > _LONGEST:
            continue
        ours, reading = read(source).text, read(target)
        if reading.mapped and _HELPED.search(ours) and not _ALONE.search(ours):
            yield from _in_segment(source, target, reading)


def _is_open(data: bytes, start: int) -> bool:
    """A quick look that sends nearly all away: a word like an infinitive ends the clause."""
    rest = data[start : start + _REACH].split(APART.encode(), 1)[0]
    return _CLOSED.search(rest.split(b". ", 1)[0]) is None


def _in_segment(source: Segment, target: Segment, reading: Reading) -> Iterator[Observation]:
    text = reading.text
    for match in _MODAL.finditer(text):
        end = _sentence_end(text, match.end())
        if end is None or text[end] == "?" or target.text[end - 1] in _MARKS:
            continue
        rest = text[match.end() : end + 1]
        if text[end - 1] == VERBATIM or _ends_clause(text, match.start(), rest):
            continue
        if ":" in rest or "…" in rest or _SAID.search(rest) or _moves(rest):
            continue
        if not _has_infinitive(rest):
            yield Observation(
                f"`{match[0]}` has no infinitive: the verb of the sentence is lost",
                reading.span(*match.span()),
                match[0],
                source.span,
            )


def _moves(rest: str) -> bool:
    return _MOVES.match(rest) is not None or _WHERE.search(rest) is not None


def _sentence_end(text: str, start: int) -> int | None:
    """Where the mark stands that ends the sentence, if one does."""
    for match in _ENDS.finditer(text, start):
        if not _SHORT.search(text, max(0, match.start() - 12), match.start()):
            return match.start()
    return None


def _ends_clause(text: str, start: int, rest: str) -> bool:
    """Whether the infinitive may stand before the modal verb."""
    if _CLAUSE_ENDS.match(rest):
        return True
    before = _BEFORE.search(text, max(0, start - 60), start)
    if before is None:
        return False
    word = before["word"]
    if word in ("sein", "zu") or word.lower() in _OBJECTS:
        return True
    if not word.endswith("n") or word in _SMALL or word in _ALIKE:
        return False
    # `Löschen können Sie sie nur hier.`
    opens = not text[: before.start()].strip() or text[: before.start()].rstrip()[-1] in ".!?:"
    return word[0].islower() or opens


def _has_infinitive(rest: str) -> bool:
    """Whether anything behind a modal verb may be its infinitive."""
    adjectives = {match.start("one") for match in _ADJECTIVE.finditer(rest)}
    return any(
        match.start() not in adjectives and match[0] not in _ALIKE
        for match in _INFINITIVE.finditer(rest)
    )
