"""The token family beyond what its pages show: edges, places, suggestions and any text."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from two_pages import CONTEXT, PROFILE, NoJudge, NoSimilarity, Observer, paired, read

from bilint.checks.base import Context
from bilint.checks.links import anchor_altered
from bilint.checks.tokens import CHECKS as ALL_CHECKS
from bilint.checks.tokens import (
    alert_altered,
    attributes_altered,
    dnl_altered,
    label_boundary,
    pipeline_error_text,
    placeholder_leaked,
    tab_name_translated,
    tab_untranslated,
    task_box_eaten,
    token_broken,
    token_displaced,
    token_glued,
    uicontrol_dropped,
    uicontrol_untranslated,
    variable_altered,
)
from bilint.checks.tokens.damage import DamageKind, find_damage
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Severity, Side
from bilint.model.label import Label
from steps import grows_no_faster

CHECKS = (
    alert_altered,
    anchor_altered,
    attributes_altered,
    dnl_altered,
    label_boundary,
    pipeline_error_text,
    placeholder_leaked,
    tab_name_translated,
    tab_untranslated,
    task_box_eaten,
    token_broken,
    token_displaced,
    token_glued,
    uicontrol_dropped,
    uicontrol_untranslated,
    variable_altered,
)


def observe(
    check: Observer, pair: AlignedPair, labels: Mapping[str, Label] | None = None
) -> list[Observation]:
    return list(check.observe(pair, Context(PROFILE, NoJudge(), NoSimilarity(), labels=labels)))


def seen(
    check: Observer, source: str | None, target: str, locale: str = "it-IT"
) -> list[tuple[str, str]]:
    """Subject and text of what a check sees."""
    pair = paired(source, target, locale)
    data = pair.document.data
    return [
        (one.subject, data[one.span.start : one.span.end].decode()) for one in observe(check, pair)
    ]


def mended(check: Observer, source: str | None, target: str, locale: str = "it-IT") -> str:
    """The target with every suggestion put in place."""
    data = target.encode()
    for one in sorted(observe(check, paired(source, target, locale)), key=lambda o: -o.span.start):
        if one.suggestion is not None:
            data = data[: one.span.start] + one.suggestion.text.encode() + data[one.span.end :]
    return data.decode()


# dnl-altered


def test_an_altered_name_is_paired_with_the_likest_lost_one() -> None:
    source = "Use [!DNL Data Hub] with [!DNL Beacon Mobile] today."
    target = "Usa oggi [!DNL Beacon Mobili] con [!DNL Dati Hub]."
    assert sorted(seen(dnl_altered, source, target)) == [
        ("Beacon Mobili", "[!DNL Beacon Mobili]"),
        ("Dati Hub", "[!DNL Dati Hub]"),
    ]
    assert mended(dnl_altered, source, target) == (
        "Usa oggi [!DNL Beacon Mobile] con [!DNL Data Hub]."
    )


def test_an_unlike_name_is_a_guess_and_its_correction_not_safe() -> None:
    pair = paired("Read [!DNL Harbour notes] now.", "Leggi [!DNL Qualcosa di altro] ora.")
    (one,) = observe(dnl_altered, pair)
    assert one.confidence is Confidence.MEDIUM
    assert one.suggestion is not None
    assert not one.suggestion.safe


def test_a_name_lost_with_its_segment_stands_where_it_would_be() -> None:
    source = "# Start\n\nFirst words.\n\n* Go to [!DNL Beacon] now.\n* Then stop.\n\n## End\n"
    target = "# Inizio\n\nPrime parole.\n\n* Poi fermati.\n\n## Fine\n"
    pair = paired(source, target)
    (one,) = observe(dnl_altered, pair)
    assert one.subject == "Beacon"
    assert one.span.start == one.span.end > target.index("Prime")
    assert one.confidence is Confidence.MEDIUM
    assert one.source_span is not None


def test_escaped_front_matter_has_names_too() -> None:
    source = "---\ntitle: The [!DNL Beacon] page isn't new\n---\nText.\n"
    kept = "---\ntitle: 'La pagina [!DNL Beacon] dell''utente'\n---\nTesto.\n"
    lost = "---\ntitle: 'La pagina [!DNL Faro] dell''utente'\n---\nTesto.\n"
    assert seen(dnl_altered, source, kept) == []
    pair = paired(source, lost)
    (one,) = observe(dnl_altered, pair)
    assert (one.subject, one.suggestion) == ("Faro", None)


def test_a_name_lost_to_broken_syntax_is_told_once() -> None:
    source = "Use [!DNL Data Hub] with [!DNL Beacon] today."
    target = "Usa oggi [!DNL Beacon con [!DNL Data Hub]."
    assert seen(dnl_altered, source, target) == []
    assert seen(token_broken, source, target) == [("[!DNL Beacon", "[!DNL Beacon")]


# uicontrol-dropped


def test_confidence_is_high_only_where_text_is_missing() -> None:
    source = "Click [!UICONTROL Save], then wait until the long import of all records is done."
    cut = "Attendi la fine."
    whole = "Fai clic su Salva, poi attendi la fine della lunga importazione di tutti i record."
    (short,) = observe(uicontrol_dropped, paired(source, cut))
    (plain,) = observe(uicontrol_dropped, paired(source, whole))
    assert (short.severity, short.confidence) == (None, Confidence.HIGH)
    assert (plain.severity, plain.confidence) == (None, Confidence.MEDIUM)


def test_dense_scripts_are_short_by_nature() -> None:
    source = "Click [!UICONTROL Save], then wait until the long import of all records is done."
    (one,) = observe(uicontrol_dropped, paired(source, "保存して待ちます。", "ja-JP"))
    assert one.confidence is Confidence.MEDIUM


def test_the_label_without_a_likely_translation_is_the_lost_one() -> None:
    source = "Open [!UICONTROL Settings], then [!UICONTROL Audience list]."
    target = "Apri [!UICONTROL Audience lista]."
    assert [subject for subject, _ in seen(uicontrol_dropped, source, target)] == ["Settings"]


def test_a_label_moved_to_another_segment_is_not_lost() -> None:
    source = "Open [!UICONTROL Settings].\n\nClick [!UICONTROL Save] there.\n"
    target = "Apri.\n\nFai clic su [!UICONTROL Impostazioni] e [!UICONTROL Salva].\n"
    assert seen(uicontrol_dropped, source, target) == []


def test_a_label_that_markdown_takes_for_a_definition_counts() -> None:
    source = "* [!UICONTROL Amount]: 2\n* [!UICONTROL Rate]: 3\n\nEnd of [!UICONTROL Rates].\n"
    target = "* [!UICONTROL Importo]: 2\n* [!UICONTROL Tasso]: 3\n\nFine di [!UICONTROL Tassi].\n"
    assert seen(uicontrol_dropped, source, target) == []


# uicontrol-untranslated


LABELS = {
    "Save": Label("Save", "Salva", "ui.po"),
    "Draft": Label("Draft", "Bozza", "ui.po", ("Minuta",)),
    "Menu": Label("Menu", "Menu", "ui.po"),
}


def test_an_ambiguous_label_is_told_without_a_correction() -> None:
    source = "Click [!UICONTROL Save], [!UICONTROL Draft] or [!UICONTROL Menu]."
    target = "Fai clic su [!UICONTROL Save], [!UICONTROL Draft] o [!UICONTROL Menu]."
    save, draft = observe(uicontrol_untranslated, paired(source, target), LABELS)
    assert save.suggestion is not None
    assert save.suggestion.text == "[!UICONTROL Salva]"
    assert save.evidence == {"catalogue": "ui.po", "translation": "Salva"}
    assert (draft.subject, draft.suggestion) == ("Draft", None)


def test_a_block_that_must_stay_english_is_left_alone() -> None:
    text = ">[!DONOTLOCALIZE]\n>\n>Click [!UICONTROL Save].\n"
    assert observe(uicontrol_untranslated, paired(text, text), LABELS) == []


def test_an_added_english_label_is_no_evidence() -> None:
    source, target = "Click the button.", "Fai clic su [!UICONTROL Save]."
    assert observe(uicontrol_untranslated, paired(source, target), LABELS) == []


# token-broken


@pytest.mark.parametrize(
    ("text", "kind", "found", "whole"),
    [
        ("a [ !DNL Beacon] b", DamageKind.SPACED, "[ !DNL Beacon]", "[!DNL Beacon]"),
        ("a [! UICONTROL Save] b", DamageKind.SPACED, "[! UICONTROL Save]", "[!UICONTROL Save]"),
        ("a [ ! DNL x] b", DamageKind.SPACED, "[ ! DNL x]", "[!DNL x]"),
        ("a [!DNLBeacon] b", DamageKind.SPACED, "[!DNLBeacon]", "[!DNL Beacon]"),
        ("a ［!DNL Beacon］ b", DamageKind.BRACKETS, "［!DNL Beacon］", "[!DNL Beacon]"),
        ("a 【！DNL Beacon】 b", DamageKind.BRACKETS, "【！DNL Beacon】", "[!DNL Beacon]"),
        ("a [！DNL Beacon] b", DamageKind.BRACKETS, "[！DNL Beacon]", "[!DNL Beacon]"),
        ("a &lbrack;!DNL x&rbrack; b", DamageKind.BRACKETS, "&lbrack;!DNL x&rbrack;", "[!DNL x]"),
        ("a \\[!DNL Beacon\\] b", DamageKind.ESCAPED, "\\[!DNL", None),
        ("a [!DNL Beacon b", DamageKind.UNCLOSED, "[!DNL", None),
        ("| a [!DNL Beacon | b] |\n|---|---|\n", DamageKind.UNCLOSED, "[!DNL", None),
        ("a [!DNL] b", DamageKind.EMPTY, "[!DNL]", None),
        ("a [!UICONTROL &#x200B; ] b", DamageKind.EMPTY, "[!UICONTROL &#x200B; ]", None),
        ("a [!DNL [!DNL x]] b", DamageKind.NESTED, "[!DNL [!DNL x]]", "[!DNL x]"),
        ("a [!DNL y [!DNL x]] b", DamageKind.NESTED, "[!DNL y [!DNL x]]", None),
        ("a [!dnl Beacon] b", DamageKind.CASE, "[!dnl Beacon]", "[!DNL Beacon]"),
        ("a !DNL Beacon b", DamageKind.BARE, "!DNL", None),
        ("a [DNL Beacon] b", DamageKind.BARE, "[DNL Beacon]", "[!DNL Beacon]"),
        ("a [!CONTROLLO Salva] b", DamageKind.KEYWORD, "[!CONTROLLO Salva]", None),
        (">[!참고]\n>\n>a", DamageKind.KEYWORD, "[!참고]", None),
        (">[!Nota]\n>\n>a", DamageKind.KEYWORD, "[!Nota]", None),
        (">[!note]\n>\n>a", DamageKind.CASE, "[!note]", "[!NOTE]"),
        (">[NOTE]\n>\n>a", DamageKind.BARE, "[NOTE]", "[!NOTE]"),
        (">[! NOTE]\n>\n>a", DamageKind.SPACED, "[! NOTE]", "[!NOTE]"),
    ],
)
def test_kinds_of_damage(text: str, kind: DamageKind, found: str, whole: str | None) -> None:
    document = read(text)
    (damage,) = find_damage(document, PROFILE, thorough=True)
    span = damage.span
    assert (damage.kind, document.data[span.start : span.end].decode()) == (kind, found)
    assert damage.whole == whole


@pytest.mark.parametrize(
    "text",
    [
        "Sound [!DNL Beacon], [!UICONTROL [!DNL Beacon] tab] and [!DNL [Finder]](https://e.org).",
        "A glob `[!a-z]`, [!a-z], [!abc] and [!important] words.",
        "[![Alt](a.png)](https://example.com) and ![[!DNL Beacon] screen](b.png)",
        "Warning! DNL is short for do not localize. Say !no.",
        "    [ !DNL in code]\n\n```\n[!DNL x\n```\n\n<!-- [!DNL x -->\n",
        ">[!NOTE]\n>\n>A [link](a.md).\n\n> [quoted link](b.md)\n",
        ">[!VIDEO](https://example.com/v)\n\n>[!TAB First]\n\nText.\n",
        "---\nkeywords: '[ !DNL x]'\ntitle: Sound\n---\nText.\n",
        "A [!DNL name that is\nwrapped] here.",
        "[!BADGE New]{type=informative} Text",
    ],
)
def test_sound_text_has_no_damage(text: str) -> None:
    assert find_damage(read(text), PROFILE, thorough=True) == ()


def test_front_matter_is_looked_at_in_the_order_of_the_page() -> None:
    text = "---\ntitle: A [!DNL Beacon\ndescription: B [ !DNL Hub] c\n---\nText.\n"
    kinds = [damage.kind for damage in find_damage(read(text), PROFILE)]
    assert kinds == [DamageKind.UNCLOSED, DamageKind.SPACED]


def test_without_a_source_damage_is_of_medium_confidence() -> None:
    (one,) = observe(token_broken, paired(None, "Apri [ !DNL Beacon] ora."))
    assert one.confidence is Confidence.MEDIUM


def test_the_source_pays_for_its_own_damage_only() -> None:
    source = "See [!DNL [!DNL Edge]] and [!DNL Hub] here."
    target = "Vedi qui [!DNL [!DNL Edge]] e [!DNL [!DNL Hub]]."
    (one,) = observe(token_broken, paired(source, target))
    assert one.severity is Severity.WARNING
    (own,) = token_broken.observe_source(read(source), PROFILE)
    assert (own.subject, own.side) == ("[!DNL [!DNL Edge]]", Side.SOURCE)


def test_words_swallowed_by_a_name_are_an_error() -> None:
    source = "It runs on the [!DNL [!DNL Edge]], close to you."
    target = "Funziona su [!DNL vicino a te [!DNL Edge]]."
    (one,) = observe(token_broken, paired(source, target))
    assert one.severity is None


def test_a_translated_keyword_is_mended_by_the_one_that_is_missing() -> None:
    source = ">[!NOTE]\n>\n>Wait.\n"
    assert mended(token_broken, source, ">[!NOTA]\n>\n>Attendi.\n") == (">[!NOTE]\n>\n>Attendi.\n")


def test_an_unclosed_name_is_mended_by_the_source() -> None:
    source = "Use [!DNL Data Hub] today."
    assert mended(token_broken, source, "Usa [!DNL Data Hub oggi.") == ("Usa [!DNL Data Hub] oggi.")


def test_an_unknown_keyword_of_the_source_is_a_typo_only_when_alike() -> None:
    found = token_broken.observe_source(read("Open [!UICONTOL Save] and [!GLOSSARY x].\n"), PROFILE)
    assert [one.suggestion and one.suggestion.text for one in found] == ["[!UICONTROL Save]"]


# token-glued


@pytest.mark.parametrize(
    ("locale", "target", "subjects"),
    [
        ("it-IT", "Usa [!DNL Hub]e [!DNL Web]", ["Hub"]),
        ("it-IT", "Usa l’[!DNL Hub], l'[!DNL Web], dell&#39;[!DNL Hub]", []),
        ("it-IT", "Usa ([!DNL Hub])/[!DNL Web]-pro 2[!DNL Hub]3", []),
        ("en-GB", "Use the [!DNL Hub]s and [!DNL Web]", []),
        ("it-IT", "Usa [!DNL Real CDP]B2B", ["Real CDP"]),
        ("de-DE", "Das [!DNL Hub]es und [!DNL Hub]und", ["Hub"]),
        ("fi-FI", "Avaa [!DNL Hub]issa ja [!DNL Hub]toiminnossa", ["Hub"]),
        ("ar-SA", "في و[!DNL Hub] هنا", []),
        ("ko-KR", "[!DNL Hub]를 사용", []),
        ("zh-CN", "使用[!DNL Hub]的", []),
        ("fr-FR", "Utiliser **[!DNL Hub]**et _[!DNL Web]_", ["Hub"]),
        ("it-IT", "Vedi [note](a.md)e basta", ["note"]),
        ("it-IT", "Vedi [note ](a.md)e [, &#x200B;](b.md)basta", []),
        ("it-IT", "Vedi<https://example.com>e ![x](a.png)e ![](b.png)e", ["x", "b.png"]),
        ("it-IT", "Vedi ![x ](a.png)e ![(x](b.png)e", []),
        ("ko-KR", "4개의[!DNL Hub]를 [!DNL Web]및[!DNL Hub] 신[!DNL Web]", ["Hub", "Hub"]),
    ],
)
def test_what_is_glued(locale: str, target: str, subjects: list[str]) -> None:
    assert [subject for subject, _ in seen(token_glued, None, target, locale)] == subjects


def test_the_blank_goes_to_the_right_side_of_the_marks() -> None:
    target = "Apri **[!DNL Hub]**e [!DNL Web]**ora**, poi*[!DNL Hub]* x[!DNL Web]y"
    assert mended(token_glued, None, target) == (
        "Apri **[!DNL Hub]** e [!DNL Web] **ora**, poi *[!DNL Hub]* x [!DNL Web] y"
    )


def test_a_blank_takes_the_place_of_one_without_width() -> None:
    target = (
        "Die&#x200B;_[!DNL Hub]_&#8203;und **Web (neu)**\u200bund *in*![x](a.png)&ZeroWidthSpace;."
    )
    assert mended(token_glued, None, target, "de-DE") == (
        "Die _[!DNL Hub]_ und **Web (neu)** und *in* ![x](a.png)&ZeroWidthSpace;."
    )


def test_the_steps_of_a_path_are_parted_as_in_the_source() -> None:
    source = "Open **A** > [!UICONTROL B] > _C_ > **D**."
    target = "Open **A**> [!UICONTROL B] >_C_→**D**."
    assert mended(token_glued, source, target, "nl-NL") == (
        "Open **A** > [!UICONTROL B] > _C_ → **D**."
    )
    assert mended(token_glued, "Open **A** >**B**.", target, "nl-NL") == target


@pytest.mark.parametrize(
    ("locale", "target"),
    [("de-DE", "Die [Server](a.md)n hier."), ("sv-SE", "Se [fil](a.md)en nu.")],
)
def test_an_ending_behind_a_link_is_told_and_not_parted_from_it(locale: str, target: str) -> None:
    assert len(seen(token_glued, None, target, locale)) == 1
    assert mended(token_glued, None, target, locale) == target


def test_nothing_is_mended_beside_a_link_that_lost_its_words() -> None:
    target = "Vedi [guida/](a.md)guida/nota[, &#x200B;](b.md) e basta"
    assert [subject for subject, _ in seen(token_glued, None, target)] == ["guida/"]
    assert mended(token_glued, None, target) == target


def test_only_the_sides_that_the_source_glues_are_excused() -> None:
    source = "A pre[!DNL Hub] run."
    assert seen(token_glued, source, "Un pre[!DNL Hub] avvio.") == []
    assert seen(token_glued, source, "Un pre[!DNL Hub]avvio.") == [("Hub", "pre[!DNL Hub]avvio")]


# token-displaced


@pytest.mark.parametrize(
    "target",
    [
        "作成`a`した。",
        "作成`a`して、",
        "作り`a`ません。",
        "作成`a`する。",
        "作成しま`a`す。",
        "動作す`a`るには、",
        "必要`a`があります。",
        "必要なこ`a`とです。",
        "クリック`a`をクリックします。",
    ],
)
def test_a_torn_verb_has_a_mark_of_its_check(target: str) -> None:
    assert [one for one, _ in seen(token_displaced, "Make `a`.", target, "ja-JP")] == ["a"]
    (check,) = (one for one in ALL_CHECKS if one.id == "token-displaced")
    assert any(mark in target.encode() for mark in check.marks)


def test_torn_verbs_cost_no_more_than_they_are_long() -> None:
    def check_all(size: int) -> None:
        seen(token_displaced, "Make `a`.", "、作成`a`します" * size, "ja-JP")

    assert grows_no_faster(check_all, 100)


def test_glued_links_cost_no_more_than_they_are_long() -> None:
    assert grows_no_faster(lambda size: seen(token_glued, None, "[a](b)c " * size), 100)


def test_a_verb_is_looked_for_beside_its_token_alone() -> None:
    far = "あ" * 100
    assert [one for one, _ in seen(token_displaced, "A", f"{far}を作成`a`します", "ja-JP")] == ["a"]
    assert seen(token_displaced, "A", f"作成{far}`a`します", "ja-JP") == []


@pytest.mark.parametrize(
    ("locale", "source", "target", "subjects"),
    [
        ("it-IT", "With Acme [!DNL Hub] on", "Con Acme su di [!DNL Hub]", ["Hub"]),
        ("it-IT", "With Acme [!DNL Hub] on", "Con [!DNL Hub] di Acme", []),
        ("it-IT", "With Acme [!DNL Hub] on", "Acme. Poi [!DNL Hub]", []),
        ("it-IT", "Acme and Acme [!DNL Hub]", "Acme e poi Acme, con [!DNL Hub]", []),
        ("ko-KR", "With Acme [!DNL Hub] on", "Acme의 [!DNL Hub]에서", []),
        ("ko-KR", "With Acme [!DNL Hub] on", "Acme을 통한 설정 [!DNL Hub]", ["Hub"]),
        ("ja-JP", "With Acme [!DNL Hub] on", "Acme の [!DNL Hub] で", []),
        ("ja-JP", "With Acme [!DNL Hub] on", "Acmeの[!DNL Hub]で", []),
        ("ja-JP", "With Acme [!DNL Hub] on", "Acme を使用して開く [!DNL Hub]", ["Hub"]),
        ("zh-CN", "With Acme [!DNL Hub] on", "Acme的[!DNL Hub]", []),
        ("fr-FR", "The [!DNL Hub] API key", "La clé d’API [!DNL Hub]", []),
        ("fr-FR", "The [!DNL Hub] API key", "Le [!DNL Hub] clé de l’API", ["Hub"]),
        ("fr-FR", "The [!DNL Hub] Web SDK", "Le [!DNL Hub] SDK Web", ["Hub"]),
        ("tr-TR", "The [!DNL Hub] API key", "Şu [!DNL Hub] için gizli API anahtarı", []),
        ("tr-TR", "The [!DNL Hub] v8 key", "Şu [!DNL Hub] için gizli v8 anahtarı", ["Hub"]),
        ("de-DE", "The [!DNL Hub] 8.1 key", "Der [!DNL Hub] in Version 8.1", []),
        ("de-DE", "The [!DNL Hub] API key", "Der [!DNL Hub]-API-Schlüssel", []),
        ("it-IT", "[!DNL Hub] exports files", "[!DNL Hub] esporta file", []),
        ("it-IT", "[!DNL Hub] keys", "[!DNL Hub] chiavi", ["Hub"]),
        ("it-IT", "[!DNL Hub] fails", "[!DNL Hub] fallisce", []),
        ("it-IT", "[!DNL Hub] dashboard", "[!DNL Hub] dashboard", []),
        ("it-IT", "[!DNL Hub] key can expire", "[!DNL Hub] chiave può scadere", ["Hub"]),
        ("it-IT", "[!DNL Hub] key can expire", "[!DNL Hub] ha una chiave che scade", []),
        ("it-IT", "See [!DNL Hub] help pages", "Vedi [!DNL Hub] pagine di aiuto", ["Hub"]),
        ("it-IT", "A [!DNL Hub] setup lets you", "Un [!DNL Hub] consente di avere", []),
        ("de-DE", "[!DNL Hub] keys", "[!DNL Hub] Schlüssel", []),
    ],
)
def test_what_is_displaced(locale: str, source: str, target: str, subjects: list[str]) -> None:
    assert [one for one, _ in seen(token_displaced, source, target, locale)] == subjects


def test_the_span_reaches_from_the_name_to_its_neighbour() -> None:
    source = "Più: how Acme [!DNL Hub] v8 works"
    assert seen(token_displaced, source, "Più: Acme è così [!DNL Hub] v8") == [
        ("Hub", "Acme è così [!DNL Hub]")
    ]
    assert seen(token_displaced, source, "Più: Acme [!DNL Hub] è così v8") == [
        ("Hub", "[!DNL Hub] è così v8")
    ]


# placeholder-leaked, pipeline-error-text


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Read [this](a.md).", "Più 1} [x](a.md).", ["1}"]),
        ("Read [this](a.md).", "Più {12 [x](a.md).", ["{12"]),
        ("Read this.", "Leggi &lbrace;1 questo 2&rbrace;.", ["&lbrace;1"]),
        ("Read this.", "Leggi ｛questo.", []),
        ("Read this.", "Leggi {questo}.", []),
        ("Set {a} and {b}.", "Imposta {a} e {b} 3}.", ["3}"]),
        ("A set {1, 2} is.", "Un insieme {1, 2} è.", []),
        ("Read this.", "Leggi @@12@@ questo.", ["@@12@@"]),
        ("Read this.", 'Leggi &lt;x id="1"/&gt;questo.', ['&lt;x id="1"/&gt;']),
        ("Read this.", 'Leggi <g id="1">questo</g>.', ['<g id="1">']),
        ("Say __CODE_1__ twice.", "Di’ __CODE_1__ due volte.", []),
        ("Say __init__.", "Di’ __init__ e __PHP__.", []),
    ],
)
def test_placeholders_that_leaked(source: str, target: str, found: list[str]) -> None:
    assert [text for _, text in seen(placeholder_leaked, source, target)] == found


def test_without_a_source_only_unmistakable_placeholders_are_told() -> None:
    (one,) = observe(placeholder_leaked, paired(None, "Leggi 1} __PH_1__ questo."))
    assert (one.subject, one.confidence) == ("__PH_1__", Confidence.MEDIUM)


def test_error_messages_are_told_as_often_as_they_stand() -> None:
    target = "È -ERR:REF-NOT-FOUND- e [a](-ERR:REF-NOT-FOUND-), -ERR: no."
    assert [text for _, text in seen(pipeline_error_text, "It is.", target)] == [
        "-ERR:REF-NOT-FOUND-",
        "-ERR:REF-NOT-FOUND-",
        "-ERR:",
    ]


# anchor-altered, variable-altered


@pytest.mark.parametrize(
    ("target", "mended_to"),
    [
        ("# Più {#più}", "# Più {#more}"),
        ("# Più {# more}", "# Più {#more}"),
        ("# Più \\{#more\\}", "# Più {#more}"),
        ("# Più ｛#more｝", "# Più {#more}"),
        ("# Più", "# Più {#more}"),
        ("# Più {#more}", "# Più {#more}"),
    ],
)
def test_anchors_are_mended(target: str, mended_to: str) -> None:
    assert mended(anchor_altered, "# More {#more}", target) == mended_to


def test_an_anchor_that_moved_to_another_heading_is_no_finding() -> None:
    source = "# One {#one}\n\nText.\n\n# Two\n"
    assert seen(anchor_altered, source, "# Uno\n\nTesto.\n\n# Due {#one}\n") == []


@pytest.mark.parametrize(
    ("source", "target", "mended_to"),
    [
        ("See {{site}} now", "Già {{sito}} ora", "Già {{site}} ora"),
        ("See {{site}} now", "Già &lbrace;&lbrace;site&rbrace;&rbrace; ora", "Già {{site}} ora"),
        ("See {%a%} now", "Già {%b%} ora", "Già {%a%} ora"),
        ("See {{a}} and {b}", "Già {b} e {{ a }}", "Già {b} e {{ a }}"),
        ("See {{a}} now", "Già ora", "Già ora"),
        ("See `{{a}}` now", "Già ora", "Già ora"),
    ],
)
def test_variables_are_mended(source: str, target: str, mended_to: str) -> None:
    assert mended(variable_altered, source, target) == mended_to


def test_a_lost_variable_is_told_once() -> None:
    source = "See {{a}} and {{a}} now.\n\nThen {{a}}."
    target = "Vedi {{a}} ora.\n\nPoi {{a}}."
    assert [subject for subject, _ in seen(variable_altered, source, target)] == ["{{a}}"]


# attributes-altered


@pytest.mark.parametrize(
    ("source", "target", "mended_to"),
    [
        ('{a="b"}', "{a=&quot;b&quot;}", '{a="b"}'),
        ('{a="b"}', "{a=&#34;b&#34;}", '{a="b"}'),
        ('{a="b" .c}', "{a=“b” .c}", '{a="b" .c}'),
        ('{a="b"}', '\\{a="b"\\}', '{a="b"}'),
        ('{a="b"}', ' &lbrace;a="b"&rbrace;', '{a="b"}'),
        ('{a="b"}', '{a="è"}', '{a="b"}'),
        ('{a="b"}', '  {a="b"}', '{a="b"}'),
        ('{a="b"}', "", '{a="b"}'),
        ('{a="b"}', "{a='b'}", "{a='b'}"),
        ("{a=b}", '{a="b"}', '{a="b"}'),
        ('{title="x" a="b"}', '{a="b" title="è"}', '{a="b" title="è"}'),
    ],
)
def test_attribute_lists_are_mended(source: str, target: str, mended_to: str) -> None:
    before, after = f"![One](one.png){source}\n", f"![Più](one.png){target}\n"
    assert mended(attributes_altered, before, after) == f"![Più](one.png){mended_to}\n"


def test_lists_belong_to_their_pictures_and_not_to_an_order() -> None:
    source = '![One](one.png){a="1"}\n\n![Two](two.png){a="2"}\n'
    target = '![Due](two.png){a="2"}\n\n![Uno](one.png){a="1"}\n'
    assert seen(attributes_altered, source, target) == []
    assert seen(attributes_altered, source, '![Due](two.png){a="2"}\n') == []


# alert-altered, task-box-eaten


def test_a_lost_frame_is_told_and_an_explained_one_is_not() -> None:
    source = ">[!NOTE]\n>\n>One thing.\n\nText.\n"
    assert seen(alert_altered, source, "[!NOTE]\n\nUna cosa.\n\nTesto.\n") == [("NOTE", "[!NOTE]")]
    assert seen(alert_altered, source, "`[!NOTE]`\n\nUna cosa.\n\nTesto.\n") == []


def test_an_alert_that_became_a_quotation_is_told_once() -> None:
    source = ">[!NOTE]\n>\n>One thing.\n>\n>Another thing.\n"
    target = ">Una cosa.\n>\n>Un’altra cosa.\n"
    assert seen(alert_altered, source, target) == [("NOTE", "Una cosa.")]


@pytest.mark.parametrize(
    ("target", "mended_to"),
    [
        ("- [ Più ] cose", "- [ ] Più cose"),
        ("- [Più] cose", "- [ ] Più cose"),
        ("- [ Più ]: cose e altre", "- [ ] Più: cose e altre"),
        ("- Più cose", "- [ ] Più cose"),
        ("- [x] Più cose", "- [x] Più cose"),
        ("- [Più](a.md) cose", "- [Più](a.md) cose"),
        ("- [ ]Più cose", "- [ ] Più cose"),
        # A letter is lost, and nobody knows which.
        ("- [ ]’altra cosa", "- [ ]’altra cosa"),
    ],
)
def test_boxes_are_mended(target: str, mended_to: str) -> None:
    assert mended(task_box_eaten, "- [ ] More things", target) == mended_to


# label-boundary, tabs


@pytest.mark.parametrize(
    ("locale", "source", "target", "severities"),
    [
        ("it-IT", "Query Service", "di", [Severity.ERROR]),
        ("it-IT", "Query Service", "dell&#39;", [Severity.ERROR]),
        ("it-IT", "Off", "di", []),
        ("it-IT", "of", "di", []),
        ("it-IT", "Query Service", "l’interrogazione", [Severity.WARNING]),
        ("it-IT", "Query Service", "L’interrogazione", []),
        ("ja-JP", "Query Service", "de クエリ", []),
        ("de-DE", "Query Service", "die Abfrage", [Severity.WARNING]),
        ("it-IT", "Query Service", "Query Service ", [Severity.INFO]),
        ("it-IT", "Query Service ", "Servizio query ", []),
        ("it-IT", "Save.", "Salva la query e chiudi.", []),
        ("it-IT", "Save", "a b c d e f g h i l m n o p q r s t u v", [Severity.ERROR]),
    ],
)
def test_boundaries_of_labels(
    locale: str, source: str, target: str, severities: list[Severity]
) -> None:
    pair = paired(f"Use [!UICONTROL {source}] now", f"Ecco [!UICONTROL {target}] qui", locale)
    assert [one.severity for one in observe(label_boundary, pair)] == severities


def test_an_article_goes_before_its_label() -> None:
    source = "Use [!UICONTROL Query] and [!UICONTROL Plan] now"
    target = "Usa [!UICONTROL l’interrogazione] e [!UICONTROL il piano] ora"
    assert mended(label_boundary, source, target) == (
        "Usa l'[!UICONTROL interrogazione] e il [!UICONTROL piano] ora"
    )


# all of them


PIECES = st.sampled_from(
    [
        *("[!DNL ", "[!UICONTROL ", "[!NOTE]", "[", "]", "!", "](a.md)", "[!", "\\", "［", "】"),
        *("Beacon", "Acme ", "v8", "è", "설정", " ", "\n", "\n\n", "> ", "* ", "| ", "`", "**"),
        *("&#x200B;", "&lbrack;", "DNL", "# ", "---\ntitle: ", "\n---\n", "\u00a0", "’", "\r"),
        *("{", "}", "{#id}", '{a="b"}', "{{x}}", "&lbrace;", "&rbrace;", "1", "- [ ] ", "%s "),
        *("[!TAB ", "[!BADGE ", "[!VIDEO](", "&gt;", "il ", "{%", "%}", "__PH_1__", "-ERR:A-"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
LOCALES = st.sampled_from(["it-IT", "fr-FR", "ko-KR", "ja-JP", "de-DE", "ar-SA", "fi-FI"])


def check_spans(observations: Sequence[Observation], pair: AlignedPair) -> None:
    for one in observations:
        page = pair.source if one.side is Side.SOURCE else pair.target
        assert page is not None
        start, end = one.span
        assert 0 <= start <= end <= len(page.document.data)
        page.document.data[start:end].decode()
        if one.source_span is not None:
            assert pair.source is not None
            pair.source.document.data[one.source_span.start : one.source_span.end].decode()


@given(TEXTS, TEXTS, LOCALES)
def test_any_text_is_answered_with_spans_on_characters(
    source: str, target: str, locale: str
) -> None:
    for base in (source, None):
        pair = paired(base, target, locale)
        for check in CHECKS:
            check_spans(observe(check, pair, LABELS), pair)
    for one in token_broken.observe_source(read(target), PROFILE):
        read(target).data[one.span.start : one.span.end].decode()


@given(TEXTS, LOCALES)
@example("[!TAB Acme ]", "it-IT")
@example("{#id}[!DNL \n---\n{#id}\n---\n", "it-IT")
def test_a_page_against_itself_is_silent(text: str, locale: str) -> None:
    pair = paired(text, text, locale)
    for check in CHECKS:
        if check is not uicontrol_untranslated:
            assert observe(check, pair) == []


@given(TEXTS)
@example("[!DNL \u00a0]")
@example("[!UICONTROL &nbsp;]")
def test_the_quick_look_misses_only_tokens_without_their_mark(text: str) -> None:
    document = read(text)
    if not find_damage(document, PROFILE):
        for damage in find_damage(document, PROFILE, thorough=True):
            found = document.data[damage.span.start : damage.span.end]
            assert b"!" not in found


def test_names_that_the_source_has_got_since_are_no_additions() -> None:
    pair = paired(
        "# Fari\n\nOpen [!DNL Beacon].\n",
        "# Fari\n\nApri [!DNL Beacon].\n\nPoi apri [!DNL Harbor] e [!DNL Faro].\n",
    )
    assert [one.subject for one in dnl_altered.observe(pair, CONTEXT)] == ["Harbor", "Faro"]
    by_now = paired(
        "# Fari\n\nOpen [!DNL Beacon].\n\nThen open [!DNL Harbor].\n",
        pair.document.data.decode(),
    )
    answered = pair._replace(now=by_now)
    assert [one.subject for one in dnl_altered.observe(answered, CONTEXT)] == ["Faro"]
