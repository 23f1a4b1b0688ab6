"""A decision lasts through commits of source and target, or expires for a reason that is told.

A dozen random commits by default, five times a hundred with `BILINT_THOROUGH=1`. What ought to
become of the decisions is told by a model of the page that knows nothing of how Bilint works.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from command_line import bilint
from examples import THOROUGH
from repositories import Repo

COMMITS = 100 if THOROUGH else 12
ID = "55555555-5555-4555-8555-555555555555"
WORDS = {
    "harbor": "porto", "buoy": "boa", "lamp": "lampada", "keeper": "guardiano", "night": "notte",
    "tower": "torre", "stair": "scala", "window": "finestra", "boat": "barca", "storm": "tempesta",
    "signal": "segnale", "stone": "pietra", "rope": "corda", "bell": "campana", "chart": "carta",
}  # fmt: skip


class Paragraph:
    """One paragraph of the source, and its translation where it has one."""

    def __init__(self, number: int, random: Random) -> None:
        self.number = number
        self.words = random.sample(sorted(WORDS), 8)
        self.source = self.translation = ""
        self.write(self.words)
        self.translate()

    def write(self, words: Sequence[str]) -> None:
        self.now = tuple(words)
        self.source = f"The {' '.join(words)} stand at `pier-{self.number}` in {self.number}."

    def change(self, random: Random) -> None:
        """Two other words in the source than when it was translated last."""
        words = list(self.words)
        others = sorted(WORDS.keys() - {*words, *self.now})
        for place, word in zip(random.sample(range(8), 2), random.sample(others, 2), strict=True):
            words[place] = word
        self.write(words)

    def translate(self) -> None:
        """Its translation into a language of word by word."""
        self.words = list(self.now)
        words = " ".join(WORDS[word] for word in self.words)
        self.translation = f"Il {words} sta a `pier-{self.number}` nel {self.number}."


class Story:
    """A page, its translation, and what somebody decided of two places on it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.folder = folder
        self.said: list[str] = []
        self.source, self.target = Repo(folder / "en"), Repo(folder / "it")
        (folder / "bilint.toml").write_text(
            'root = "help"\n[source]\nrepository = "en"\n[target.it-IT]\nrepository = "it"\n'
        )
        self.number = 100
        self.page = [self.new() for _ in range(8)]
        self.there = list(self.page)
        # In one paragraph a word sticks to a name; another one becomes stale.
        self.named, self.stale = self.page[2], self.page[5]
        self.named.source = self.named.source.replace("The", "The [!DNL Beacon Hub],", 1)
        self.named.translation = self.named.translation.replace("Il ", "Il [!DNL Beacon Hub]e ", 1)
        self.paths = {"en": "help/a.md", "it": "help/a.md"}
        self.pin = ""
        self.base: dict[int, str] = {}
        self.space = {"en": 0, "it": 0}
        self.commit_source("Begin")
        self.refresh()
        self.stale.change(self.random)
        self.commit_source("A paragraph changes")
        self.decided = {"named": self.accept_named(), "stale": self.accept_stale()}

    def new(self) -> Paragraph:
        self.number += 1
        return Paragraph(self.number, self.random)

    # ---- what is committed ----

    def text(self, side: str) -> str:
        head = [f"exl-id: {ID}"]
        if side == "it":
            head.append(f"source-git-commit: {self.pin}")
        body = ["# The harbor" if side == "en" else "# Il porto"]
        if side == "en":
            body += (one.source for one in self.page)
        else:
            body += (one.translation for one in self.there)
        if self.space[side] % 2:
            body = [one.replace(" stand", "\nstand").replace(" sta ", "\nsta ") for one in body]
        gap = "\n" * (2 + self.space[side] % 3)
        return "---\n" + "\n".join(head) + "\n---\n" + gap.join(body) + "\n"

    def commit_source(self, message: str) -> None:
        self.said.append(message)
        self.head = self.source.commit(message, {self.paths["en"]: self.text("en")})

    def commit_target(self, message: str) -> None:
        self.said.append(message)
        self.target.commit(message, {self.paths["it"]: self.text("it")})

    # ---- what happens ----

    def refresh(self) -> None:
        """The translation is brought up to the source: every paragraph, and the pin."""
        for one in self.page:
            if one is not self.named and one.source != self.base.get(one.number):
                one.translate()
        self.there = list(self.page)
        if self.pin != self.head:
            self.named_at_pin = self.named.translation
        self.pin = self.head
        self.base = {one.number: one.source for one in self.page}
        self.commit_target("Translated anew")

    def other(self) -> Paragraph:
        return self.random.choice([o for o in self.page if o not in (self.named, self.stale)])

    def wrap_source(self) -> None:
        self.space["en"] += 1
        self.commit_source("Source wrapped otherwise")

    def wrap_target(self) -> None:
        self.space["it"] += 1
        self.commit_target("Translation wrapped otherwise")

    def rename(self, side: str, repo: Repo) -> None:
        path = f"help/{self.random.choice('bcdef')}{len(self.said)}.md"
        repo.git("mv", self.paths[side], path)
        self.paths[side] = path

    def rename_source(self) -> None:
        self.rename("en", self.source)
        self.commit_source("Source renamed")

    def rename_target(self) -> None:
        self.rename("it", self.target)
        self.commit_target("Translation renamed")

    def insert(self) -> None:
        self.page.insert(self.random.randrange(len(self.page) + 1), self.new())
        self.commit_source("A paragraph is new")

    def edit_other_source(self) -> None:
        self.other().change(self.random)
        self.commit_source("Another paragraph of the source changes")

    def edit_other_target(self) -> None:
        one = self.other()
        if one in self.there:
            one.translation = one.translation.replace("Il ", "Quel ", 1)
        self.commit_target("Another paragraph of the translation changes")

    def edit_named_target(self) -> None:
        text = self.named.translation
        words = self.random.sample(sorted(WORDS.values()), 2)
        self.named.translation = text.replace(" sta ", f" con {words[0]} e {words[1]} sta ", 1)
        self.commit_target("The paragraph with the name changes in the translation")

    def edit_named_source(self) -> None:
        word = self.random.choice(sorted(WORDS))
        self.named.source = self.named.source.replace(" stand ", f" and {word} stand ", 1)
        self.commit_source("The paragraph with the name changes in the source")

    def edit_stale_source(self) -> None:
        self.stale.change(self.random)
        self.commit_source("The stale paragraph changes again")

    # ---- what was decided, and what ought to be left of it ----

    def named_now(self) -> tuple[str, str]:
        """Source and translation. Who edited what had become stale may have seen either source."""
        edited = self.named.translation != self.named_at_pin
        base = self.base[self.named.number]
        unsure = edited and self.named.source != base
        return "" if unsure else base, self.named.translation

    def stale_now(self) -> tuple[str, str]:
        return self.stale.source, self.stale.translation

    def accept(self, fingerprint: str) -> None:
        said = bilint(
            *("decide", fingerprint, "--as", "accepted", "--reason", "ours", "--by", "Ada"),
            cwd=self.folder,
        )
        assert said.code == 0, (said, self.said)

    def accept_named(self) -> tuple[str, str]:
        self.accept(self.finding()["fingerprint"])
        return self.named_now()

    def accept_stale(self) -> tuple[str, str]:
        segment = self.segment()
        assert segment is not None, self.said
        self.accept(segment["fingerprint"])
        return self.stale_now()

    def finding(self) -> dict[str, Any]:
        said = bilint("check", "--format", "json", cwd=self.folder).json
        found = [one for one in said["findings"] if one["check"] == "token-glued"]
        assert len(found) == 1, (found, self.said)
        return dict(found[0])

    def segment(self) -> dict[str, Any] | None:
        said = bilint("status", "--diff", "--format", "json", cwd=self.folder).json
        found = [one for one in said["segments"] if f"pier-{self.stale.number}`" in one["head"]]
        return dict(found[0]) if found else None

    def judge(self) -> tuple[bool, bool]:
        """Whether the two decisions are as they ought to be; which of them expired."""
        finding, segment = self.finding(), self.segment()
        now, before = self.named_now(), self.decided["named"]
        kept = now[0] == before[0] or not (now[0] and before[0])
        state = "accepted" if kept and now[1] == before[1] else "expired"
        assert finding["state"] == state, self.said
        assert finding["decision"]["by"] == "Ada", self.said
        if state == "expired":
            told = bilint("check", cwd=self.folder).out
            changed = ["source"] * (not kept) + ["translation"] * (now[1] != before[1])
            reason = f"until the {' and the '.join(changed)} changed, accepted by Ada"
            assert reason in told, (told, self.said)
        if segment is None:
            assert self.stale.source == self.base[self.stale.number], self.said
            return state == "expired", False
        answered = self.stale_now() == self.decided["stale"]
        assert segment["answered"] is answered, self.said
        return state == "expired", not answered


HARMLESS = (
    Story.wrap_source, Story.wrap_target, Story.rename_source, Story.rename_target, Story.insert,
    Story.edit_other_source, Story.edit_other_target, Story.refresh,
)  # fmt: skip
HARMFUL = (Story.edit_named_target, Story.edit_named_source, Story.edit_stale_source)


@pytest.mark.parametrize("seed", range(5 if THOROUGH else 1))
def test_a_decision_lasts_or_expires_for_a_reason_that_is_told(tmp_path: Path, seed: int) -> None:
    story = Story(tmp_path, seed)
    expired = lasted = 0
    for _ in range(COMMITS):
        happening = story.random.choice(HARMLESS if story.random.random() < 0.8 else HARMFUL)
        happening(story)
        named, stale = story.judge()
        lasted += not (named or stale)
        expired += named + stale
        # Most of the time it is decided about again.
        if named and story.random.random() < 0.7:
            story.decided["named"] = story.accept_named()
        if stale and story.random.random() < 0.7:
            story.decided["stale"] = story.accept_stale()
    assert lasted >= COMMITS // 3
    assert expired
