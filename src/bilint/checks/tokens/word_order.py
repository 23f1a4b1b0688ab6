"""English noun phrases that open with a name, and how Romance languages must not keep them.

English puts a name before the noun it qualifies (`Atlas export settings`); Italian, French,
Spanish and Portuguese put it after (`impostazioni di esportazione di Atlas`). A translation that
leaves the name in front tore the phrase apart.
"""

from __future__ import annotations

from bilint.checks.tokens.syntax import word_set
from bilint.model.pattern import late
from bilint.model.record import NamedTuple, Protocol


class _Words(NamedTuple):
    """What tells a noun after a name from anything else, in one Romance language."""

    articles: frozenset[str]
    particles: frozenset[str]
    auxiliaries: frozenset[str]
    of: frozenset[str]
    no_nouns: frozenset[str]
    within: frozenset[str]


def _words(
    articles: str, particles: str, auxiliaries: str, of: str, no_nouns: str, within: str
) -> _Words:
    """`of` are the forms of that preposition; `no_nouns` the other words it often follows.

    `within` are prepositions of fixed phrases such as `step by step`.
    """
    return _Words(*map(word_set, (articles, particles, auxiliaries, of, no_nouns, within)))


_ROMANCE = {
    "it": _words(
        "il lo la i gli le l un uno una",
        "a ad al allo alla ai agli alle all con col da dal dallo dalla dai dagli dalle dall di del "
        "dello della dei degli delle dell d e ed o od in nel nello nella nei negli nelle nell per "
        "su sul sullo sulla sui sugli sulle sull tra fra che non come se si ha hanno verso senza "
        "tramite quando dove anche mediante utilizzando",
        "può possono deve devono è sono sarà saranno dovrebbe dovrebbero potrebbe potrebbero "
        "viene vengono",
        "d di del dello della dei degli delle dell",
        "consente consentono cerca cercano dentro fuori grazie invece meno oltre permette "
        "permettono più prima smette sottostante tenta",
        "a ad con in per",
    ),
    "fr": _words(
        "le la les l un une",
        "à a au aux avec ce chez d dans de des du en et où ou par pas pour que qui sans se s sous "
        "sur vers via ne n y ont lors lorsque comme si non",
        "peut peuvent doit doivent est sont sera seront devrait devraient pourrait pourraient",
        "d de du des",
        "afin autour cesse essaie grâce hors loin lors moins permet permettent peu plus près tente",
        "avec en par pour à",
    ),
    "es": _words(
        "el la los las un una unos unas",
        "a al con de del desde en entre hacia hasta para por según sin sobre tras y e o u que se "
        "no ha han como cuando donde si más",
        "puede pueden debe deben es son será serán debería deberían podría podrían está están",
        "de del",
        "además antes cerca deja dentro después fuera lejos menos más permite permiten trata",
        "a con en para por",
    ),
    "pt": _words(
        "o os as um uma uns umas",
        "a ao aos à às com da das de do dos e em entre na nas no nos ou para pela pelas pelo pelos "
        "por que se sem sobre não tem têm como quando onde mais",
        "pode podem deve devem é são será serão deveria deveriam poderia poderiam está estão",
        "da das de do dos",
        "além antes deixa dentro depois fora longe mais menos permite permitem perto",
        "a com em para por",
    ),
}

_AUXILIARIES = word_set(
    "can cannot could is are was were may might must shall should will would isn't aren't"
)
_PARTICLES = word_set(
    "a above across after again along already also an and any as at be because been before "
    "behind being below beside between both but by do does doesn't don't during each for from "
    "had has have here how if in include includes including instead into it its like near "
    "next nor not now of off on only onto or over per so than that the their then there these "
    "this those through to under until up upon use used uses using versus via vs when where "
    "whether which while who with within without you your"
)
_AFTER_NOUN = word_set(
    "a and as at before between by during for from if in into of on onto or per than that to until "
    "via when where which while with within without"
)
_HAVING = word_set("had has have include includes use uses")
"""What other languages say with a verb and `of`, as `dispone di`."""

