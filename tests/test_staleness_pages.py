"""Staleness of pages as the real reader reads them."""

from __future__ import annotations

import pytest

from bilint.alignment import align_translation, align_versions
from bilint.model.alignment import ChangeClass, Judgement, PageStatus, SegmentState
from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document
from bilint.staleness import judge, may_stamp

SOURCE = """\
---
title: Lamp schedules
description: Learn how lamps are switched on and off.
level: beginner
---
# Lamp schedules {#schedules}

A schedule switches [!DNL Lantern Cloud] lamps on
and off. See [how lamps are paired](pairing.md).

>[!NOTE]
>
>Only the owner sees **[!UICONTROL Schedules]**.

![The list of schedules](assets/list.png)

1. Open **[!UICONTROL Schedules]**.
1. Run this command:

   ```bash
   lantern schedule --list
   ```

| Plan | Lamps |
|---|---|
| Porch | 5 |
| Street | 250 |

<img src="assets/door.svg" alt="A door" width="50">

>[!VIDEO](https://video.example.com/v/1234)

<!-- reviewed in spring -->
"""

TARGET = """\
---
title: Pianificazioni delle lampade
description: Scopri come si accendono e si spengono le lampade.
level: beginner
source-git-commit: 1111111111111111111111111111111111111111
---
# Pianificazioni delle lampade {#schedules}

Una pianificazione accende e spegne le lampade di [!DNL Lantern Cloud]. Consulta [come si
associano le lampade](pairing.md).

>[!NOTE]
>
>Solo il proprietario vede **[!UICONTROL Schedules]**.

![L'elenco delle pianificazioni](assets/list.png)

1. Apri **[!UICONTROL Schedules]**.
1. Esegui questo comando:

   ```bash
   lantern schedule --list
   ```

| Piano | Lampade |
|---|---|
| Porch | 5 |
| Street | 250 |

<img src="assets/door.svg" alt="Una porta" width="50">

>[!VIDEO](https://video.example.com/v/1234)

<!-- reviewed in spring -->
"""


def read(text: str) -> Document:
    return read_document(text.encode(), EXPERIENCE_LEAGUE, Limits())


def story(head: str, target: str = TARGET) -> Judgement:
    """The judgement when the source went from SOURCE to head and the target from TARGET on."""
    base, now, then = read(SOURCE), read(head), read(TARGET)
    page = read(target)
    return judge(base, page, now, align_translation(base, page), align_versions(base, now), then)


STALE, COSMETIC = PageStatus.STALE, PageStatus.COSMETIC

EDITS = [
    ("switches [!DNL", "turns [!DNL", STALE, ChangeClass.PROSE, 14),
    ("lamps on\nand off. See", "lamps on and\noff. See", COSMETIC, ChangeClass.WHITE_SPACE, 0),
    ("\n", "\r\n", COSMETIC, ChangeClass.WHITE_SPACE, 0),
    ("title: Lamp", "title: Porch lamp", STALE, ChangeClass.TITLE, 3),
    ("title: Lamp schedules", "title: 'Lamp schedules'", COSMETIC, ChangeClass.FRONT_MATTER, 0),
    ("title: Lamp", "title: lamp", COSMETIC, ChangeClass.PUNCTUATION, 0),
    ("level: beginner", "level: expert", COSMETIC, ChangeClass.FRONT_MATTER, 0),
    ("(pairing.md)", "(pairs.md)", STALE, ChangeClass.LINKS, 0),
    ("assets/list.png", "assets/all.png", STALE, ChangeClass.LINKS, 0),
    ('width="50"', 'width="70"', COSMETIC, ChangeClass.MARKUP, 0),
    ("assets/door.svg", "assets/gate.svg", STALE, ChangeClass.LINKS, 0),
    ("/v/1234", "/v/9999", STALE, ChangeClass.LINKS, 0),
    ("--list", "--list --all", STALE, ChangeClass.CODE, 0),
    ("```bash", "```shell", COSMETIC, ChangeClass.MARKUP, 0),
    ("{#schedules}", "{#lamp-schedules}", COSMETIC, ChangeClass.MARKUP, 0),
    ("# Lamp schedules {", "## Lamp schedules {", COSMETIC, ChangeClass.MARKUP, 0),
    ("[!NOTE]", "[!TIP]", COSMETIC, ChangeClass.MARKUP, 0),
    ("|---|---|", "| --- | --- |", COSMETIC, ChangeClass.WHITE_SPACE, 0),
    ("in spring", "in autumn", COSMETIC, ChangeClass.MARKUP, 0),
    ("| Street | 250 |", "| Street | 500 |", STALE, ChangeClass.PROSE, 1),
    ("| Street | 250 |\n", "", STALE, ChangeClass.STRUCTURE, 0),
    ("![The list of", "![A list of", STALE, ChangeClass.PROSE, 4),
]


@pytest.mark.parametrize(("old", "new", "status", "kind", "words"), EDITS)
def test_one_edit_of_the_source(
    old: str, new: str, status: PageStatus, kind: ChangeClass, words: int
) -> None:
    assert old in SOURCE
    verdict = story(SOURCE.replace(old, new))
    assert verdict.status is status
    assert kind in {change.kind for change in verdict.changes}
    assert verdict.words_to_do == words
    assert (may_stamp(verdict) == ()) == (status is COSMETIC)


@pytest.mark.parametrize(
    ("old", "new", "status", "kind", "words"), [edit for edit in EDITS if edit[0] in TARGET]
)
def test_the_same_edit_in_the_target_answers_it(
    old: str, new: str, status: PageStatus, kind: ChangeClass, words: int
) -> None:
    verdict = story(SOURCE.replace(old, new), TARGET.replace(old, new))
    assert verdict.status is status
    assert verdict.words_to_do == 0
    assert may_stamp(verdict) == ()


def test_a_row_that_came_is_new_until_it_is_translated() -> None:
    row = "| Street | 250 |\n"
    head = SOURCE.replace(row, row + "| Stadium | Thousands of lamps |\n")
    begun = story(head)
    assert begun.counts()[SegmentState.NEW] == 2
    assert begun.words_to_do == 4
    assert len(may_stamp(begun)) == 2
    done = story(head, TARGET.replace(row, row + "| Stadio | Migliaia di lampade |\n"))
    assert may_stamp(done) == ()
    assert done.status is STALE


def test_a_translation_aligns_one_to_one() -> None:
    base, target = read(SOURCE), read(TARGET)
    matches = align_translation(base, target).matches
    assert [(m.left, m.right) for m in matches] == [(i, i) for i in range(len(base.segments))]
    assert all(m.likeness == 1.0 for m in matches)
