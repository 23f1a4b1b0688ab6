"""Code, pictures and link definitions that the source changed and a translation did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bilint.desk.pages import Desk, OpenPage
from bilint.edits import Edit, apply, edit_of
from bilint.model.document import Block, BlockKind, Document
from bilint.model.record import NamedTuple
from bilint.model.text import LineIndex, Span
from bilint.review.trial import Trial, judged

_NAMES = {
    BlockKind.CODE: "code",
    BlockKind.IMAGE: "picture",
    BlockKind.VIDEO: "video",
    BlockKind.LINK_DEFINITION: "link definition",
}


class Renewal(NamedTuple):
    """A block of the translation that is as at the pin, and what the source has there now.

    `now` is None where the source has nothing in its place any more, or nobody can tell what.
    """

    ours: Block
    then: Block
    now: Block | None


def renewals(page: OpenPage) -> tuple[Renewal, ...]:
    """The blocks of a page that are still as at the pin and changed in the source."""
    source, head = page.aligned.source, page.head
    if source is None or head is None:
        return ()
    then, now = _blocks(source.document), _blocks(head)
    after = _successors(then, now)
    names = Counter(map(_name, now))
    gone = Counter(map(_name, then)) - names
    todo = gone & (Counter(map(_name, _blocks(page.document))) - names)
    places: dict[tuple[BlockKind, str], list[int]] = {}
    for index, block in enumerate(then):
        # What has a successor is what changed, where the same stands several times.
        places.setdefault(_name(block), []).append(index)
    found = []
    for ours in _blocks(page.document):
        name = _name(ours)
        if todo[name]:
            todo[name] -= 1
            known = places[name]
            index = next((one for one in known if one in after), known[0])
            known.remove(index)
            found.append(Renewal(ours, then[index], after.get(index)))
    return tuple(found)


def _blocks(document: Document) -> list[Block]:
    return [one for one in document.blocks if one.kind is not BlockKind.COMMENT]


def _name(block: Block) -> tuple[BlockKind, str]:
    return block.kind, block.text


def _successors(then: Sequence[Block], now: Sequence[Block]) -> dict[int, Block]:
    """What came in the place of each block that is gone, where as many came as went."""
    matcher = SequenceMatcher(
        None, [_name(one) for one in then], [_name(one) for one in now], autojunk=False
    )
    found: dict[int, Block] = {}
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "replace" and last - first == end - start:
            found |= {
                index: new
                for index, new in zip(range(first, last), now[start:end], strict=True)
                if then[index].kind is new.kind
            }
    return found


def changes_of(page: OpenPage) -> Iterator[str]:
    """Each of them in a line: where it stands, as it is and as it ought to be."""
    lines = LineIndex(page.data)
    for one in renewals(page):
        where = f"line {lines.line(one.ours.start)}: {_NAMES[one.ours.kind]}"
        if one.now is None:
            yield f"{where}: the source has it no longer as it was; P edits the page"
        else:
            yield f"{where}: {_difference(one.then.text, one.now.text)}"


def _difference(then: str, now: str) -> str:
    """What of a text was replaced by what, line by line; the whole, where it is one line."""
    old, new = then.strip("\n").split("\n"), now.strip("\n").split("\n")
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    parts = []
    for what, first, last, start, end in matcher.get_opcodes():
        if what != "equal":
            parts += [f"[-{one.strip()}-]" for one in old[first:last]]
            parts += [f"{{+{one.strip()}+}}" for one in new[start:end]]
    return " ".join(parts)


def try_renewal(desk: Desk, page: OpenPage) -> Trial:
    """The page with what the source has now in place of what it had; laid over it on the desk."""
    edits = [edit for one in renewals(page) if (edit := _edit(page, one)) is not None]
    if not edits:
        return Trial(page.data, "nobody can tell what comes in their place; P edits the page")
    applied = apply(page.data, edits)
    if applied.left_out:
        return Trial(page.data, applied.left_out[0].reason)
    after = desk.recheck(page.locale, page.path, applied.data)
    trial = Trial(applied.data, edits=applied.done)
    left = page.judgement.blocks_to_do - after.judgement.blocks_to_do
    if left < len(edits) or not _same_text(page.document, after.document):
        return trial._replace(objection="it would change more than that; P edits the page")
    return judged(trial, page, after, (), force=True)


def _edit(page: OpenPage, renewal: Renewal) -> Edit | None:
    """The block as the source has it; of one that differs in its words only the address."""
    ours, then, now = renewal
    if now is None or page.aligned.source is None or page.head is None:
        return None
    span = Span(ours.start, ours.end)
    raw = page.data[ours.start : ours.end]
    was = page.aligned.source.document.data[then.start : then.end]
    if raw == was:
        text = page.head.data[now.start : now.end].decode("utf-8")
        return edit_of(page.path, page.data, span, text)
    old, new = ours.text.encode(), now.text.encode()
    if raw.count(old) != 1 or b"\n" in old.strip(b"\n"):
        return None
    return edit_of(page.path, page.data, span, raw.replace(old, new).decode("utf-8"))


def _same_text(before: Document, after: Document) -> bool:
    ours, theirs = (
        [(one.kind, one.shape, one.text) for one in document.segments]
        for document in (before, after)
    )
    return ours == theirs
