"""Typography: blanks, marks, emphasis, and characters that nobody meant."""

from __future__ import annotations

from bilint.checks.base import Check, Late, Need
from bilint.model.finding import Confidence, Family, Severity

_WIDE = ("。。", "。、", "。，", "。.", "、、", "、。", "，，", "，。")
_DOUBLED = (b"..", b". .", b",,", b", ,", b",.", b", .", *(two.encode() for two in _WIDE))
_BLANK_AND_MARK = tuple(f" {mark}".encode() for mark in ",.;:!?。，、；：！？")

CHECKS: tuple[Check, ...] = (
    Check(
        id="double-space",
        family=Family.TYPOGRAPHY,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        summary="More than one blank stands between two words",
        observe=Late("typography.double_space"),
        marks=(b"  ",),
    ),
    Check(
        id="doubled-punctuation",
        family=Family.TYPOGRAPHY,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="Two marks of punctuation stand where one is meant",
        observe=Late("typography.doubled_punctuation"),
        marks=_DOUBLED,
    ),
    Check(
        id="east-punctuation",
        family=Family.TYPOGRAPHY,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="Western punctuation in Chinese or Japanese, or theirs elsewhere",
        observe=Late("typography.east_punctuation"),
    ),
    Check(
        id="emphasis-broken",
        family=Family.TYPOGRAPHY,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Marks of emphasis are shown to the reader",
        observe=Late("typography.emphasis_broken"),
        needs=frozenset((Need.SOURCE,)),
        yields_to=frozenset(("token-glued",)),
        marks=(b"*",),
    ),
    Check(
        id="french-spacing",
        family=Family.TYPOGRAPHY,
        severity=Severity.INFO,
        confidence=Confidence.MEDIUM,
        summary="No blank stands before a mark that French sets apart",
        observe=Late("typography.french_spacing"),
    ),
    Check(
        id="invisible-character",
        family=Family.TYPOGRAPHY,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A character without width stands in code, an address, an anchor or a token",
        observe=Late("typography.invisible_character"),
        yields_to=frozenset(("code-altered", "label-boundary")),
    ),
    Check(
        id="marks-unbalanced",
        family=Family.TYPOGRAPHY,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="A bracket or a quotation mark has no partner",
        observe=Late("typography.marks_unbalanced"),
        needs=frozenset((Need.SOURCE,)),
    ),
    Check(
        id="quotation-glued",
        family=Family.TYPOGRAPHY,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="A quotation stands against a word without the blank between them",
        observe=Late("typography.quotation_glued"),
        needs=frozenset((Need.SOURCE,)),
    ),
    Check(
        id="quotes-mixed",
        family=Family.TYPOGRAPHY,
        severity=Severity.INFO,
        confidence=Confidence.MEDIUM,
        summary="A quotation opens with one kind of mark and closes with another",
        observe=Late("typography.quotes_mixed"),
        needs=frozenset((Need.QUOTES,)),
    ),
    Check(
        id="repeated-word",
        family=Family.TYPOGRAPHY,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="A word stands twice in a row",
        observe=Late("typography.repeated_word"),
        yields_to=frozenset(("untranslated-segment", "source-language-sentence")),
    ),
    Check(
        id="space-before-punctuation",
        family=Family.TYPOGRAPHY,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="A blank stands before a mark of punctuation",
        observe=Late("typography.space_before_punctuation"),
        marks=_BLANK_AND_MARK,
    ),
    Check(
        id="text-damaged",
        family=Family.TYPOGRAPHY,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Characters were damaged by a wrong encoding, or cannot be printed",
        observe=Late("typography.text_damaged"),
    ),
    Check(
        id="text-escaped",
        family=Family.TYPOGRAPHY,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Readers see an escape sequence, such as `&#39;` or `\\n`, as it is written",
        observe=Late("typography.text_escaped"),
        needs=frozenset((Need.SOURCE,)),
        marks=(b"&amp;", b"\\", b"&gt;", b"&#62;"),
    ),
)
