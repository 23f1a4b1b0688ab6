"""`link-padded`: a blank stands inside a link, at the beginning or end of its text."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.links.parts import is_empty, label_span, words
from bilint.checks.links.twins import Twin, relabelled
from bilint.checks.tokens.syntax import INVISIBLE, is_unspaced
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.text import Span

_ENTITIES = ("&#x200B;", "&#8203;", "&ZeroWidthSpace;", "&nbsp;", "&#160;", "&#xA0;")


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link with a blank at an end of its text, unless base has it so."""
    for twin, label, source in relabelled(pair, context):
        if not label or (label[0].isalnum() and label[-1].isalnum()):
            continue
        before, after = padding(label)
        if not before and not after:
            continue
        if is_empty(label):
            continue
        if source is not None and any(padding(source)):
            continue
        if _leaked(label) and not (source and _leaked(source)):
            continue
        yield _observation(twin, label, (before, after), pair.document)


def padding(label: str) -> tuple[str, str]:
    """The blanks at both ends of a link's text, with what has no width beside them."""
    before, rest = _margin(label)
    after = _margin(rest[::-1], backwards=True)[0][::-1]
    # What has no width alone is no blank to a reader.
    return (before if _is_blank(before) else "", after if _is_blank(after) else "")


def _leaked(label: str) -> bool:
    """Whether a brace stands in a link's text: what put it there put the blank there as well."""
    return "{" in label or "}" in label or "brace;" in label


def _wants_blank(neighbour: str) -> bool:
    """Whether a link needs a blank beside this letter: in some scripts what follows touches it."""
    return neighbour.isalnum() and not is_unspaced(neighbour)


def _margin(text: str, *, backwards: bool = False) -> tuple[str, str]:
    entities = [one[::-1] for one in _ENTITIES] if backwards else _ENTITIES
    at = 0
    while at < len(text):
        if text[at].isspace() or text[at] in INVISIBLE:
            at += 1
        elif (entity := next((one for one in entities if text.startswith(one, at)), "")) != "":
            at += len(entity)
        else:
            break
    return text[:at], text[at:]


def _is_blank(margin: str) -> bool:
    return any(char.isspace() for char in margin) or "nbsp" in margin or "160" in margin


def _observation(
    twin: Twin, label: str, margins: tuple[str, str], document: Document
) -> Observation:
    before, after = margins
    token = twin.target
    inner = label[len(before) : len(label) - len(after)]
    link = f"[{inner}{token.text[len(label) + 1 :]}"
    near, far = document.data[: token.start][-4:], document.data[token.end : token.end + 4]
    needs_before = bool(before) and _wants_blank(near.decode("utf-8", "ignore")[-1:])
    needs_after = bool(after) and _wants_blank(far.decode("utf-8", "ignore")[:1])
    mended = f"{' ' * needs_before}{link}{' ' * needs_after}"
    where = "at both ends" if before and after else "at the beginning" if before else "at the end"
    return Observation(
        f"A blank stands {where} of the text of the link `{words(label)}`",
        Span(token.start, token.end) if mended != link else label_span(token, label),
        words(label),
        None if twin.source is None else Span(twin.source.start, twin.source.end),
        confidence=Confidence.HIGH,
        suggestion=Suggestion(mended if mended != link else inner, safe=True),
    )
