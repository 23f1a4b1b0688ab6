"""Words of Chinese and Japanese that a token tears apart: half before it, half behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.changed import changed, target_text
from bilint.checks.tokens.torn_verb import inside_of
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, TokenKind
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

# Behind `-` stand characters that make another word of the first half if one stands before it,
# behind `+` those that make one of the second half: `地图 **X** 标签` tears nothing. Behind `=`
# stand those of which one must follow.
_CHINESE = """
单击 單擊 -清菜表订訂名账帳简簡
点击 點擊 -节節
双击 雙擊
按一|下
选择 選擇
选取 選取 +决決得消自代值样樣用
选项卡 選項卡
选项|卡 選項|卡 +片牌
输入 輸入 -传傳运運灌 +口门門侵库庫
键入 鍵入 +口门門侵库庫
打开 打開 -敲拨撥点點单單 +始发發头頭启啟放展源关關
开启 開啟 -打展离離公分 +动動用
关闭 關閉 -相有无無开開 +环環
设置 設置 -预預建假开開架附 +于於为為换換顶頂信空
设定 設定 -预預建假开開架附 +义義期价價位时時向制
配置 -分匹支调調适適装裝搭 +于於为為换換顶頂信空
导航 導航 -引指主领領教辅輔 +班空
删除 刪除 +了非此去外
添加 -增 +载載入上密速以强強权權法总總
新增 -更最全重创創刷 +加强強长長量
创建 創建 -独獨首原开開 +议議立設设
编辑 編輯
保存 -确確 +在取储儲放
儲存 +在取放檔
拖动 拖動 +作态態画畫
移动 移動 -迁遷转轉推偏位漂 +作态態画畫
启动 啟動 -开開重 +作态態画畫
启用 啟用 -开開重 +户戶于於来來
禁用 -严嚴 +户戶
查看 -检檢审審调調复複抽核搜 +到
檢視 +為为窗频頻角作覺
显示 顯示 -明 +例范範意
执行 執行 -固
确认 確認 -明正准精的 +证證为為识識
参阅 參閱
浏览 瀏覽
下载 下載 -以如之向 +入体體
字段 -数數文汉漢关關键鍵名 +落
按钮 按鈕
窗口 視窗
标记 標記 -图圖目指光商座 +录錄得
标签 標籤 -图圖目指光商座 +名字署入出到发發
选单 選單 +一個个獨独擊击元
菜单
图标 圖標 -地视視意试試企截 +签籤记記题題准準识識志誌注示明头頭
圖示 -地視意試企如 +例範意
文件 -英中全本正原译譯日法德上下条條论論散 +数數
檔案 +例件
目录 目錄 -项項题題数數科栏欄节節账賬条條 +制製影音入
对话框 對話框 對話方
对话|框 對話|框 +架
下拉 =列菜式選框
部分 =中下内內，。、 -全内內外底顶頂头頭尾中上下局各本幹干总總细細俱
然后 然後 -虽雖当當仍显顯自突不必依果偶忽竟固既要断斷 +台端面缀綴续續者门門
如果 -例譬诸諸比假
时间 時間 -同当當小及实實临臨此届屆定准何按即随隨有 +隔歇接距
数据 數據 -参參函变變多次个個总總少计計人页頁行列位天分读讀整指小倍 +此说說悉
資料 -投工
节点 節點 -章季环環调調第本此该該这這上下0123456789一二三四五六七八九十 +击擊按选選亮
功能 -成
系统 系統 -关關联聯体體 +计計一称稱
属性 屬性 -从從隶隸所附归歸 +能别別质質
任务 任務 -责責信担擔主 +必
屏幕 螢幕
元素 -单單美日公纪紀次 +材质質养養
过滤 過濾 -通超经經不 +镜鏡器
筛选 篩選 +择擇项項取定中用
书签 書籤 -证證文图圖说說 +名字署
向导 -方走意导 +入致出向
模板 範本 -规規师師典示 +块塊次页頁身
文件|夹 資料|夾 +带帶
数据|库 資料|庫 +存
工作|流 工作|区 工作|區 +动動向分别別
收件|人 +们員员
安装 安裝 -公保平治 +载載配修饰飾置
参数 參數 +据據字量组組
规则 規則 -法 +是会會
部署 -内外全各 +名
"""
_JAPANESE = """
選択
入力 -購加挿投導記 +強
設定 -施建仮 +義期数時員型
表示 -発代図の +唆
作成 -操製動制工 +功立果長
追加 +え速工入
削除 +く外い
保存 -確担留 +在
変更 -大異可不 +新に
確認 -明正的精 +証
参照
実行 -確充現事誠忠果口真切 +う列
公開 +始発く
起動 -喚提想 +作的画物
移動 -推遷 +作的画物
検索 -点
編集 +計約
更新 -変 +し規た着
適用 -最快 +途
指定 +義期数時員型
登録 +音画
送信 -転 +頼
受信 +頼
項目 -事要条 +的標指次
場合 -市工現立登 +計わ図
必要 -不 +素件求約点
管理 -保血 +由解想
開始 -公展再 +め
停止 +ま
終了
構成 -機 +功果立長
有効
無効
割り|当て
読み|込
にな|りま
くださ|い
くだ|さい
"""
_LOANS = """
クリック タップ プロジェクト フィールド ファイル フォルダー フォルダ ボタン リスト
メニュー テーブル データ パネル ページ ダイアログ ドロップダウン チェックボックス
オプション ウィンドウ アイコン サーバー ユーザー ワークフロー テンプレート
アクティビティ セクション アプリケーション コンポーネント パラメーター プロパティ
リンク レポート メッセージ イベント キャンペーン インスタンス ブラウザー アカウント
アクセス コンテンツ
"""
_WORDS = {"ja": _JAPANESE, "zh": _CHINESE}

_KATAKANA = "ァ-ヺー"
_NEVER_FIRST = "ッンァィゥェォャュョー"
"""Letters of katakana with which no word begins."""

_MARKS = r"(?:[*_ \u00a0\u200b「」『』“”]|&#x200[bB];|&#8203;)"
_OPENS = late(rf"{_MARKS}+\Z")
_CLOSED = late(rf"\A{_MARKS}+")
_LAST_RUN = late(rf"(?<![{_KATAKANA}])[{_KATAKANA}]+\Z")
_RUN = late(rf"[{_KATAKANA}]+")
_MENU = late(rf"{_MARKS}*(?:>|&gt;|＞){_MARKS}*")
_EMPHASIS = late(rb"(\*\*|\*|_)([^*_\n]{1,150}?)\1")
_LETTER = late(r"[^\W\d_]")
_KINDS = (TokenKind.DNL, TokenKind.UICONTROL, TokenKind.LINK, TokenKind.CODE, TokenKind.IMAGE)
_FARTHEST = 150
"""Characters of a token, or of a menu path, that may tear a word apart."""

_LONGEST = 20_000
_BESIDE = "-+="


class _Word(NamedTuple):
    """The halves of a word, what must not stand beside them, and of what one must follow."""

    head: str
    rest: str
    not_before: str
    not_behind: str
    behind: str


class _Words(NamedTuple):
    """The words of a language by the character before their tear, and what may hold one torn."""

    torn: dict[str, list[_Word]]
    likely: re.Pattern[str]


class _Part(NamedTuple):
    """A token or emphasised text: its bytes in the page, what a reader sees, where it leads on.

    `opened` is where its menu path begins; `named` whether its text belongs to the sentence.
    """

    start: int
    end: int
    inside: str
    named: bool
    opened: int


@lru_cache(maxsize=2)
def _words(language: str) -> _Words:
    torn: dict[str, list[_Word]] = {}
    for line in _WORDS[language].split("\n"):
        beside = {part[0]: part[1:] for part in line.split() if part[0] in _BESIDE}
        for word in line.split():
            if word[0] in _BESIDE:
                continue
            head, rest = word.split("|") if "|" in word else (word[0], word[1:])
            one = _Word(head, rest, *(beside.get(sign, "") for sign in _BESIDE))
            torn.setdefault(head[-1], []).append(one)
    seconds = {one.rest[0] for those in torn.values() for one in those}
    either = [_tear("".join(torn), "".join(sorted(seconds)))]
    if language == "ja":
        either += [
            rf"{_MARKS}*[{_NEVER_FIRST}]",
            rf"(?<![{_KATAKANA}]{{2}}.)" + _tear(_KATAKANA, _KATAKANA),
        ]
    return _Words(torn, re.compile(rf"[ \u00a0*_\[\])`!「『“&](?:{'|'.join(either)})"))


def _tear(firsts: str, seconds: str) -> str:
    """Finds one of these letters before a mark, and one of those behind it, or behind a token."""
    token = rf"[^\n\0]{{0,{_FARTHEST}}}?[\])`*_]{_MARKS}*"
    edge = rf"(?:{_MARKS}|\[!\w+ |[\[\]])*"
    return rf"(?<=[{firsts}].)(?:{token}|{edge})[{seconds}]"


def torn_words(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each token that stands within a word, or of which an end does."""
    words = _words(language)
    if not words.likely.search(target_text(pair)):
        return
    for source, target, _likeness in changed(pair):
        text = target.text
        if len(text) > _LONGEST or not words.likely.search(text):
            continue
        for part, how in _torn(pair, target, words.torn, language):
            yield Observation(
                f"`{part.inside}` {how}", Span(part.start, part.end), part.inside, source.span
            )


