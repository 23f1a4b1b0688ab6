"""Verbs of Japanese that a token tears apart: their noun stands before it, their ending behind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from bilint.checks.tokens.syntax import plain, unwrapped
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_KINDS = (TokenKind.DNL, TokenKind.UICONTROL, TokenKind.LINK, TokenKind.CODE)
_CLOSED = rb"[\])`][*_]*(?: |\xc2\xa0|&#x200B;)*"
_ENDING = late(
    _CLOSED
    + b"(?:"
    + "します|しました|しません|して|する|した(?!が)|され|ます|ました|ません".encode()
    + "|る|と|があり|はあり|す(?=。|、|\r|\n|\\Z)".encode()
    + rb")"
)
_AFTER = late(r"(?:[*_ \u00a0]|&#x200B;)*(する|[しすさまるとがは])")
_GAP = late(r"(?:[*_ \u00a0]|&#x200B;)+\Z")

_ACTS = "作成|選択|入力|追加|実行|参照|指定|送信|適用|使用|解除"
_STATES = (
    "設定|表示|変更|確認|保存|削除|更新|構成|定義|管理|開始|終了|接続|登録|編集|公開|移動|生成|取得|"
    "検索|検証|提供|利用|配置|展開|転送|除外|統合|計算|配信|保持|処理|有効化|無効化"
)
_STEMS = "返渡示戻消押試移残隠"
_NOUN = late(
    rf"(?:\A|[、。])(?:{_ACTS})\Z|[をがにはも](?:{_ACTS}|{_STATES})\Z|[をがはも][{_STEMS}]\Z"
)
"""What becomes a verb with an ending. Those that seldom qualify another noun do so wherever a
clause begins, the others behind an object; any other nouns may qualify a token that is a verb."""

_STEM = late(r"[しりきぎちびみえけげせべめれ]\Z")
_NEED = late(r"(?:必要|可能性)\Z")
_BEGINNINGS = {
    "し": _NOUN,
    "さ": _NOUN,
    "する": _NOUN,
    "ま": _STEM,
    "す": late(r"[しりきぎちびみえけげせべめれ]ま\Z"),
    "る": late(r"[一-鿿]す\Z"),
    "と": late(r"[るたないう]こ\Z"),
    "が": _NEED,
    "は": _NEED,
}
"""What stands before a token where its verb goes on behind it, by how it does."""

_AGAIN = late(_CLOSED + "を ?(クリック|タップ|参照|選択|入力|追加|実行|指定)(?:し|す|さ)".encode())
_ANYWHERE = ("クリック", "タップ", "参照")
"""Nouns of verbs that seldom qualify another noun; the others do behind a noun: `複数選択`."""

_CLAUSE = late(r"(?:\A|[、。をがにはもでと])[ *_]*\Z")
_COMPOUND = late(r"(?:[ァ-ヺー]|相互|外部|内部|循環|自己)\Z")
_LATIN = late(r"[A-Za-z0-9][ \u00a0]?\Z")
"""What stands before the noun in the name of a handbook: `API 参照`."""

_REACH = 200
"""Bytes beside a token in which the parts of its verb are looked for."""

_LAST_KANA = late(r"[\u3041-\u309f]\Z")


class _Place(NamedTuple):
    """A token, what it shows, and what stands before and behind it, without marks and blanks."""

    token: Token
    inside: str
    before: str
    after: str


def torn_verbs(document: Document) -> Iterator[Observation]:
    """One observation for each token that stands within a verb, or between a verb and itself."""
    for place, _match in _places(document, _ENDING):
        after = _AFTER.match(place.after)
        if after is None or _BEGINNINGS[after[1]].search(place.before) is None:
            continue
        # Nothing but the stem of a verb stands before this ending.
        if after[1] == "ま" and _LAST_KANA.search(place.inside):
            continue
        yield _observation(place, "within a verb: its beginning before it, its ending behind")
    for place, match in _places(document, _AGAIN):
        noun = match[1].decode()
        clause = place.before.removesuffix(noun)
        if clause == place.before or _COMPOUND.search(clause):
            continue
        if noun == "参照" and _LATIN.search(clause):
            continue
        if noun in _ANYWHERE or _CLAUSE.search(clause):
            yield _observation(place, f"behind `{noun}`, which stands behind it once more")


def _places(
    document: Document, pattern: re.Pattern[bytes]
) -> Iterator[tuple[_Place, re.Match[bytes]]]:
    """The tokens that end where a pattern begins."""
    segments = document.segments
    starts: list[int] = []
    known, ends = -1, dict[int, Token]()
    for match in pattern.finditer(document.data):
        starts = starts or [segment.start for segment in segments]
        index = bisect_right(starts, match.start()) - 1
        end = match.start() + 1
        if index < 0 or end > segments[index].end:
            continue
        segment = segments[index]
        if index != known:
            known, ends = index, {one.end: one for one in segment.tokens if one.kind in _KINDS}
        if end in ends and (inside := inside_of(ends[end])):
            yield _place(document.data, segment, ends[end], inside), match


def _place(data: bytes, segment: Segment, token: Token, inside: str) -> _Place:
    start, end = max(segment.start, token.start - _REACH), min(segment.end, token.end + _REACH)
    before = _GAP.sub("", data[start : token.start].decode("utf-8", "replace"))
    return _Place(token, inside, before, data[token.end : end].decode("utf-8", "replace"))


def _observation(place: _Place, where: str) -> Observation:
    token = place.token
    return Observation(
        f"`{place.inside}` stands {where}", Span(token.start, token.end), place.inside
    )


def inside_of(token: Token) -> str:
    """What a reader sees of a token."""
    if token.kind is TokenKind.LINK:
        label = token.text[1 : max(token.text.rfind("]("), token.text.rfind("]["), 0)]
        return plain(unwrapped(label))
    return plain(unwrapped(token.value))
