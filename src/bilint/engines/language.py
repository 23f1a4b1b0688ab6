"""Which of a few languages a text is in, by langdetect: the last judge, loaded on first use."""

from __future__ import annotations

from functools import lru_cache

from bilint.model.language import LanguageJudgement
from bilint.model.record import TYPE_CHECKING

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

_LONGEST = 2_000
_KEPT = 4_096
_SEED = 0

_CODES = {
    "fil": "tl",
    "iw": "he",
    "nb": "no",
    "nn": "no",
    "zh": "zh-cn",
    "zh-cn": "zh-cn",
    "zh-hans": "zh-cn",
    "zh-hant": "zh-tw",
    "zh-hk": "zh-tw",
    "zh-mo": "zh-tw",
    "zh-sg": "zh-cn",
    "zh-tw": "zh-tw",
}


class SeededJudge:
    """Tells languages apart; the same text gets the same answer in every run and process.

    Only the first 2,000 characters count. A text without a letter, languages that cannot be
    told apart by langdetect, and a language that it lacks are answered by None.
    """

    def judge(self, text: str, languages: tuple[str, ...]) -> LanguageJudgement | None:
        """Which of `languages` (BCP 47 tags) the text is in, and how sure that is."""
        return _judge(text[:_LONGEST], languages)


def detector_code(tag: str) -> str:
    """The code by which langdetect knows a language: `zh-Hans` is `zh-cn`, `pt-BR` is `pt`."""
    low = tag.lower().replace("_", "-")
    parts = low.split("-")
    for length in range(len(parts), 0, -1):
        code = _CODES.get("-".join(parts[:length]))
        if code:
            return code
    return parts[0]


@lru_cache(maxsize=_KEPT)
def _judge(text: str, languages: tuple[str, ...]) -> LanguageJudgement | None:
    codes = tuple(detector_code(language) for language in languages)
    if len(set(codes)) < 2 or len(set(codes)) < len(codes):
        return None
    factory = _factory(tuple(sorted(codes)))
    if factory is None:
        return None
    from langdetect.lang_detect_exception import LangDetectException

    detector = factory.create()
    detector.set_prior_map({code: 1.0 / len(codes) for code in codes})
    detector.append(text)
    try:
        answers = detector.get_probabilities()
    except LangDetectException:
        return None
    if not answers:
        return None
    best = answers[0]
    return LanguageJudgement(languages[codes.index(best.lang)], min(1.0, float(best.prob)))


@lru_cache(maxsize=64)
def _factory(codes: tuple[str, ...]) -> DetectorFactory | None:
    """A detector of these languages alone: reading all 55 profiles is slow."""
    from pathlib import Path

    import langdetect
    from langdetect.detector_factory import DetectorFactory

    profiles = Path(langdetect.__file__).parent / "profiles"
    texts = []
    for code in codes:
        path = profiles / code
        if not code.replace("-", "").isalpha() or not path.is_file():
            return None
        texts.append(path.read_text(encoding="utf-8"))
    factory = DetectorFactory()
    factory.set_seed(_SEED)
    factory.load_json_profile(texts)
    return factory
