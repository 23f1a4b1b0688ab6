from pathlib import Path

import polib
from hypothesis import example, given
from hypothesis import strategies as st

from bilint.model.label import Label
from bilint.model.term import Term
from bilint.model.text import LineIndex
from bilint.readers.catalogue import (
    Catalogue,
    combine,
    combine_terms,
    read_catalogue,
    read_terms,
)
from bilint.readers.locations import catalogue_path, terms_path

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(text: str) -> Catalogue:
    return read_catalogue(text.encode(), "ui.po")


def lines(text: str) -> list[tuple[str, int]]:
    index = LineIndex(text.encode())
    return [(p.code, index.position(p.span.start).line) for p in read(text).problems]


def labels(text: str) -> dict[str, str]:
    return {source: label.translation for source, label in read(text).labels.items()}


def test_reads_labels_and_says_where_from() -> None:
    read = read_catalogue((HEADER + 'msgid "Save"\nmsgstr "Salva"\n').encode(), "locales/x/ui.po")
    assert read.labels == {"Save": Label("Save", "Salva", "locales/x/ui.po")}
    assert read.problems == ()


def test_wrapped_strings_escapes_and_blanks() -> None:
    text = HEADER + 'msgid ""\n"Save \\"all\\"\\n"\n"now"\nmsgstr "Salva  \\"tutto\\" ora "\n'
    assert labels(text) == {'Save "all" now': 'Salva "tutto" ora'}


def test_what_is_no_evidence_gives_no_label() -> None:
    text = (
        HEADER
        + '#, fuzzy\nmsgid "Open"\nmsgstr "Apre"\n\n'
        + '#~ msgid "Close"\n#~ msgstr "Chiudi"\n\n'
        + 'msgid "Empty"\nmsgstr ""\n\n'
        + 'msgid "File"\nmsgid_plural "Files"\nmsgstr[0] "File"\nmsgstr[1] "File"\n\n'
        + 'msgid "Kept"\nmsgstr "Mantenuto"\n'
    )
    assert labels(text) == {"Kept": "Mantenuto"}
    assert read(text).problems == ()


def test_contexts_that_disagree_are_alternatives() -> None:
    text = (
        'msgctxt "menu"\nmsgid "Save"\nmsgstr "Salva"\n\n'
        'msgctxt "noun"\nmsgid "Save"\nmsgstr "Salvataggio"\n\n'
        'msgctxt "again"\nmsgid "Save"\nmsgstr "Salva"\n'
    )
    assert read(text).labels["Save"] == Label("Save", "Salva", "ui.po", ("Salvataggio",))


def test_an_unterminated_string_costs_its_entry_only() -> None:
    text = (
        HEADER
        + 'msgid "Open"\nmsgstr "Apri"\n\n'
        + 'msgid "Save"\nmsgstr "Salva\n\n'
        + 'msgid "Close\nmsgstr "Chiudi"\n'
        + 'msgid "Print"\nmsgstr "Stampa"\n'
    )
    assert labels(text) == {"Open": "Apri", "Print": "Stampa"}
    assert lines(text) == [("po-syntax", 8), ("po-syntax", 10)]
    assert "not terminated" in read(text).problems[0].message


def test_damage_of_other_kinds_is_told_with_its_line() -> None:
    text = (
        'msgid "A"\nmsgid "B"\nmsgstr "b"\n\n'
        "loose words\n\n"
        'msgid "C" "c"\nmsgstr "c"\n\n'
        '"nobody\'s"\n\n'
        'msgctxt "x"\nmsgid ""\nmsgstr "no source"\n\n'
        'msgid "D"\nmsgstr "d"\n'
    )
    assert labels(text) == {"D": "d"}
    assert lines(text) == [("po-syntax", number) for number in (1, 5, 7, 10, 12)]


def test_a_path_is_content_and_never_opened(tmp_path: Path) -> None:
    po = tmp_path / "ui.po"
    po.write_text(HEADER + 'msgid "Save"\nmsgstr "Salva"\n')
    read = read_catalogue(str(po).encode(), "ui.po")
    assert read.labels == {}
    assert [problem.code for problem in read.problems] == ["po-syntax"]


