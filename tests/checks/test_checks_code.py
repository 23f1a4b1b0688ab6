"""The code family beyond what its pages show: edges, places, suggestions and any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_pages import CONTEXT, check_spans, mended, observe, paired, places

from bilint.checks.code import (
    code_altered,
    code_block_altered,
    identifier_altered,
    placeholder_altered,
)
from bilint.checks.code.reading import is_prose, messages_removed, uncommented
from bilint.model.finding import Severity

CHECKS = (
    code_altered,
    code_block_altered,
    identifier_altered,
    placeholder_altered,
)

# code-altered


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Use `a b` now.", "Usa `a  b` ora.", []),
        ("Use `a b` now.", "Usa `ab` ora.", [("a b", "`ab`")]),
        ("Use `sort_by` now.", "Usa sort_by ora.", [("sort_by", "sort_by")]),
        ("Use `sort_by` now.", "Usa «sort_by» ora.", [("sort_by", "«sort_by»")]),
        ("Use `sort_by` now.", "Usa <code>sort_by</code> ora.", []),
        ("Use `sort_by` now.", "Usa questo ora.", [("sort_by", "Usa questo ora.")]),
        ("Use sort_by now.", "Usa `sort_by` ora.", []),
        ("Use it now.", "Usa `sort_by` ora.", [("sort_by", "`sort_by`")]),
        ("Use `a``) and b`.", "Usa `a` `) e b`.", []),
        ("Use `a.b` now.", "Usa `a\u200b.b` ora.", [("a.b", "`a\u200b.b`")]),
        ("Use `a&amp;b` now.", "Usa `a&b` ora.", []),
    ],
)
def test_inline_code(source: str, target: str, found: list[tuple[str, str]]) -> None:
    assert places(code_altered, source, target) == found


def test_code_that_moved_to_the_next_segment_is_not_lost() -> None:
    source = "Run `lantern flush` first.\n\nThen wait a while."
    target = "Esegui questo per primo.\n\nQuindi attendi `lantern flush`."
    assert places(code_altered, source, target) == []


@pytest.mark.parametrize(
    ("wanted", "found", "severity"),
    [
        ("sort_by", "sort_per", None),
        ("/a/<your name>", "/a/<il tuo nome>", Severity.INFO),
        ("The harbor is closed.", "Il porto è chiuso.", Severity.INFO),
        ("Save", "Salva", Severity.WARNING),
    ],
)
def test_how_grave_a_change_is(wanted: str, found: str, severity: Severity | None) -> None:
    (one,) = observe(code_altered, f"Use `{wanted}` now.", f"Usa `{found}` ora.")
    assert (one.severity or Severity.ERROR) is (severity or Severity.ERROR)


def test_code_is_mended() -> None:
    source = "Use `a{b}` and `sort_by`, then `c.d`."
    target = "Usa `a&lbrace;b&rbrace;` e &quot;sort_by&quot;, poi `c.e`."
    assert mended(code_altered, source, target) == "Usa `a{b}` e `sort_by`, poi `c.d`."


# code-block-altered


def fence(code: str, language: str = "") -> str:
    return f"Text\n\n```{language}\n{code}\n```\n"


@pytest.mark.parametrize(
    ("language", "source", "target", "found"),
    [
        ("js", "let a = 1;", "let b = 1;", [("let a = 1;", "let b = 1;")]),
        ("js", "a(); // open", "a(); // apri", []),
        ("js", "/* open\n it */\na();", "/* apri\n ora */\na();", []),
        ("sql", "select a; -- all", "select a; -- tutto", []),
        ("bash", "run  --a", "  run --a", []),
        ("bash", "run # it", "esegui # ora", [("run # it", "esegui # ora")]),
        ("xml", "<a>One word</a>", "<a>Una parola</a>", []),
        ("xml", '<a b="c">x</a>', '<a d="c">y</a>', [('<a b="c">x</a>', '<a d="c">y</a>')]),
        ("yaml", "title: My own harbor", "title: Il mio porto", []),
        ("yaml", "title: x", "titolo: x", [("title: x", "titolo: x")]),
        ("text", "run()", "esegui()", []),
        ("mermaid", "A[Open] --> B", "A[Apri] --> B", []),
        ("", "Open the harbor", "Apri il porto", []),
        ("", "bin/run it", "bin/esegui it", [("bin/run it", "bin/esegui it")]),
        ("js", "a();\nb();\nc();", "a();\nc();", [("b();", "```js\na();\nc();\n```")]),
        ("js", "a();", "a();\nb();", [("b();", "b();")]),
    ],
)
def test_lines_of_code(
    language: str, source: str, target: str, found: list[tuple[str, str]]
) -> None:
    seen = places(code_block_altered, fence(source, language), fence(target, language))
    assert [(a, b.strip()) for a, b in seen] == found


def test_a_sample_value_is_an_info() -> None:
    source, target = fence('{"name": "John"}', "json"), fence('{"name": "Juan"}', "json")
    (one,) = observe(code_block_altered, source, target)
    assert one.severity is Severity.INFO


def test_blocks_are_paired_where_one_is_missing() -> None:
    source = fence("a();", "js") + fence("b();", "js") + fence("c();", "js")
    target = fence("a();", "js") + fence("c();", "js")
    assert observe(code_block_altered, source, target) == []


@given(st.text(alphabet="/*<!->#'\"; ab\n\\", max_size=60), st.sampled_from(["", "js", "xml"]))
def test_taking_out_comments_keeps_the_number_of_lines(text: str, language: str) -> None:
    assert len(uncommented(text, language)) == text.count("\n") + 1
    for line in text.splitlines():
        messages_removed(line, language)
    is_prose(text, language)


# identifier-altered


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("The sort_by field", "Il campo ordina_per", [("sort_by", "ordina_per")]),
        ("The sort_by field", "Il campo sort\\_by", []),
        ("The sort_by field", "Il campo `sort_by`", []),
        ("The sort_by field", "Il campo sort_by\u200b", []),
        ("The sort_by field", "Il campo Sort_by", [("sort_by", "Sort_by")]),
        ("Add --dry-run here", "Aggiungi – dry-run qui", [("--dry-run", "– dry-run")]),
        ("Under ABC-1234 now", "In ABC 1234 ora", []),
        ("Under ABC-1234 now", "In ABC-1235 ora", [("ABC-1234", "ABC-1235")]),
        ("Write to a.b@example.com", "Scrivi a a.c@example.com", [("a.b@example.com",) * 2]),
        (
            "Read https://a.com/my_page",
            "Leggi https://a.com/la_pagina",
            [("https://a.com/my_page",) * 2],
        ),
        ("Read https://a.com/en/x?l=en&a_b=1#c", "Leggi https://a.com/it/x?l=it&c_d=1#c", []),
        ("Read https://a.com/x.", "Leggi [qui](https://a.com/x).", []),
        ("Read https://a.com/x", "Leggi <https://a.com/x>", []),
        ("Set $HOME_DIR here", "Imposta qui $DIR_CASA", [("$HOME_DIR",) * 2]),
        ("Set $HOME here", "Imposta qui $CASA", [("$HOME",) * 2]),
        ("Costs US$100 or $20k", "Costa 100 dollari", []),
        ("The eCommerce shop", "Il negozio di e-commerce", []),
        ("The sortBy field", "Il campo ordinaBy", [("sortBy", "ordinaBy")]),
        ("The sortBy field", "Il campo di ordinamento", []),
        ("Open /etc/harbor/conf now", "Apri /ecc/harbor/conf ora", [("/etc/harbor/conf",) * 2]),
        ("See /docs/en/harbor/x now", "Vedi /docs/it/harbor/x ora", []),
        ("Set sort_by now", "现在设置排序_by。", [("sort_by", "现在设置排序_by")]),
        ("Set sort_by now", "并べ替え_byを設定します。", [("sort_by",) * 2]),
        ("Call reload() now", "今すぐリロード()を呼び出します。", [("reload()", "リロード()")]),
        ("Open harbor.json now", "새 하버.json을 엽니다.", [("harbor.json", "하버.json")]),
        ("Open /etc/harbor/conf", "打开/etc/港/conf文件", [("/etc/harbor/conf", "/etc/港/conf")]),
        ("See https://a.com/x", "见https://a.com/页", [("https://a.com/x", "https://a.com/页")]),
        ("Mail a@ab.com now", "联系a＠ab.com。", [("a@ab.com", "a＠ab.com")]),
        ("Pass --f to it", "传递它——请注意。", [("--f",) * 2]),
    ],
)
def test_identifiers(source: str, target: str, found: list[tuple[str, str]]) -> None:
    seen = places(identifier_altered, source, target)
    assert [subject for subject, _ in seen] == [subject for subject, _ in found]
    if found and found[0][0] != found[0][1]:
        assert seen == found


def test_a_torn_name_is_mended() -> None:
    source, target = "Set MAX_SIZE_KB now", "Imposta MAX _SIZE_ KB ora"
    assert mended(identifier_altered, source, target) == "Imposta MAX_SIZE_KB ora"


@pytest.mark.parametrize(
    ("source", "target", "after"),
    [
        ("Write to a@ab.com today", "请立即写信至a@ab.org。", "请立即写信至a@ab.com。"),
        ("Write to a@ab.com today", "联系a＠ab.com。", "联系a@ab.com。"),
        ("Set SORT_BY today", "오늘 SORT_BI를 설정합니다.", "오늘 SORT_BY를 설정합니다."),
        ("Set MAX_SIZE_KB now", "设置MAX _SIZE_ KB吧", "设置MAX_SIZE_KB吧"),
    ],
)
def test_a_name_among_other_scripts_is_mended_alone(source: str, target: str, after: str) -> None:
    assert mended(identifier_altered, source, target) == after


def test_what_a_particle_may_be_tied_to_is_not_mended() -> None:
    for target in ("sort_순서를 설정합니다.", "sort_ごとに設定します。"):
        (one,) = observe(identifier_altered, "Set sort_by now", target)
        assert one.suggestion is None


def test_names_in_front_matter_stand_on_the_value() -> None:
    source = '---\ntitle: "Set \\"max_size\\" now"\n---\n'
    target = '---\ntitle: "Imposta \\"size_massima\\" ora"\n---\n'
    (one,) = places(identifier_altered, source, target)
    assert one == ("max_size", 'Imposta \\"size_massima\\" ora')


# placeholder-altered


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Hi {name}!", "Ciao {nome}!", [("{name}", "{nome}")]),
        ("Hi {name}!", "Ciao { name }!", []),
        ("Hi {name}!", "Ciao!", [("{name}", "Ciao!")]),
        ("Hi {name}!", "Ciao {name}, {0}!", []),
        ("Hi {name}!", "Ciao {0}!", [("{name}", "Ciao {0}!")]),
        ("All %s of %(n)s", "Tutti % s di %(m)s", [("%s", "% s"), ("%(n)s", "%(m)s")]),
        ("Up to 50% short", "Fino al 50 % corto", []),
        ("Hi ｛name｝ {name}", "Ciao ｛name｝", [("{name}", "｛name｝")]),
        ("{{$include /a/en/b.md}} it", "{{$include /a/it/b.md}} ora", []),
    ],
)
def test_placeholders(source: str, target: str, found: list[tuple[str, str]]) -> None:
    assert places(placeholder_altered, source, target) == found


# all of them

PIECES = st.sampled_from(
    [
        *("`", "``", "a_b", "A_B", "--opt", "f()", "aB", "x.json", " /a/b", "a@b.c", "AB-12"),
        *("{a}", "{0}", "{{a}}", "${A}", "%s", "%(a)s", "<code>", "</code>", "&lbrace;", "&quot;"),
        *(" ", "\n", "\n\n", "è", "設定", "\u200b", "```", "```js\n", "    ", "> ", "|", "# "),
        *("---\ntitle: ", "\n---\n", "[", "](a_b.md)", "—opt", "_", "\\", "'", "//", "/*"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS, TEXTS)
def test_any_text_is_answered_with_spans_on_characters(source: str, target: str) -> None:
    pair = paired(source, target)
    for check in CHECKS:
        check_spans(list(check.observe(pair, CONTEXT)), pair)


@given(TEXTS)
def test_a_page_against_itself_is_silent(text: str) -> None:
    pair = paired(text, text)
    for check in CHECKS:
        assert list(check.observe(pair, CONTEXT)) == []
