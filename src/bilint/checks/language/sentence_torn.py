"""`sentence-torn`: a particle without its word, or an ending without its sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter

from bilint.checks.base import Context
from bilint.checks.changed import APART, fresh, fresh_words
from bilint.checks.language.hangul import (
    ANY,
    NEAR,
    behind_subject,
    stranded,
    torn_from,
    two_in_a_row,
)
from bilint.checks.typography.sheet import Sheet, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.finding import Confidence, Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_K, _H, _T = "一-鿿々", "ぁ-ゖ", "ァ-ヺ"
_CLAUSE = rf"を(?![、。」』）)])|[がにのへ](?=[ ]?(?:\*\*|[\x01`\[])|[{_K}])"
"""Particles with which no clause begins; but the first, each begins words in hiragana too."""

_OPENING = late(rf"\A({_CLAUSE})")
# An item of a list ends in a noun or as a verb does, and the comma behind the last may be meant.
_LATER = late(rf"[。、](?:(?<=。)|(?<=[りにはばとてでらず後際時合]、))[ ]?({_CLAUSE})")
# Hiragana before the first of the two may be a noun that ends so: `わにを`, `まんがを`.
_TWO = late(
    rf"を(?:(?<=[{_K}{_T}ーA-Za-z0-9\x01*][にがは]を)|(?<=[\x01*] [にがは]を)|(?<=よう[に]を)"
    r"|(?<=またはを))"
)
# Nor may one stand behind another of these, where no word in hiragana begins or ends with them.
_SIDE_BY_SIDE = r"(?:を[にがはので]|が[にはので]|は[がにの]|に[がの]|へ[をがに])"
_BESIDE = late(
    rf"{_SIDE_BY_SIDE}(?=[ ]?(?:[{_K}{_T}]|\*\*|[\x01`\[])|、)(?!手|味)(?<!毛がに)"
    rf"(?:(?<=を.)|(?<=[{_K}{_T}ーA-Za-z0-9\x01*)`\]]..)|(?<=[\x01*)`\]] ..))"
)
_RUN_ON = late(
    rf"(?:ま(?:す|した|せん)|です)(?<!ますます)(?=[{_K}{_T}A-Za-z])"
    # Humble and polite words stand so before a noun; some verbs themselves end so.
    r"(?<!いただきます)(?<!いただきました)(?<!いただけます)(?<!くださいました)(?<!ございます)"
    r"(?<!ございました)(?<![だ覚済冷励悩澄騙]ます)(?<![だ覚済冷励悩澄騙]ました)"
    r"(?!場合|[際方時旨点為事所故上間由様中折節程毎後前件分度頃目]|次第|通り|以[上外前後来]|限り|内容)"
)
_LETTER = late(
    r"[サシスセソタチツテトナネハヒフヘホマミムメモヤユヨラリルレロワァィゥェォッャュョ]"
    rf"(?<![一二三四五六七八九十]ツ)(?<=[{_H}{_K}].)(?=[{_H}{_K}])(?![行変形点段音書社氏君案票型字])(?!の字)"
)
# What is done in something, or what stands there, where nothing stands between the two.
_DONE = (
    "设置|設置|设定|設定|创建|創建|建立|指定|选择|選擇|选取|選取|单击|單擊|点击|點擊|點選|按一下|配置"
    "|启用|啟用|新增|添加|打开|開啟|使用|查看|檢視|输入|輸入|管理(?![层層员員])|显示|顯示|编辑|編輯|定义"
    "|定義|运行|執行|执行|找到|更改|更新|安装|安裝|保存|儲存|列出"
)
_IN_NOTHING = late(
    r"在(?<![存现現正潜潛不]在) {0,2}中"
    rf"(?= ?(?:{_DONE}|的|\*\*|[\x01`\[])|，(?<![^\s\x00。，、；：].中，))"
)
# People say `然后在上创建`, and `最新在上`.
_ON_NOTHING = late(rf"在上(?=(?:{_DONE}))(?:(?<=[\s\x00。，、；：要您可请請]..)|(?<=\A..))")
_SEE_NOTHING = late("[请請](?:参阅|參閱|参见|參見)(?= ?。)")
_LIKELY = {
    "ja": (late(rf"[\x00。、] ?(?:{_CLAUSE})"), late("[にがは]を"), _BESIDE, _RUN_ON, _LETTER),
    "zh": (_IN_NOTHING, _ON_NOTHING, _SEE_NOTHING),
}
"""What a page must have for any of them."""

_FIRST_LETTER = late(r"[^\W\d_]")
_SENTENCES = frozenset((SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.ALERT))
"""What is a whole sentence without a full stop too."""

_TWO_PARTICLES = "`{}`: two particles in a row, and no word between them"
_A_FEW = 3
"""Words below which the item of a list is no sentence without a full stop."""

_LONGEST = 20_000
_start = attrgetter("start")


class _Tear(NamedTuple):
    """Where a sentence is torn, in characters, and how; whether its segment begins so."""

    start: int
    end: int
    how: str
    opens: bool = False
    confidence: Confidence | None = None


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Pieces of a sentence that do not fit together."""
    language = primary_language(pair.locale)
    language = "zh" if language == "yue" else language
    if language in _LIKELY:
        whole = APART + fresh(pair).decode(errors="replace")
        if not any(likely.search(whole) for likely in _LIKELY[language]):
            return
    elif language != "ko" or not _is_korean_suspect(pair):
        return
    sheet = Sheet(pair)
    for segment in pair.document.segments:
        if len(segment.text) > _LONGEST or segment.text.isascii():
            continue
        text = visible(pair.document, segment)
        for tear in _tears(language, text, pair.document.data):
            source = sheet.source_of(segment)
            if source is not None and source.text == segment.text:
                break
            if source is not None and text[tear.start : tear.end] in source.text:
                continue
            if tear.opens and not _begins(pair.document, segment, source):
                continue
            yield Observation(
                tear.how.format(text[tear.start : tear.end]),
                span_in(segment, text, tear.start, tear.end),
                text[tear.start : tear.end],
                confidence=tear.confidence,
            )