def test_only_utf_8_and_only_within_the_limit() -> None:
    text = HEADER + 'msgid "Close"\nmsgstr "Fermé"\n'
    assert read_catalogue(text.encode("latin-1"), "ui.po").problems[0].code == "not-utf-8"
    assert read_catalogue(text.encode("utf-16"), "ui.po").problems[0].code == "not-utf-8"
    assert read_catalogue(text.encode(), "ui.po", limit=20).problems[0].code == "too-large"
    other = text.replace("UTF-8", "ISO-8859-1")
    assert (read(other).labels, [p.code for p in read(other).problems]) == ({}, ["po-charset"])
    assert labels(text.replace("UTF-8", "CHARSET")) == {"Close": "Fermé"}
    assert labels("\ufeff" + text) == {"Close": "Fermé"}


def test_line_ends_and_what_only_looks_like_one() -> None:
    text = 'msgid "Save\u2028all"\rmsgstr "Salva\x85tutto"\r\rmsgid "A"\r\nmsgstr "B"\r\n'
    assert labels(text) == {"Save all": "Salva tutto", "A": "B"}


def test_two_headers_are_not_guessed_at() -> None:
    read_ = read(HEADER + HEADER + 'msgid "A"\nmsgstr "B"\n')
    assert (read_.labels, [p.code for p in read_.problems]) == ({}, ["po-unreadable"])


def test_many_damaged_entries_are_told_in_short() -> None:
    problems = read('msgid "A\n\n' * 500).problems
    assert len(problems) == 101
    assert problems[-1].message == "400 more damaged entries"


def test_catalogues_combined() -> None:
    first = read('msgid "Save"\nmsgstr "Salva"\n').labels
    second = read_catalogue(
        b'msgid "Save"\nmsgstr "Memorizza"\n\nmsgid "Open"\nmsgstr "Apri"\n', "other.po"
    ).labels
    assert combine([first, second]) == {
        "Save": Label("Save", "Salva", "ui.po", ("Memorizza",)),
        "Open": Label("Open", "Apri", "other.po"),
    }


def test_where_the_catalogue_lies() -> None:
    assert catalogue_path("it-IT") == "locales/it-IT/ui.po"


_STRANGE = st.text(alphabet='msgidtrcx"\\ \n\r#~,[]0\u2028\x85é', max_size=80)


@given(st.lists(st.one_of(_STRANGE, st.sampled_from(('msgid "a"', 'msgstr "b"', "#, fuzzy")))))
@example(['msgid "', 'msgstr "'])
@example(["#| x"])
def test_any_text_is_answered(parts: list[str]) -> None:
    text = "\n".join(parts)
    answer = read(text)
    size = len(text.encode())
    assert all(0 <= p.span.start <= p.span.end <= size for p in answer.problems)


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes) -> None:
    read_catalogue(data, "ui.po")


_WORD = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1
)


@given(st.dictionaries(_WORD, _WORD, max_size=5))
def test_what_polib_writes_is_read(expected: dict[str, str]) -> None:
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for source, translation in expected.items():
        po.append(polib.POEntry(msgid=source, msgstr=translation))
    text = str(po)
    assert labels(text) == expected
    assert read(text).problems == ()


def test_a_term_base_demands_bans_and_keeps() -> None:
    data = b"""
msgid "audience"
msgstr "pubblico | destinatari"

#, forbidden
msgctxt "not so"
msgid "audience"
msgstr "platea"

#, read-only
msgid "blueprint"
msgstr ""

#, fuzzy
msgid "journey"
msgstr "viaggio"

msgid "segment"
msgstr ""
"""
    base = read_terms(data, "terms.po")
    assert base.problems == ()
    assert base.terms == {
        "audience": Term("audience", ("pubblico", "destinatari"), ("platea",), "terms.po"),
        "blueprint": Term("blueprint", ("blueprint",), (), "terms.po"),
    }


def test_of_two_term_bases_either_will_do() -> None:
    one = {"journey": Term("journey", ("percorso",), (), "a.po")}
    two = {"journey": Term("journey", ("viaggio", "percorso"), ("giro",), "b.po")}
    assert combine_terms([one, two]) == {
        "journey": Term("journey", ("percorso", "viaggio"), ("giro",), "a.po")
    }


def test_a_damaged_term_base_is_told_and_the_rest_is_read() -> None:
    base = read_terms(b'msgid "a"\nmsgstr "b"\n\nmsgid "c\nmsgstr "d"\n', "terms.po")
    assert list(base.terms) == ["a"]
    assert [problem.code for problem in base.problems] == ["po-syntax"]
    assert terms_path("it-IT") == "locales/it-IT/terms.po"
