"""Words of traditional Chinese in which a character was not told from another in converting."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.language.prose import read
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.pattern import late

_SURE = 0.5

# Each wrong character is one of traditional Chinese too, in other words: `批准`, `皇后`, `簽名`.
_WRONG = late(
    "(?<![批核獲不允])准[則備確]|標准(?!許)|[基水精]准(?!許)|(?<!目)標簽(?![名署核章約])"
    "|書簽(?![名署發核章約字])|[之以然最]后|后[續端臺台面]|[這那哪]里(?![程約])|[關聯]系(?![統列])"
    "|(?<![恢回修])復制|重復(?![原本歸])|復雜|范[圍例]|[規示模]范|[剩其]余|[特象]征(?![求收])"
    "|沖突|計划|云端"
)
_SIMPLIFIED = late("[这们个为时对说开关点选择设应显见会发务据]")
"""A text in simplified characters throughout is told as such."""

_RIGHT = str.maketrans("准簽后里系范余征沖划云", "準籤後裡係範餘徵衝劃雲")
_OTHERS = {"聯系": "聯繫", "復制": "複製", "重復": "重複", "復雜": "複雜"}


def unconverted(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each such word."""
    if not _WRONG.search(pair.document.data.decode(errors="replace")):
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _SURE:
            continue
        if not _WRONG.search(target.text) or _SIMPLIFIED.search(target.text):
            continue
        reading = read(target)
        for match in _WRONG.finditer(reading.text):
            word = match[0]
            right = _OTHERS.get(word) or word.translate(_RIGHT)
            yield Observation(
                f"`{word}` is written `{right}` in traditional characters",
                reading.span(*match.span()),
                word,
                source_span=source.span,
                severity=Severity.WARNING,
                confidence=Confidence.MEDIUM,
                suggestion=Suggestion(right, safe=True) if reading.mapped else None,
            )