_VERBS = word_set("breaks crashes fails runs starts stops throws works")
_VERB_ENDINGS = ("ed", "ing", "ly")

_IMPERATIVES = word_set(
    "access activate add adjust allow analyze apply assign associate attach avoid build call "
    "capture change check choose clean clear click close collect combine compare complete "
    "configure confirm connect consider contact copy coordinate create customize define "
    "delete deploy design determine develop disable download edit enable ensure enter "
    "establish evaluate examine execute explore export extend find follow generate get grant "
    "identify implement import include ingest install integrate join launch learn leverage "
    "load locate manage map merge migrate modify monitor move name navigate open optimize "
    "organize plan prepare provide provision publish read refer register remove rename "
    "replace request reset restart restore review run save schedule search see select send "
    "set share specify start stop store submit switch sync test track transfer transform "
    "trigger turn understand update upgrade upload use validate verify view visit"
)
_PARTICIPLES = word_set(
    "bound built chosen cut found given held hidden kept known left lost made met put run sent set "
    "shown split taken written"
)
PARTS = word_set(
    "area box button card checkbox column dashboard dialog drop-down dropdown extension "
    "feature field form frame grid icon link list menu mode operation option page pane panel "
    "screen section selector setting step tab table tile toggle tool toolbar view widget "
    "window wizard workspace"
)
"""The parts of a screen that bear labels."""

_APPOSITIONS = word_set("version release edition build number")
"""What follows a name in all languages alike."""

_NO_HEADS = _APPOSITIONS | _PARTICIPLES

_DETERMINERS = word_set("a an the your our this that these those each every any another either")

_CAPITAL_RUN = late(r"[*_]*[ \u00a0]([A-Z][A-Za-z0-9-]*(?:[ \u00a0][A-Za-z][A-Za-z0-9'-]*){0,5})")
_LAST_WORDS = late(r"([^\W\d_]+)(['’]|[ \u00a0])[*_]*\Z")
_OPENING_VERB = late(r"\A[\s\d#>*+.)-]*([^\W\d_]+)[ \u00a0]((?:[A-Z]\w+[ \u00a0])?)[*_]*\Z")
_RUN = late(r"[*_]*[ \u00a0]([a-z][a-z'-]*(?:[ \u00a0][a-z][a-z'-]*){0,5})")
_FIRST = late(r"[*_]*[ \u00a0]+([^\W\d_]+)(')?(?:[ \u00a0]+([^\W\d_]+))?")
_ENDS = late(r"[*_]*[.:]?['\"]?\s*(?:\Z|\])")
_PAUSE = late(r"[\],;:.(|]|\Z")
_WORDS = late(r"[^\W\d_]+")
_NEAR = 40
_LONGEST = 8
"""Words that a phrase has at most after the name."""


class Phrase(NamedTuple):
    """The English words that follow a name, as far as they belong to one noun phrase."""

    nouns: list[str]
    stopped: str
    to_the_end: bool

    @property
    def before_auxiliary(self) -> bool:
        """Whether an auxiliary ends it, so that no word in it is a verb."""
        return self.stopped in _AUXILIARIES

    @property
    def certain(self) -> bool:
        """Whether the first word cannot be a verb: an auxiliary follows, or it has no ending."""
        return self.before_auxiliary or not _has_s(self.nouns[0])

    @property
    def compound(self) -> bool:
        """Whether it surely is a row of nouns, with no verb or participle in it."""
        return (
            len(self.nouns) > 1
            and not any(noun.endswith(_VERB_ENDINGS) for noun in self.nouns)
            and not any(_has_s(noun) for noun in self.nouns[:-1])
        )


def articles(language: str) -> frozenset[str]:
    """The articles of a language that is known here."""
    return _ROMANCE[language].articles


def puts_names_last(language: str) -> bool:
    """Whether a language that is known here puts a name behind the noun it qualifies."""
    return language in _ROMANCE


