"""Small words that no phrase ends with, for checks of what ends in the wrong place."""

from __future__ import annotations

from bilint.checks.tokens.syntax import word_set

_DANGLING = {
    "it": word_set(
        "il lo gli di del dello della dei degli delle dell al allo alla ai agli alle all dal "
        "dallo dalla dai dagli dalle dall nel nello nella nei negli nelle nell sul sullo sulla "
        "sui sugli sulle sull con per"
    ),
    "fr": word_set("le la les l du des de d au aux dans sur par pour"),
    "es": word_set("el la los las de del al en con por para"),
    "pt": word_set(
        "os as de da do das dos ao aos à às em na no nas nos com por para pela pelo pelas pelos"
    ),
    "de": word_set("der die den des vom von zum zur im am ins beim"),
    "nl": word_set("de van"),
}


def dangling(language: str) -> frozenset[str]:
    """What no phrase of a language ends with: the word that it belongs to follows."""
    return _DANGLING.get(language, frozenset())


def last_word(text: str) -> str:
    """The last word of a text, or the last part of it that an apostrophe parts off."""
    last = text[text.rfind(" ") + 1 :].lower().rstrip("'’")
    return last[max(last.rfind("'"), last.rfind("’")) + 1 :]
