"""What one aligned page gives to learn from."""

from __future__ import annotations

from bilint.model.alignment import AlignedPair, Basis
from bilint.model.bitext import Bitext, Row
from bilint.model.document import Segment, TokenKind
from bilint.model.segment_text import plain
from bilint.model.text import LineIndex

_LIKELY = {Basis.BASE: 0.5, Basis.HEAD: 0.95, Basis.NOTHING: 2.0}
"""Likeness from which a pair of segments is learnt from."""

_LABEL, _DNL = "[!UICONTROL", TokenKind.DNL


def bitext(pair: AlignedPair, labels_only: bool = False) -> Bitext:
    """The segment pairs of a page; loose ones where the source at the pin is not known.

    With `labels_only` those alone that have labels of the user interface.
    """
    unlabelled = pair.source is None or _LABEL.encode() not in pair.source.document.data
    rows = () if labels_only and unlabelled else _rows(pair, labels_only)
    human = pair.target.provenance.ht_degree
    loose = pair.basis is not Basis.BASE
    return Bitext(pair.locale, pair.target.path, human, rows, loose)


def _rows(pair: AlignedPair, labels_only: bool) -> tuple[Row, ...]:
    least = _LIKELY[pair.basis]
    lines = LineIndex(pair.document.data)
    return tuple(
        [
            _row(source, target, lines)
            for source, target, likeness in pair.segments
            if source is not None
            and target is not None
            and likeness >= least
            # What was left as it was teaches nothing but how its labels are rendered.
            and ((source.text != target.text and not labels_only) or _LABEL in source.text)
        ]
    )


def _row(source: Segment, target: Segment, lines: LineIndex) -> Row:
    return Row(
        target.kind,
        plain(source),
        plain(target),
        lines.line(target.start),
        _labels(source, target) if _LABEL in source.text else (),
        tuple([token.value for token in source.tokens if token.kind is _DNL])
        if "[!DNL" in source.text
        else (),
    )


def _labels(source: Segment, target: Segment) -> tuple[tuple[str, str], ...]:
    ours = [token.value for token in source.tokens if token.kind is TokenKind.UICONTROL]
    theirs = [token.value for token in target.tokens if token.kind is TokenKind.UICONTROL]
    return tuple(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else ()