def is_no_noun(word: str) -> bool:
    """Whether an English word behind a name is no noun, but a small word or a participle."""
    return (
        word in _PARTICLES
        or word in _AUXILIARIES
        or word in _PARTICIPLES
        or word.endswith(_VERB_ENDINGS)
    )


def is_base_verb(word: str) -> bool:
    """Whether an English word is one of the usual verbs of instructions, with an s or without."""
    return not _IMPERATIVES.isdisjoint((word, word.removesuffix("s"), word.removesuffix("es")))


def noun_phrase(name: str, before: str, following: str, language: str) -> Phrase | None:
    """The English noun phrase that a name opens, judged by the text around the name.

    None where no noun follows, and for target languages other than Italian, French, Spanish and
    Portuguese.
    """
    run = _RUN.match(following) if language in _ROMANCE else None
    if run is None:
        return None
    nouns = []
    stopped = ""
    for word in run[1].replace("\u00a0", " ").split():
        if word in _AUXILIARIES or word in _PARTICLES:
            stopped = word
            break
        nouns.append(word)
    if not nouns or nouns[0].endswith(_VERB_ENDINGS):
        return None
    to_the_end = not stopped and _ENDS.match(following, run.end()) is not None
    auxiliary = stopped in _AUXILIARIES
    # After a plural name any word may be a verb. A single word with an s that ends its phrase is
    # a noun, but for a few.
    singular = not _has_s(nouns[0]) and not name.endswith("s")
    if not singular and (opening := _OPENING_VERB.match(before)):
        singular = opening[1].lower() in _IMPERATIVES
    alone = to_the_end and len(nouns) == 1 and nouns[0] not in _VERBS
    return Phrase(nouns, stopped, to_the_end) if auxiliary or singular or alone else None


def keeps_english_order(phrase: Phrase, target: str, language: str, *, opens: bool) -> bool:
    """Whether a name stands before the words it qualifies, though the language puts it behind.

    `target` is what follows the name in the translation, entities decoded; `opens` says that the
    name begins its phrase on both sides, so that nothing can have moved behind it.
    """
    words = _ROMANCE[language]
    first = _FIRST.match(target)
    if first is None:
        return False
    word = first[1].lower()
    if word.removesuffix("s") == phrase.nouns[0].removesuffix("s"):
        return False
    if word in words.articles:
        return opens and phrase.certain
    if first[2] or word in words.particles or word in words.auxiliaries:
        return False
    if phrase.compound and first[3] and first[3].lower() in words.of:
        return word not in words.no_nouns and phrase.stopped not in _HAVING
    if not opens:
        return False
    following = _WORDS.findall(target[: _LONGEST * 20])[: _LONGEST + 1]
    if phrase.before_auxiliary:
        return any(one in words.auxiliaries for one in following)
    if not phrase.to_the_end or len(following) > _LONGEST or not _whole(target):
        return False
    # `passo per passo` for a single noun; of two nouns a preposition may join the one to the other.
    said = {word.lower() for word in _WORDS.findall(_PAUSE.split(target, 1)[0])}
    return len(phrase.nouns) > 1 or words.within.isdisjoint(said)


def keeps_capitals(following: str, target: str, language: str) -> bool:
    """The same for a phrase that begins with a capital (`Server API deployment`).

    Such words are no verbs of a sentence. In the translation a common noun with a capital follows
    the name, or the words of the phrase the other way round, or a noun of a noun.
    """
    run = _CAPITAL_RUN.match(following) if language in _ROMANCE else None
    first = _FIRST.match(target) if run else None
    if run is None or first is None or first[2]:
        return False
    nouns: list[str] = []
    for word in run[1].replace("\u00a0", " ").split():
        if word.lower() in _AUXILIARIES or word.lower() in _PARTICLES:
            break
        nouns.append(word.lower())
    if not nouns or nouns[0].endswith(_VERB_ENDINGS) or _has_s(nouns[0]):
        return False
    if nouns[0] in _IMPERATIVES or nouns[0] in _APPOSITIONS or _same_start(run[1], target):
        return False
    words = _ROMANCE[language]
    word, second = first[1].lower(), (first[3] or "").lower()
    if word in nouns:
        return [second, word] == nouns[:2]
    if word in words.articles or word in words.particles or word in words.auxiliaries:
        return False
    if first[1][0].isupper():
        return not first[1].isupper()
    return len(nouns) > 1 and second in words.of and word not in words.no_nouns


