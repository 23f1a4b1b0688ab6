"""Which checks may answer for which kind of defect in the gold sets: one table, to be read.

A gold set names its kinds in plain words. The first family of a kind is the one whose recall it
counts for; a finding of any family or check that is named here, on the block of the row, is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bilint.model.finding import Family

_TOKENS, _LINKS, _STRUCTURE = Family.TOKENS, Family.LINKS, Family.STRUCTURE
_FRONT_MATTER, _CODE, _NUMBERS = Family.FRONT_MATTER, Family.CODE, Family.NUMBERS
_LANGUAGE, _TYPOGRAPHY, _TERMS = Family.LANGUAGE, Family.TYPOGRAPHY, Family.TERMS

KINDS: Mapping[str, tuple[Family, ...]] = {
    # language
    "untranslated": (_LANGUAGE, _FRONT_MATTER, _TERMS),
    "untranslated_partial": (_LANGUAGE, _TERMS),
    "mistranslation": (_TERMS, _LANGUAGE, _TOKENS, _NUMBERS),
    "omission": (_LANGUAGE, _STRUCTURE, _TOKENS, _LINKS, _NUMBERS),
    "addition": (_LANGUAGE, _STRUCTURE, _TOKENS),
    "wrong_language": (_LANGUAGE,),
    "repetition": (_LANGUAGE, _STRUCTURE),
    "grammar": (_LANGUAGE, _TERMS, _TYPOGRAPHY),
    # tokens and names
    "dnl": (_TOKENS,),
    "uicontrol": (_TOKENS, _TERMS),
    "token_displaced": (_TOKENS, _TERMS),
    "token_glued": (_TOKENS, _TYPOGRAPHY),
    "token": (_TOKENS,),
    "placeholder": (_TOKENS, _LANGUAGE, _CODE),
    "product_name": (_TERMS, _TOKENS),
    "term_inconsistency": (_TERMS,),
    "term": (_TERMS,),
    # links
    "link": (_LINKS,),
    "link_text_lost": (_LINKS,),
    "link_boundary": (_LINKS,),
    "link_target": (_LINKS,),
    "link_broken": (_LINKS, _STRUCTURE),
    "alt_text": (_LINKS, _LANGUAGE, _STRUCTURE),
    # structure, markup and code
    "structure": (_STRUCTURE, _LINKS, _CODE),
    "attribute_list": (_STRUCTURE, _TOKENS, _LINKS, _CODE),
    "html": (_STRUCTURE, _CODE, _LINKS),
    "heading": (_STRUCTURE, _LANGUAGE, _TERMS),
    "emphasis": (_STRUCTURE, _TYPOGRAPHY),
    "code": (_CODE, _TOKENS),
    # front matter
    "front_matter": (_FRONT_MATTER,),
    "fm_title_space": (_FRONT_MATTER, _TYPOGRAPHY),
    # numbers and typography
    "number": (_NUMBERS,),
    "entity": (_TYPOGRAPHY, _CODE, _LINKS),
    "quotes": (_TYPOGRAPHY,),
    "punctuation": (_TYPOGRAPHY,),
    "end_punctuation": (_TYPOGRAPHY,),
    "double_space": (_TYPOGRAPHY, _FRONT_MATTER),
    "spacing": (_TYPOGRAPHY, _TOKENS, _LINKS),
    "typography": (_TYPOGRAPHY, _STRUCTURE),
    "encoding": (_TYPOGRAPHY, _LANGUAGE),
}

ALL: tuple[Family, ...] = tuple(one for one in Family if one is not Family.PROVENANCE)


class Answers(NamedTuple):
    """The families that may answer for a kind; `known` unless the table does not name it."""

    families: tuple[Family, ...]
    known: bool


def answers(kind: str) -> Answers:
    """The families for a kind; a kind that the table does not name may be answered by any."""
    families = KINDS.get(kind)
    return Answers(ALL, False) if families is None else Answers(families, True)
