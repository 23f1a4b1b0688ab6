"""Commands that stand in plain or bold text and of which a word was translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilint.checks.changed import at_places, changed, source_data
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import BlockKind, Document, Segment
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.segment_text import stretch
from bilint.model.text import Span

_KEPT = 2
"""Neighbours of a command that begin as it does and stand there as in the source."""

_LINES = 4
"""Lines of a paragraph that begin with one word and so are commands."""

_REACH = 40
"""Items of a list that are looked at on either side."""

_LONGEST = 120

_FIRST = late(r"[a-z][a-z0-9]+(?= [^\s])")
_BOLD = late(rb"\*\*[a-z][a-z0-9_.-]+ [^*\n\0]{1,80}\*\*(?!\*)")
ANY_BOLD = late(r"\*\*([^*\n]+)\*\*")
_PROMPT = late(r"(?:(?:[^\s#]\S{0,40})?[$>%] ?|\S{1,40}# ?)?(?:sudo )?")


def commands(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each command that has other words in the target."""
    for source, target, _likeness in changed(pair):
        ours, theirs = source[4], target[4]
        # Nearly every text begins with a capital.
        if ours[0].islower() and _FIRST.match(ours):
            if source.shape.startswith("li") and ours.split()[0] == theirs.split()[0]:
                yield from _item(pair.segments, source, target)
            elif ours.count("\n") >= _LINES - 1:
                yield from _lines(source, target)
    yield from _in_bold(pair)


def is_command(text: str, *documents: Document) -> bool:
    """Whether words begin a line of a code block in all pages, behind a prompt perhaps.

    What the translation of a page has in other words is no command, but a text for people.
    """
    return _FIRST.match(text) is not None and all(_begins_a_line(text, one) for one in documents)


_BEHIND = frozenset(("", " ", "\t", ";", "|", "&", "<", ">"))
"""What may follow a command on its line."""


def _begins_a_line(text: str, document: Document) -> bool:
    for block in document.blocks:
        if block.kind is BlockKind.CODE and text in block.text:
            for line in block.text.splitlines():
                prompt = _PROMPT.match(line.lstrip())
                rest = line.lstrip()[prompt.end() if prompt else 0 :]
                if rest.startswith(text) and rest[len(text) : len(text) + 1] in _BEHIND:
                    return True
    return False


def _item(
    segments: Sequence[SegmentPair], source: Segment, target: Segment
) -> Iterator[Observation]:
    """An item of a list of commands: two others that begin alike stand as in the source."""
    ours, theirs = source.text.split(), target.text.split()
    if len(ours) != len(theirs) or len(source.text) > _LONGEST or source.tokens:
        return
    wrong = [at for at, word in enumerate(ours) if word != theirs[at]]
    if not all(ours[at].isalpha() and ours[at].islower() for at in wrong):
        return
    kept = [words for words in _kept_items(segments, source) if words[0] == ours[0]]
    if len(kept) >= _KEPT and all(
        any(words[at : at + 1] == ours[at : at + 1] for words in kept) for at in wrong
    ):
        yield _observation(source.text, target.text, target.span, source.span)


def _kept_items(segments: Sequence[SegmentPair], item: Segment) -> Iterator[list[str]]:
    """The words of those items around one of a list that stand as in the source."""
    at = next(number for number, one in enumerate(segments) if one[0] is item)
    for way in (range(at - 1, at - _REACH, -1), range(at + 1, at + _REACH)):
        for number in way:
            source, target, _likeness = (
                segments[number] if 0 <= number < len(segments) else segments[at]
            )
            if source is None or target is None or source is item or source.shape != item.shape:
                break
            if source.text == target.text:
                yield source.text.split()


def _lines(source: Segment, target: Segment) -> Iterator[Observation]:
    """A paragraph of which each line is a command, and some stand as in the source."""
    ours, theirs = source.text.splitlines(), target.text.splitlines()
    first = ours[0].split()[0]
    if not all(line.startswith(f"{first} ") and len(line) < _LONGEST for line in ours):
        return
    whole = f" {' '.join(target.text.split())} "
    lost = [line for line in ours if f" {' '.join(line.split())} " not in whole]
    if len(ours) - len(lost) < _KEPT:
        return
    made = [line for line in theirs if line not in ours]
    if len(made) != len(lost):
        for line in lost[:1]:
            yield _observation(line, made[0] if made else "", target.span, source.span)
        return
    for line, other in zip(lost, made, strict=True):
        place = place_of(target, other)
        # Two lines may have become one.
        alone = not any(one in other for one in ours)
        yield _observation(line, other, place, place_of(source, line), alone=alone)


def _in_bold(pair: AlignedPair) -> Iterator[Observation]:
    """Bold text that is a line of a code block too."""
    if pair.source is None:
        return
    document, data = pair.source.document, source_data(pair)
    if not any(block.kind is BlockKind.CODE for block in document.blocks) or b"**" not in data:
        return
    pages = (document, pair.document)
    places = [
        match.start()
        for match in _BOLD.finditer(data)
        if is_command(match[0].decode(errors="replace").strip("*"), *pages)
    ]
    for source, target, _likeness in at_places(pair, data, places):
        ours, theirs = ANY_BOLD.findall(source.text), ANY_BOLD.findall(target.text)
        if len(ours) != len(theirs):
            continue
        for text, other in zip(ours, theirs, strict=True):
            if text not in target.text and other not in ours and is_command(text, *pages):
                yield _observation(text, other, place_of(target, other), place_of(source, text))


def place_of(segment: Segment, part: str) -> Span:
    """The bytes of the page where a part of a segment stands, as far as that can be told."""
    start = segment.text.index(part)
    return stretch(segment, start, start + len(part))


def _observation(
    command: str, made: str, place: Span, source_place: Span, *, alone: bool = True
) -> Observation:
    return Observation(
        f"The command `{command}` of the source is `{made}` here",
        place,
        command,
        source_place,
        suggestion=Suggestion(command)
        if alone and place.end - place.start == len(made.encode(errors="replace"))
        else None,
    )
