"""Languages as locales name them, and what a judge of languages answers."""

from __future__ import annotations

from functools import lru_cache

from bilint.model.record import NamedTuple


class LanguageJudgement(NamedTuple):
    """The language a judge thinks a text is in, as the caller named it, and how sure, 0..1."""

    language: str
    probability: float


@lru_cache(maxsize=256)
def primary_language(tag: str) -> str:
    """The primary subtag of a BCP 47 tag, in lower case: `pt-BR` is `pt`."""
    return tag.replace("_", "-").partition("-")[0].lower()
