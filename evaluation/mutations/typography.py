"""Damage to signs and white space."""

from __future__ import annotations

import re
from random import Random

from bilint.model.document import SegmentKind
from bilint.model.finding import Family
from evaluation.mutations.base import Damage, Mutation, Place, matches, pick, put_match


def _put(place: Place, random: Random, pattern: str, text: str) -> Damage | None:
    """The text in place of one match in prose, `{}` being what stands there."""
    targets = [target for _, target in place.prose(5)]
    chosen = pick(random, matches(place, targets, re.compile(pattern)))
    if chosen is None:
        return None
    _, start, match = chosen
    return put_match(place, start, match, text.replace("{}", match[0]))


def double_blank(place: Place, random: Random) -> Damage | None:
    """Two blanks between two words."""
    return _put(place, random, r"(?<=\w) (?=\w)", "  ")


def blank_before_sign(place: Place, random: Random) -> Damage | None:
    """A blank before a comma or a full stop."""
    return _put(place, random, r"(?<=[^\W\d_])[.,](?= |$)", " {}")


def ascii_stop(place: Place, random: Random) -> Damage | None:
    """A full stop of another script."""
    return _put(place, random, r"。", ".")


def bracket_unclosed(place: Place, random: Random) -> Damage | None:
    """A bracket is opened and not closed."""
    return _put(place, random, r"(?<=[^()\W])\)(?=[ .,:])|）", "")


def bracket_doubled(place: Place, random: Random) -> Damage | None:
    """A bracket is closed twice."""
    return _put(place, random, r"\)(?=[ .,])|）", "{}{}")


def quote_unclosed(place: Place, random: Random) -> Damage | None:
    """A quote is opened and not closed."""
    return _put(place, random, r"[”»」]", "")


def mojibake(place: Place, random: Random) -> Damage | None:
    """A word was decoded wrongly."""
    targets = [target for _, target in place.prose(5)]
    pattern = re.compile(r"[^\W\d_]*[à-öø-ÿ][^\W\d_]*|[\uac00-\ud7a3]{2,}|[\u3040-\u30ff]{2,}")
    chosen = pick(random, matches(place, targets, pattern))
    if chosen is None:
        return None
    _, start, match = chosen
    return put_match(place, start, match, match[0].encode().decode("cp1252", "replace"))


def replacement_sign(place: Place, random: Random) -> Damage | None:
    """A letter could not be read."""
    return _put(place, random, r"(?<=[^\W\d_]{2})[^\W\d_](?=[^\W\d_])", "\ufffd")


def control_sign(place: Place, random: Random) -> Damage | None:
    """A sign that is none stands in a word."""
    return _put(place, random, r"(?<=[^\W\d_]{2})(?=[^\W\d_]{2})", "\x08")


def look_alike(place: Place, random: Random) -> Damage | None:
    """A letter of another script that looks the same stands in a word."""
    return _put(place, random, r"(?<=[a-z]{2})a(?=[a-z])", "а")


def stray_asterisk(place: Place, random: Random) -> Damage | None:
    """Two asterisks stand where nothing is emphasised."""
    return _put(place, random, r"(?<=[^\W\d_]{3})(?= [^\W\d_]{3})", " **")


def backslash(place: Place, random: Random) -> Damage | None:
    """`\\n` stands in the text."""
    return _put(place, random, r"(?<=[.,]) (?=[^\W\d_])", "\\\\n")


def entity_doubled(place: Place, random: Random) -> Damage | None:
    """An entity was escaped once more, so that it is read as text."""
    return _put(place, random, r"['’&](?=[^\W\d_ ])", "&amp;#39;")


def stop_doubled(place: Place, random: Random) -> Damage | None:
    """Two full stops or commas stand where one is meant."""
    return _put(place, random, r"(?<=[^\W\d_])[.,](?= |$)|[。、]", "{}{}")


def quotes_mixed(place: Place, random: Random) -> Damage | None:
    """A quotation ends with a mark of another kind."""
    return _put(place, random, r"(?<=[^\W\d_])[”»](?![\w])", '"')


def quotation_glued(place: Place, random: Random) -> Damage | None:
    """The blank before a quotation goes."""
    return _put(place, random, r"(?<=[^\W\d_]) (?=[\"“„«][^\W\d_])", "")