def _torn(
    pair: AlignedPair, segment: Segment, words: dict[str, list[_Word]], language: str
) -> Iterator[tuple[_Part, str]]:
    """The parts of a segment that tear a word, and how."""
    data = pair.document.data

    def whole(before: str, after: str) -> str | None:
        word = _half(before, after, words)
        return _katakana(before, after, data) if word is None and language == "ja" else word

    for part in _parts(data, segment):
        before = _OPENS.sub(
            "", _text(data[max(segment.start, part.opened - _FARTHEST) : part.opened])
        )
        after = _CLOSED.sub("", _text(data[part.end : min(segment.end, part.end + _FARTHEST)]))
        if word := whole(before, after):
            yield part, f"stands within `{word}`: half of it before, half behind"
        elif part.named and (word := whole(before, part.inside)):
            yield part, f"begins within `{word}`, whose other half stands before it"
        elif part.named and (word := whole(part.inside, after)):
            yield part, f"ends within `{word}`, whose other half stands behind it"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _parts(data: bytes, segment: Segment) -> Iterator[_Part]:
    """Tokens and emphasised text of a segment that have a letter."""
    found = {
        (one.start, one.end): (inside_of(one), one.kind is TokenKind.UICONTROL)
        for one in segment.tokens
        if one.kind in _KINDS
    }
    tokens = tuple(found)
    for match in _EMPHASIS.finditer(data, segment.start, segment.end):
        if not any(start < match.end() and match.start() < end for start, end in tokens):
            found[match.span()] = _text(match[2]), True
    opened = ended = segment.start
    for (start, end), (inside, named) in sorted(found.items()):
        if not _MENU.fullmatch(_text(data[ended:start])):
            opened = start
        ended = end
        if _LETTER.search(inside):
            yield _Part(start, end, inside, named, opened)


def _half(before: str, after: str, words: dict[str, list[_Word]]) -> str | None:
    """The word of the list whose halves stand beside each other."""
    for one in words.get(before[-1:], ()):
        if not (before.endswith(one.head) and after.startswith(one.rest)):
            continue
        ahead, behind = before[: -len(one.head)][-1:], after[len(one.rest) :][:1]
        if ahead and ahead in one.not_before:
            continue
        if behind in one.behind if one.behind else not behind or behind not in one.not_behind:
            return one.head + one.rest
    return None


def _katakana(before: str, after: str, page: bytes) -> str | None:
    """The word of katakana whose halves stand beside each other: one known, or of the page."""
    head, rest = _LAST_RUN.search(before), _RUN.match(after)
    if head is None or rest is None or rest[0] == "ー":
        return None
    whole = head[0] + rest[0]
    if rest[0][0] in _NEVER_FIRST:
        return whole
    if len(head[0]) > 1:
        return None
    if whole in _LOANS.split():
        return whole
    return whole if whole in _RUN.findall(_text(page)) else None