def _tears(language: str, text: str, page: bytes) -> Iterator[_Tear]:
    if language == "ko":
        return _korean(text, page)
    return _japanese(text) if language == "ja" else _chinese(text)


def _is_korean_suspect(pair: AlignedPair) -> bool:
    if not ANY.isdisjoint(fresh_words(pair)):
        return True
    whole = fresh(pair).decode(errors="replace")
    twos = chain(two_in_a_row(whole), behind_subject(whole, pair.document.data))
    return any(True for _ in twos)


def _japanese(text: str) -> Iterator[_Tear]:
    found = _OPENING.match(text)
    if found is not None:
        yield _Tear(*found.span(1), "`{}` has no word before it", opens=True)
    for match in _LATER.finditer(text):
        yield _Tear(*match.span(1), "`{}` has no word before it")
    for match in _TWO.finditer(text):
        yield _Tear(match.start() - 1, match.end(), _TWO_PARTICLES)
    for match in _BESIDE.finditer(text):
        yield _Tear(*match.span(), _TWO_PARTICLES)
    for match in _RUN_ON.finditer(text):
        yield _Tear(*match.span(), "Behind `{}`, which ends a sentence, another word follows")
    for match in _LETTER.finditer(text):
        how = "A single letter of katakana, `{}`, stands between other words"
        yield _Tear(*match.span(), how, confidence=Confidence.MEDIUM)


def _korean(text: str, page: bytes) -> Iterator[_Tear]:
    for match in stranded(text):
        if torn_from(text, match):
            opens = match.start() <= NEAR and not text[: match.start()].strip(" *_")
            yield _Tear(*match.span(1), "`{}` has no word before it", opens=opens)
    for start, end in chain(two_in_a_row(text), behind_subject(text, page)):
        yield _Tear(start, end, _TWO_PARTICLES)


def _chinese(text: str) -> Iterator[_Tear]:
    for pattern in (_IN_NOTHING, _ON_NOTHING):
        for match in pattern.finditer(text):
            yield _Tear(*match.span(), "`{}`: no word stands between the two")
    for match in _SEE_NOTHING.finditer(text):
        yield _Tear(*match.span(), "`{}`, and nothing is named")


def _is_brief(source: Segment) -> bool:
    """Whether an item may be the name of an operator: `Contains`, `Starts with`."""
    few = source.text.count(" ") < _A_FEW
    return few and not source.tokens and not source.text.rstrip().endswith(".")


def _begins(document: Document, segment: Segment, source: Segment | None) -> bool:
    """Whether a sentence begins with a segment, and does not go on behind code or a picture."""
    if source is None:
        return False
    letter = _FIRST_LETTER.search(source.text)
    if letter is None or letter[0].islower():
        return False
    if segment.kind is SegmentKind.LIST_ITEM and _is_brief(source):
        return False
    if segment.kind not in _SENTENCES and not source.text.rstrip(" *_").endswith("."):
        return False
    block = bisect_left(document.blocks, segment.start, key=_start) - 1
    before = bisect_left(document.segments, segment.start, key=_start) - 1
    if block < 0:
        return True
    return before >= 0 and document.segments[before].start > document.blocks[block].start
