"""Verbs of Japanese that a token tears apart: their noun stands before it, their ending behind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bilint.checks.tokens.syntax import plain, unwrapped
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.text import Span

_KINDS = (TokenKind.DNL, TokenKind.UICONTROL, TokenKind.LINK, TokenKind.CODE)
_ENDING = late(
    rb"[\])`][*_]*(?: |\xc2\xa0|&#x200B;)*(?:"
    + "します|しました|しません|して|する|した(?!が)|され|ます|ました|ません".encode()
    + rb")"
)
_AFTER = late(r"(?:[*_ \u00a0]|&#x200B;)*([しすさま])")
_GAP = late(r"(?:[*_ \u00a0]|&#x200B;)+\Z")

_ACTS = "作成|選択|入力|追加|実行|参照|指定|送信|適用|使用|解除"
_STATES = (
    "設定|表示|変更|確認|保存|削除|更新|構成|定義|管理|開始|終了|接続|登録|編集|公開|移動|生成|取得|"
    "検索|検証|提供|利用|配置|展開|転送|除外|統合|計算|配信|保持|有効化|無効化"
)
_STEMS = "返渡示戻消押試移残隠"
_NOUN = late(
    rf"(?:\A|[、。])(?:{_ACTS})\Z|[をがにはも](?:{_ACTS}|{_STATES})\Z|[をがはも][{_STEMS}]\Z"
)
"""What becomes a verb with an ending. Those that seldom qualify another noun do so wherever a
clause begins, the others behind an object; any other nouns may qualify a token that is a verb."""

_STEM = late(r"[しりきぎちびみえけげせべめれ]\Z")
_REACH = 200
"""Bytes beside a token in which the parts of its verb are looked for."""

_LAST_KANA = late(r"[\u3041-\u309f]\Z")


def torn_verbs(document: Document) -> Iterator[Observation]:
    """One observation for each token that stands within a verb."""
    segments = document.segments
    starts: list[int] = []
    known, ends = -1, dict[int, Token]()
    for match in _ENDING.finditer(document.data):
        starts = starts or [segment.start for segment in segments]
        index = bisect_right(starts, match.start()) - 1
        end = match.start() + 1
        if index < 0 or end > segments[index].end:
            continue
        segment = segments[index]
        if index != known:
            known, ends = index, {one.end: one for one in segment.tokens if one.kind in _KINDS}
        seen = _judge(document, segment, ends[end]) if end in ends else None
        if seen is not None:
            yield seen


def _judge(document: Document, segment: Segment, token: Token) -> Observation | None:
    data = document.data
    start, end = max(segment.start, token.start - _REACH), min(segment.end, token.end + _REACH)
    before = _GAP.sub("", data[start : token.start].decode("utf-8", "replace"))
    after = _AFTER.match(data[token.end : end].decode("utf-8", "replace"))
    inside = _inside(token)
    if after is None or not inside:
        return None
    if after[1] == "ま":
        # Nothing but the stem of a verb stands before this ending.
        verb = None if _LAST_KANA.search(inside) else _STEM.search(before)
    else:
        verb = _NOUN.search(before)
    if verb is None:
        return None
    return Observation(
        f"`{inside}` stands within a verb: its beginning before it, its ending behind",
        Span(token.start, token.end),
        inside,
    )


def _inside(token: Token) -> str:
    """What a reader sees of a token."""
    if token.kind is TokenKind.LINK:
        label = token.text[1 : max(token.text.rfind("]("), token.text.rfind("]["), 0)]
        return plain(unwrapped(label))
    return plain(unwrapped(token.value))
