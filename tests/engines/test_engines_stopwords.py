"""Function words: what tells two languages apart, and what does not."""

import pytest

from bilint.engines.stopwords import function_words, latin_script, telling_words

LISTED = ["en", "it", "fr", "de", "es", "pt", "nl", "sv", "pl"]


@pytest.mark.parametrize("language", LISTED)
def test_lists_hold_lower_case_words_only(language: str) -> None:
    words = function_words(language)
    assert len(words) > 60
    assert all(word == word.lower() and word.isalpha() for word in words)


def test_a_region_does_not_matter() -> None:
    assert function_words("pt-BR") == function_words("pt")


def test_a_language_without_a_list_has_no_words() -> None:
    assert function_words("xx") == frozenset()


@pytest.mark.parametrize("target", LISTED[1:])
def test_shared_words_tell_nothing(target: str) -> None:
    ours, theirs = telling_words("en", target)
    assert ours
    assert theirs
    assert not ours & theirs
    assert {"the", "these"} <= ours


def test_dutch_is_is_not_english_is() -> None:
    ours, theirs = telling_words("en", "nl-NL")
    assert "is" not in ours | theirs


@pytest.mark.parametrize("tag", ["ja-JP", "ko", "zh-Hans", "zh-Hant", "el", "ru-RU"])
def test_scripts_of_their_own(tag: str) -> None:
    assert not latin_script(tag)


@pytest.mark.parametrize("tag", ["it-IT", "fr", "pt-BR", "sv-SE", "pl", "vi"])
def test_latin_scripts(tag: str) -> None:
    assert latin_script(tag)
