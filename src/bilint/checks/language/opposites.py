"""How languages say a prohibition without a negation: by its opposite.

*Do not delete it* is *keep it*, *do not delete it unless …* is *delete it only if …*, *do not leave
it blank* is *fill it in*, and *do not include it* is *leave it out*.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_ONLY = {
    "cs": "jen jenom pouze nejprve nejdříve? počk* až dokud",
    "da": "kun bare blot først vent*",
    "de": "nur erst lediglich ausschließlich zuerst zunächst wart* abwart*",
    "es": "s[oó]lo solamente únicamente esper* primero",
    "fr": "seul* uniquement exclusivement attend* abord",
    "it": "solo soltanto solamente unicamente attend* aspett*",
    "nl": "alleen pas slechts uitsluitend wacht* eerst",
    "no": "kun bare først vent*",
    "pl": "tylko dopiero wyłącznie jedynie poczek* zaczek* najpierw",
    "pt": "só somente apenas unicamente exclusivamente aguard* esper* primeiro",
    "ru": "только лишь исключительно сначала подожд* дожд*",
    "sv": "endast bara enbart först vänta*",
    "tr": "yalnız* sadece ancak önce bekle*",
    "uk": "тільки лише виключно спочатку зачек* дочек*",
}
_ONLY_UNSPACED = {
    "ja": "のみ だけ 限 待 てから でから 先に 最初に 初めて",
    "ko": "만(?=[\\s을이은.]) 기다 먼저 다음에 후에 비로소",
    "zh": "仅 僅 只 才 等 先 限",
}
_BEFORE = {"es": "antes", "fr": "avant", "it": "prima", "pt": "antes"}
"""Words for *before*, which turn a prohibition round: *save it before you delete it*."""

_ACTS = {
    "change": ("cambi modific", "chang modifi", "cambi modific", "alter mud modific modifiqu"),
    "close": ("cerr cierr", "ferm", "chiud", "fech"),
    "copy": ("copi", "copi", "copi", "copi"),
    "create": ("cre[ae]", "cre[ea]", "cre[ai]", "cri[ae]"),
    "delete": ("elimin borr suprim", "supprim effac", "elimin cancell", "exclu elimin apag"),
    "disable": ("desactiv deshabilit", "desactiv", "disattiv disabilit", "desativ desabilit"),
    "edit": ("edit modific", "edit modifi", "modific", "edit modific modifiqu"),
    "enable": ("activ habilit", "activ", "attiv abilit", "ativ habilit"),
    "install": ("instal", "install", "install", "instal"),
    "move": ("muev mov[ae]", "deplac", "spost", "mov[ae]"),
    "open": ("abr", "ouvr", "apr[aie]", "abr"),
    "publish": ("public publiqu", "publi", "pubblic", "public publiqu"),
    "remove": ("elimin quit retir", "supprim retir enlev", "rimuov elimin", "remov elimin exclu"),
    "restart": ("reinici", "redemarr", "riavvi", "reinici"),
    "run": ("ejecut", "execut", "esegu", "execut"),
    "send": ("envi", "envo[yi]", "invi", "envi"),
    "start": ("inici arranc arranqu", "demarr commenc lanc", "avvi inizi", "inici comec"),
    "update": ("actualiz actualic", "actualis", "aggiorn", "atualiz"),
    "use": ("us[aoe] utiliz utilic", "utilis", "us[aio] utilizz", "us[ae] utiliz"),
}
"""How verbs of instructions begin, without accents, in the languages of `_BEFORE` in turn."""

_UNTIL = late(r"(?i)\b(?:before|until|till)\b")
_FORBIDDEN_ACT = late(r"(?i)(?:\bnot|n['’]t|\bnever) (\w+)")

_KEPT = {
    "cs": "ponech* nech* zachov* nadále místo vždy",
    "da": "behold* lad bevar* forbliv* uændre* i\\sstedet altid",
    "de": """lass* lässt behalt* beibehalt* beizubehalten unverändert* bleib* stattdessen anstatt
        anstelle immer stets""",
    "es": "conserv* mant* dej* intact* en\\s(?:lugar|vez) siempre",
    "fr": "conserv* laiss* gard* mainten* mainti* intact* inchang* au\\slieu plutôt toujours",
    "it": "lasci* mant* conserv* intatt* invariat* invece anziché sempre",
    "nl": "laat laten behoud* bewaar* houd* blij[fv]* ongewijzigd* in\\splaats altijd",
    "no": "behold* la bevar* forbli* uendre* i\\sstedet alltid",
    "pl": "pozostaw* zostaw* zachow* zamiast zawsze",
    "pt": "deix* mant* conserv* preserv* intact* em\\s(?:lugar|vez) sempre",
    "ru": "остав* сохран* вместо всегда",
    "sv": "lämna* låt låta behåll* bevara* förbli* oförändra* i?stället alltid",
    "tr": "koru* bırak* tutun yerine daima",
    "uk": "залиш* збере* замість завжди",
}
_KEPT_UNSPACED = {
    "ja": "まま 残 保持 維持 代わり 常に",
    "ko": "유지 그대로 남기 남겨 남긴 대신 항상",
    "zh": "保留 保持 留 而是 改为 改為 始终 始終",
}
_FILLED = {
    "cs": "vypl* dopl* zade* zadá*",
    "da": "udfyld* indtast* angiv*",
    "de": "füll* aus[fz]* ausgefüllt* eingeb* eingegeb* gib geben angeb* angegeb*",
    "es": "rellen* complet* llen* introdu* escrib* especifi* indi[cq]*",
    "fr": "rempl* renseign* complét* saisi* indiqu*",
    "it": "compil* riemp* complet* inser* specific* indic*",
    "nl": "vul* invul* ingevul* voer* invoer* ingevoer* geef opgeven",
    "no": "fyll* utfyll* angi* skriv*",
    "pl": "wypełn* uzupełn* wprowad* poda*",
    "pt": "preench* complet* insir* inser* inform* indi[cq]* especifi*",
    "ru": "заполн* введ* вводи* укаж* указ*",
    "sv": "fyll* ifyll* ange* skriv*",
    "tr": "doldur* gir* belirt*",
    "uk": "заповн* введ* ввод* вкаж*",
}
_FILLED_UNSPACED = {
    "ja": "入力 記入 指定 設定 必ず",
    "ko": "입력 작성 채우 채워 지정",
    "zh": "填 输入 輸入 指定",
}
_SKIPPED = {
    "cs": "vynech* přeskoč* ignor*",
    "da": "udelad* undlad* spring* ignorer*",
    "de": "weglass* wegzulassen auslass* lass* lässt überspring* ignorier*",
    "es": "omit* excluy* exclui* fuera ignor* salt*",
    "fr": "omet* exclu* laiss* ignor* saut*",
    "it": "omett* esclu* lasci* ignor* salt*",
    "nl": "weglat* laat overslaan neg[ea]* uitsluit*",
    "no": "utela* hopp* ignorer*",
    "pl": "pomi* opuś* ignoruj* wyklucz*",
    "pt": "omit* deix* fora ignor* pul[ea]*",
    "ru": "пропус* игнор* исключ*",
    "sv": "utelämna* utesl* hoppa* ignorera*",
    "tr": "atla* çıkar* hariç",
    "uk": "пропус* ігнор* виключ*",
}
_SKIPPED_UNSPACED = {
    "ja": "スキップ 省略 省い 省き 除外 除い",
    "ko": "건너 생략 제외",
    "zh": "跳过 跳過 省略 忽略 排除",
}


class _Turn(NamedTuple):
    """Words of the opposite, by language, and of which source sentences they are one."""

    words: dict[str, str]
    unspaced: dict[str, str]
    source: re.Pattern[str]
    holds: bool
    """Whether the pattern must be in the source, or must not be there."""


_TURNS = (
    _Turn(
        _ONLY,
        _ONLY_UNSPACED,
        late(r"(?i)\b(?:unless|until|till|before|except|without|if|when|while|other than)\b"),
        holds=True,
    ),
    # Where the source itself says so, the opposite is what got lost.
    _Turn(
        _KEPT,
        _KEPT_UNSPACED,
        late(r"(?i)\b(?:leav|left\b|ke[ep]|remain|retain|preserv|hold|held\b|let\b|allow|stay)"),
        holds=False,
    ),
    _Turn(
        _FILLED,
        _FILLED_UNSPACED,
        late(r"(?i)\b(?:leav\w+|left|ke[ep]\w+) .{0,160}?\b(?:empty|blank|unset|undefined|out)\b"),
        holds=True,
    ),
    _Turn(
        _SKIPPED,
        _SKIPPED_UNSPACED,
        late(r"(?i)\b(?:skip|ignor|omit|exclud|overlook|disregard|leav|left\b)"),
        holds=False,
    ),
)


def said_otherwise(language: str, source: str, target: str) -> bool:
    """Whether the translation of a prohibition demands its opposite in so many words."""
    return _turned_round(language, source, target) or any(
        (turn.source.search(source) is not None) == turn.holds and words.search(target) is not None
        for turn, words in zip(_TURNS, _patterns(language), strict=True)
        if words is not None
    )


def _turned_round(language: str, source: str, target: str) -> bool:
    """Whether what is forbidden comes last: not `Delete it before you save it`."""
    word = _BEFORE.get(language)
    if word is None or not _TURNS[0].source.search(source):
        return False
    from bilint.model.stems import unaccented

    target = unaccented(target.lower())
    before = re.search(rf"\b{word}\b", target)
    if before is None or not _UNTIL.search(source):
        return before is not None
    act = _FORBIDDEN_ACT.search(source)
    stems = _ACTS.get(act[1].lower()) if act else None
    if act is None or stems is None or source.lower().count(act[1].lower()) > 1:
        return True
    said = stems[list(_BEFORE).index(language)].replace(" ", "|")
    verb = re.compile(rf"\b(?:{said})")
    return not verb.search(target, 0, before.start()) or bool(verb.search(target, before.end()))


@lru_cache(maxsize=32)
def _patterns(language: str) -> tuple[re.Pattern[str] | None, ...]:
    return tuple(
        words_of(turn.words.get(language, ""), turn.unspaced.get(language, "")) for turn in _TURNS
    )


def words_of(words: str, unspaced: str) -> re.Pattern[str] | None:
    """What finds any of some words, a star for any letters, or of some parts of words."""
    if words:
        either = "|".join(words.replace("*", r"\w*").split())
        return late(rf"\b(?:{either})\b", re.IGNORECASE)
    return late("|".join(unspaced.split())) if unspaced else None