def object_keeps_order(
    phrase: Phrase, before: str, target: _Around, language: str, *, label: bool
) -> bool:
    """The same where what stands before the name says that the words after it are no verb.

    That is an article (`the Beacon extension`), if a small word stands before the name in the
    translation too, so that no adjective can have moved behind it; or an imperative that opens
    the sentence (`Create Beacon schemas`). Behind a label only the name of a part of the screen
    is taken for a noun.
    """
    words = _ROMANCE[language]
    first = _FIRST.match(target.after)
    if first is None or first[2]:
        return False
    word = first[1].lower()
    if word in words.articles or word in words.particles or word in words.auxiliaries:
        return False
    if (
        phrase.nouns[0] in _APPOSITIONS
        or phrase.nouns[0] in _PARTICIPLES
        or any(noun.endswith("ly") for noun in phrase.nouns)
    ):
        return False
    # Of two words the second may be the verb of the first, which the translation left out.
    verb = len(phrase.nouns) > 1 and _has_s(phrase.nouns[-1])
    if verb and (first[3] or "").lower() not in words.of:
        return False
    if word in words.no_nouns or _stem(word) in {_stem(noun) for noun in phrase.nouns}:
        return False
    second = (first[3] or "").lower()
    if second in words.articles or (language == "pt" and second == "a"):
        # A verb and its object: `In Beacon apri la dashboard`.
        return False
    opening, theirs = _OPENING_VERB.match(before), _OPENING_VERB.match(target.before)
    if opening and theirs and (label or opening[1].lower() not in _DETERMINERS):
        return opening[1].lower() in _IMPERATIVES and opening[2] == theirs[2]
    article = _LAST_WORDS.search(before[-_NEAR:])
    small = _LAST_WORDS.search(target.before[-_NEAR:])
    if label and not _renders_part(word, phrase.nouns[-1].removesuffix("s"), language):
        return False
    if not article or not small or article[1].lower() not in _DETERMINERS:
        return False
    if phrase.before_auxiliary:
        return small[1].lower() in words.articles and _is_subject(phrase, target.after, words)
    if phrase.stopped and phrase.stopped not in _AFTER_NOUN:
        return False
    if _has_s(phrase.nouns[0]) and not phrase.compound:
        return False
    return small[1].lower() in words.articles or small[1].lower() in words.particles


def _is_subject(phrase: Phrase, after: str, words: _Words) -> bool:
    """Whether an auxiliary follows the phrase in the translation as it does in the source."""
    clause = _PAUSE.split(after[: _LONGEST * 20], 1)[0]
    following = _WORDS.findall(clause)[1 : len(phrase.nouns) + 2]
    return not words.auxiliaries.isdisjoint(following)


class _Around(Protocol):
    """What stands before and after a name."""

    @property
    def before(self) -> str: ...

    @property
    def after(self) -> str: ...


def _same_start(run: str, target: str) -> bool:
    """Whether a phrase begins in the translation as in the source, with the same name."""
    return target.lstrip("*_ \u00a0").startswith(run.replace("\u00a0", " ").split()[0])


def _renders_part(word: str, part: str, language: str) -> bool:
    """Whether a word may stand for a part of the screen: for some, the right ones are known."""
    if part not in PARTS:
        return False
    from bilint.checks.tokens.label_nouns import renderings

    known = renderings(part.replace("-", ""), language)
    return not known or word in known


def _stem(word: str) -> str:
    return word.lower().removesuffix("s")


def _whole(target: str) -> bool:
    """Whether the target's phrase runs to the end of its segment or link text, without a pause."""
    end = _PAUSE.search(target)
    return end is not None and _ENDS.match(target, end.start()) is not None


def _has_s(word: str) -> bool:
    """Whether a word may be a plural, or a verb in the third person."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