def blank_of_french(place: Place, random: Random) -> Damage | None:
    """The blank before a colon goes."""
    return _put(place, random, r"(?<=[^\W\d_])[ \u00a0\u202f](?=[:;!?](?: |$))", "")


def elision_spaced(place: Place, random: Random) -> Damage | None:
    """A blank behind a word that has lost its last letter."""
    return _put(place, random, r"\b(?:(?:[dn]e|a|su)?ll|[ld]|un|qu)['’](?=[a-zà-ÿ])", "{} ")


def ligature_undone(place: Place, random: Random) -> Damage | None:
    """A letter made of two is written as two."""
    return _put(place, random, r"œ(?=[a-z])", "oe")


def colon_glued(place: Place, random: Random) -> Damage | None:
    """The blank behind the colon of a label goes."""
    return _put(place, random, r"(?<=\w\*\*:) (?=[^\W\d_])", "")


def small_beginning(place: Place, random: Random) -> Damage | None:
    """A text begins with a small letter."""
    texts = [
        target
        for source, target in place.prose(2, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM)
        if source.text[:1].isupper() and re.match(r"[A-ZÀ-Ý][a-zà-ÿ]", target.text)
    ]
    chosen = pick(random, texts)
    if chosen is None:
        return None
    first = chosen.text[0]
    return place.put(chosen.start, chosen.start + len(first.encode()), first.lower())


_Y = Family.TYPOGRAPHY
_S = Family.STRUCTURE
_G = Family.LANGUAGE
_FRENCH = frozenset(("fr",))
_CJK = frozenset(("ja", "zh"))

MUTATIONS = (
    Mutation("double-blank", _Y, double_blank, ("double-space",), (_Y,)),
    Mutation("blank-before-sign", _Y, blank_before_sign, ("space-before-punctuation",), (_Y,)),
    Mutation("ascii-full-stop", _Y, ascii_stop, ("east-punctuation",), (_Y,), _CJK),
    Mutation("bracket-unclosed", _Y, bracket_unclosed, ("marks-unbalanced",), (_Y,)),
    Mutation("bracket-closed-twice", _Y, bracket_doubled, ("marks-unbalanced",), (_Y,)),
    Mutation("quote-unclosed", _Y, quote_unclosed, ("marks-unbalanced",), (_Y,)),
    Mutation("mojibake", _Y, mojibake, ("text-damaged",), (_Y, _G)),
    Mutation("replacement-sign", _Y, replacement_sign, ("text-damaged",), (_Y,)),
    Mutation("control-sign", _Y, control_sign, ("text-damaged",), (_Y,)),
    Mutation("look-alike-letter", _Y, look_alike, ("foreign-script",), (_Y, _G)),
    Mutation("stray-asterisks", _Y, stray_asterisk, ("emphasis-broken",), (_Y, _S)),
    Mutation("literal-line-end", _Y, backslash, ("text-escaped",), (_Y, _S, _G)),
    Mutation("entity-escaped-twice", _Y, entity_doubled, ("text-escaped",), (_Y, _S)),
    Mutation("stop-doubled", _Y, stop_doubled, ("doubled-punctuation",), (_Y,)),
    Mutation("quotes-mixed", _Y, quotes_mixed, ("quotes-mixed", "marks-unbalanced"), (_Y,)),
    Mutation("quotation-glued", _Y, quotation_glued, ("quotation-glued",), (_Y,)),
    Mutation(
        "elision-spaced",
        _Y,
        elision_spaced,
        ("space-before-punctuation",),
        (_Y,),
        frozenset(("fr", "it")),
    ),
    Mutation("ligature-undone", _Y, ligature_undone, ("ligature-lost",), (_Y,), _FRENCH),
    Mutation(
        "colon-glued",
        _Y,
        colon_glued,
        ("token-glued",),
        (_Y, Family.TOKENS),
        except_languages=frozenset(("ja", "zh")),
    ),
    Mutation("small-beginning", _Y, small_beginning, ("capital-lost",), (_Y, _G)),
    Mutation("blank-of-french-gone", _Y, blank_of_french, ("french-spacing",), (_Y,), _FRENCH),
)
