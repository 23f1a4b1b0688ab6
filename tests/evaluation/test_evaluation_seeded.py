"""Mutations do the damage that they name, and a seeded defect is found where it stands."""

from __future__ import annotations

import re
from random import Random

import pytest

from bilint.alignment import align_translation
from bilint.checks.base import Context
from bilint.checks.registry import select
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.config import Limits, Settings
from bilint.model.document import Document
from bilint.model.evidence import Evidence, Rendering
from bilint.model.finding import Family
from bilint.model.page import Page
from bilint.model.text import Span
from bilint.pipeline.beside import segment_pairs
from bilint.profiles import profile
from bilint.readers.markdown import read_document
from evaluation.mutations import MUTATIONS, Damage, Mutation, Place
from evaluation.seeded import Ground, attempt, clean, figures, judge, region, tell, tries

SOURCE = """\
---
title: Reading a buoy
description: How to read a buoy from the harbour and what its numbers mean.
feature: Buoys
exl-id: 1f0a3c52-51a5-4c4f-8f0e-2a0d6f4b1c07
---
# Reading a buoy with Harbor Lantern {#reading}

A buoy sends what it measures to Harbor Lantern every 15 minutes. Harbor Lantern keeps it for 1024
days, and then it is thrown away for good.

When the sea is "rough" (above four), Acme [!DNL Sextant] shows the wave; select
[!UICONTROL Waves] there.
See [the wave table](waves.md#heights) and [the list of all buoys](buoys.md) for Sextant v8.

![A buoy in the sea](assets/buoy.png){zoomable="yes"}

## Before you begin with Harbor Lantern

Make sure that the buoy was painted in the spring. Otherwise nobody will be able to see it at all.

Ask the keeper of the harbour for the list of the buoys that were painted during the last winter.

- Open the **Harbor Lantern** page and look for the buoy that you want to read.
- Run `buoy --list` and note the first number of the row that it prints.
- **In the end**: close the page when the reading has come to its end.
- [ ] Sort the rows by sort_order and do not read a buoy in the fog.

{{keeper-note}}

>[!TAB All readings]

| Name | What it says of the sea |
| --- | --- |
| Height | The height of the wave above the calm sea |
| Period | The seconds that pass between two <b>waves</b><br>of the same kind |

>[!NOTE]
>
>A buoy that was never painted sends nothing at all to Harbor Lantern (LMP).

```sh
buoy --list "north sea"
if depth < 20
  buoy --read 1204
```

```yaml
buoys:
  north: 12
  south: 14
```

>[!VIDEO](https://video.example.com/v/12)
"""

TARGET = """\
---
title: Leggere una boa
description: Come leggere una boa dal porto e che cosa significano i suoi numeri.
feature: Buoys
exl-id: 1f0a3c52-51a5-4c4f-8f0e-2a0d6f4b1c07
source-git-commit: 0123456789abcdef0123456789abcdef01234567
---
# Leggere una boa con Harbor Lantern {#reading}

Una boa invia ciò che misura a Harbor Lantern ogni 15 minuti. Harbor Lantern lo conserva per 1024
giorni, dopodiché viene gettato via per sempre.

Quando il mare è “mosso” (oltre quattro), la gamma Acme [!DNL Sextant] mostra
l’onda; seleziona
[!UICONTROL Waves] nella pagina.
Consulta [la tabella delle onde](waves.md#heights) e [l’elenco delle boe](buoys.md) per Sextant v8.

![Una boa nel mare](assets/buoy.png){zoomable="yes"}

## Prima di iniziare con Harbor Lantern

Assicurati che la boa sia stata dipinta in primavera. Altrimenti nessuno riuscirà mai a vederla.

Chiedi al custode del porto (CDP) l’elenco delle boe dipinte durante l’ultimo inverno.

- Apri la pagina **Harbor Lantern** e cerca la boa che desideri leggere.
- Esegui `buoy --list` e annota il primo numero della riga che viene stampata.
- **Alla fine**: chiudi la pagina quando la lettura è giunta al termine.
- [ ] Ordina le righe per sort_order e non leggere la boa con la nebbia.

{{keeper-note}}

>[!TAB Tutte le letture]

| Nome | Che cosa dice del mare |
| --- | --- |
| Altezza | L’altezza dell’onda sopra il mare calmo |
| Periodo | I secondi che passano tra due <b>onde</b><br>dello stesso tipo |

>[!NOTE]
>
>Una boa che non è mai stata dipinta non invia nulla a Harbor Lantern (LMP).

```sh
buoy --list "north sea"
if depth < 20
  buoy --read 1204
```

```yaml
buoys:
  north: 12
  south: 14
```

>[!VIDEO](https://video.example.com/v/12)
"""

ELSEWHERE = frozenset(
    (
        "address-changed",
        "ascii-full-stop",
        "blank-of-french-gone",
        "ligature-undone",
        "title-changed",
    )
)
"""Mutations that the Italian page gives no place for."""

PROFILE = profile("experience-league")


def document(text: str) -> Document:
    return read_document(text.encode(), PROFILE, Limits())


def pair(target: str = TARGET, locale: str = "it-IT", source: str = SOURCE) -> AlignedPair:
    ours, theirs = document(source), document(target)
    return AlignedPair(
        locale,
        Page("help/a.md", "", theirs),
        Page("help/a.md", "", ours),
        Basis.BASE,
        segment_pairs(ours, theirs, align_translation(ours, theirs)),
    )


def evidence() -> Evidence:
    return Evidence(
        "it-IT",
        terms={
            "buoy": {"boa": Rendering(9), "segnale": Rendering(1)},
            "wave": {"onda": Rendering(7)},
        },
    )


