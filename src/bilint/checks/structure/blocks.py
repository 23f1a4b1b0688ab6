"""Blocks that are no text: code, and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum

from bilint.alignment.traits import link_key
from bilint.engines.likeness import SEQUENCE_COST, opcodes
from bilint.model.document import Block, BlockKind, Document, TokenKind
from bilint.model.record import NamedTuple

_FENCE = "```"


class CodeFault(Enum):
    """What became of a block of code."""

    LOST = "lost"
    EXTRA = "extra"
    INFO = "info"
    OPEN = "open"
    LONGER = "longer"


class CodeDifference(NamedTuple):
    """A block of code that differs in its build; one of the two may be missing."""

    fault: CodeFault
    source: Block | None
    target: Block | None


def compare_code(source: Document, target: Document) -> list[CodeDifference]:
    """How the blocks of code differ; what is in them is not compared."""
    ours = [block for block in source.blocks if block.kind is BlockKind.CODE]
    theirs = [block for block in target.blocks if block.kind is BlockKind.CODE]
    if len(ours) == len(theirs) or len(ours) * len(theirs) > SEQUENCE_COST:
        pairs: list[tuple[Block | None, Block | None]] = list(zip(ours, theirs, strict=False))
    else:
        pairs = list(_paired(ours, theirs))
    found: list[CodeDifference] = []
    for before, after in pairs:
        fault = _fault(before, after, source, target)
        if fault is not None:
            found.append(CodeDifference(fault, before, after))
            if fault is CodeFault.OPEN:
                break
    return found


def _paired(ours: list[Block], theirs: list[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    left = [_key(block) for block in ours]
    right = [_key(block) for block in theirs]
    for tag, a, b, c, d in opcodes(left, right):
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            yield from zip(ours[a:b], theirs[c:d], strict=True)
        elif tag == "replace" and _swallows(ours[a], theirs[c]):
            yield ours[a], theirs[c]
            yield from ((one, None) for one in ours[a + 1 : b])
        else:
            shared = min(b - a, d - c)
            yield from zip(ours[a : a + shared], theirs[c : c + shared], strict=True)
            yield from ((one, None) for one in ours[a + shared : b])
            yield from ((None, one) for one in theirs[c + shared : d])


def _key(block: Block) -> str:
    return "".join(block.text.split())


def _swallows(before: Block, after: Block) -> bool:
    inside, whole = before.text.strip(), after.text.strip()
    return bool(inside) and len(whole) > len(inside) and whole.startswith(inside)


def _fault(
    before: Block | None, after: Block | None, source: Document, target: Document
) -> CodeFault | None:
    if after is None:
        return CodeFault.LOST
    if before is None:
        return CodeFault.OPEN if _never_closed(after, target) else CodeFault.EXTRA
    if _never_closed(after, target) and not _never_closed(before, source):
        # A page that was cut off in the middle of code swallowed nothing.
        if len(_key(after)) > len(_key(before)) + len(_FENCE):
            return CodeFault.OPEN
    elif _swallows(before, after):
        return CodeFault.LONGER
    if before.info.split() != after.info.split():
        return CodeFault.INFO
    return None


def _never_closed(block: Block, document: Document) -> bool:
    """Whether a fence runs to the end of its page because no other closes it."""
    return not document.data[block.end :].strip() and _lacks_end(block, document)


def torn_code(document: Document) -> Block | None:
    """The first fence that ends where its list item does, before another closes it."""
    return next(
        (
            block
            for block in document.blocks
            if block.kind is BlockKind.CODE
            and _lacks_end(block, document)
            and document.data[block.end :].strip()
        ),
        None,
    )


def _lacks_end(block: Block, document: Document) -> bool:
    lines = document.data[block.start : block.end].strip().splitlines()
    fence = lines[0].lstrip(b"> \t")[:3] if lines else b""
    if fence not in (b"```", b"~~~"):
        return False
    last = lines[-1].strip(b"> \t")
    return len(lines) == 1 or bool(last.strip(fence[:1])) or len(last) < len(fence)


def lost_pictures(source: Document, target: Document) -> list[Block]:
    """Pictures and videos that stand alone in the source and nowhere in the translation.

    A picture that another has replaced is not lost: there must be fewer of them.
    """
    lost: list[Block] = []
    for kind, token in ((BlockKind.IMAGE, TokenKind.IMAGE), (BlockKind.VIDEO, TokenKind.VIDEO)):
        ours, theirs = _shown(source, kind, token), _shown(target, kind, token)
        missing = ours - theirs
        few = ours.total() - theirs.total()
        for block in source.blocks:
            key = link_key(block.text)
            if block.kind is kind and few > 0 and missing[key] > 0:
                missing[key] -= 1
                few -= 1
                lost.append(block)
    return sorted(lost, key=lambda block: block.start)


def moved_pictures(source: Document, target: Document) -> Block | None:
    """The first picture of a translation that has the same pictures in another order."""
    ours = [link_key(block.text) for block in source.blocks if block.kind is BlockKind.IMAGE]
    theirs = [block for block in target.blocks if block.kind is BlockKind.IMAGE]
    keys = [link_key(block.text) for block in theirs]
    if ours == keys or Counter(ours) != Counter(keys):
        return None
    return next(
        block for block, here, there in zip(theirs, keys, ours, strict=True) if here != there
    )


def _shown(document: Document, kind: BlockKind, token: TokenKind) -> Counter[str]:
    shown = Counter(link_key(block.text) for block in document.blocks if block.kind is kind)
    shown.update(
        link_key(one.value)
        for segment in document.segments
        for one in segment.tokens
        if one.kind is token
    )
    return shown