def ground(one: AlignedPair | None = None) -> Ground:
    selection = select(Settings())
    context = Context(PROFILE, SeededJudge(), ChrfSimilarity(), evidence=evidence())
    found = clean([one or pair()], context, selection)
    if not found.pages:
        raise AssertionError("something is found on the clean page")
    return found


def place(one: AlignedPair) -> Place:
    assert one.source is not None
    return Place(one.locale, one.document, one.source.document, one.segments, evidence())


def damaged(mutation: Mutation, one: AlignedPair) -> Damage | None:
    for number in range(30):
        damage = mutation.damage(place(one), Random(number))
        if damage is not None:
            return damage
    return None


def by_name(name: str) -> Mutation:
    return next(one for one in MUTATIONS if one.name == name)


def test_the_catalogue_knows_every_family_and_each_name_once() -> None:
    assert len({one.name for one in MUTATIONS}) == len(MUTATIONS) >= 100
    assert {one.family for one in MUTATIONS} == set(Family)
    assert all(one.checks or one.families for one in MUTATIONS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", one.name) for one in MUTATIONS)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_a_mutation_changes_the_place_that_it_names_and_nothing_else(mutation: Mutation) -> None:
    one = pair()
    damage = damaged(mutation, one)
    assert (damage is None) == (mutation.name in ELSEWHERE)
    if damage is None:
        return
    was = one.document.data
    assert damage.data != was
    start, end = damage.was
    # What stands before and after is as it was.
    shorter = min(start, damage.span.start)
    assert damage.data[:shorter] == was[:shorter]
    rest = len(was) - end
    assert damage.data.endswith(was[end:]) and len(damage.data) - rest == damage.span.end
    damage.data.decode("utf-8")


def test_a_letter_made_of_two_is_written_as_two() -> None:
    one = pair("Le bateau met les voiles en œuvre au port.\n", source="The boat sets sail now.\n")
    damage = by_name("ligature-undone").damage(place(one), Random(1))
    assert damage is not None
    assert "en oeuvre au" in damage.data.decode()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_a_seed_draws_the_same_damage_again(mutation: Mutation) -> None:
    one = place(pair())
    for seed in range(4):
        assert mutation.damage(one, Random(seed)) == mutation.damage(one, Random(seed))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_a_page_without_such_a_place_is_left_alone(mutation: Mutation) -> None:
    bare = pair("Boe.\n", source="Buoys.\n")
    if mutation.name == "page-emptied":
        pytest.skip("any page can be emptied")
    for seed in range(4):
        assert mutation.damage(place(bare), Random(seed)) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("link-reversed", rb"\]\([a-z]+\.md[#a-z]*\)[^\[\]]+\["),
        ("link-text-emptied", rb"\[\]\([a-z]+\.md"),
        ("dnl-translated", rb"\[!DNL (?!Sextant)\w+\]"),
        ("attributes-escaped", rb"\{zoomable=&quot;yes&quot;\}"),
        ("title-null", rb"title: null"),
        ("code-inline-zero-width", "`b\u200b".encode()),
        ("name-near-miss", rb"(Harb|Haro|Haror|Harbr|Hrbor|Harbo|Harboi|Habor) Lantern"),
        ("token-torn", rb"Acme la gamma \[!DNL Sextant\]"),
        ("conflict-markers", rb"<<<<<<< HEAD\n"),
    ],
)
def test_some_mutations_by_example(name: str, expected: bytes) -> None:
    damage = damaged(by_name(name), pair())
    assert damage is not None
    assert re.search(expected, damage.data)


def test_an_ascii_stop_is_damage_in_some_languages_only() -> None:
    mutation = by_name("ascii-full-stop")
    assert mutation.applies("ja")
    assert not mutation.applies("it")
    assert not by_name("token-glued").applies("ja")
    one = pair(
        "港のブイは毎日その値を送ります。\n", "ja-JP", "The buoy sends its values every day.\n"
    )
    damage = damaged(mutation, one)
    assert damage is not None
    assert "送ります." in damage.data.decode()


def test_a_seeded_defect_is_found_at_its_place() -> None:
    results = list(tries(ground(), by_name("dnl-translated"), 1, "1"))
    assert [one.exact for one in results] == [True]
    assert [hit.check for one in results for hit in one.hits] == ["dnl-altered"]
    assert results[0].collateral == ()
    said = figures(results)
    assert said["checks"]["dnl-altered"]["recall"] == 1.0
    assert said["kinds"]["dnl-translated"]["places"] == 1
    assert "dnl-altered 1" in tell(results)


def test_what_nobody_finds_is_a_miss_of_the_checks_meant_for_it() -> None:
    base = ground()
    mutation = Mutation("dnl-translated", Family.TOKENS, lambda _p, _r: None, ("token-broken",))
    data = base.pages[0].document.data
    blank = data.index(b"  ") if b"  " in data else data.index(b" a ")
    damage = Damage(data[:blank] + data[blank:], Span(blank, blank), Span(blank, blank))
    one = judge(base, 0, mutation, damage)
    assert one.hits == ()


def test_what_stood_there_before_is_not_new() -> None:
    padded = pair(TARGET.replace("title: Leggere una boa", "title: 'Leggere una boa '"))
    base = ground(padded)
    found = attempt(base, by_name("dnl-translated"), Random(3))
    assert found is not None
    assert {hit.check for hit in (*found.hits, *found.others, *found.collateral)} == {"dnl-altered"}


def test_the_region_of_what_was_taken_out_is_its_neighbours() -> None:
    page = document("One here.\n\nTwo here.\n\nThree here.\n")
    at = page.data.index(b"Three") - 1
    one = region(page, Span(at, at))
    assert page.data[one.start : one.end] == b"Two here.\n\nThree here."
    two = region(page, Span(12, 14))
    assert page.data[two.start : two.end] == b"Two here."
