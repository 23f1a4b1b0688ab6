"""What is packed comes out as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model.config import Limits
from bilint.pipeline.packing import pack, unpack
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document
from examples import examples

PAGE = """\
---
title: "The \\"lamp\\" \\ud800"
description: >
  Switch it
  on.
---
# [!DNL Lantern] {#lantern}

>[!NOTE]
>
>Press **[!UICONTROL Start]** &amp; [read on](more.md#x).
<!-- bilint-disable-next-line dnl-altered: meant -->
- `code`{.x} and <b>tags</b>, 日本語, {{name}}

|a|b|
|-|-|
|1|![a lamp](lamp.png)|

```sh
light --on
```

![only](lamp.png)

[ref]: /u
"""
PIECES = st.lists(st.sampled_from(PAGE.splitlines(keepends=True)), max_size=30).map("".join)


@pytest.mark.parametrize(
    "data", [b"", PAGE.encode(), b"\xef\xbb\xbf# a\n", b"a \xff `\xfe` [b](\xfd)"]
)
def test_a_page(data: bytes) -> None:
    document = read_document(data, EXPERIENCE_LEAGUE, Limits())
    packed = pack(document)
    assert unpack(packed) == document
    assert packed.rest.data is document.data


@given(st.one_of(PIECES.map(str.encode), st.binary(max_size=100)))
@examples(200)
def test_any_page(data: bytes) -> None:
    document = read_document(data, EXPERIENCE_LEAGUE, Limits())
    again = unpack(pack(document))
    assert again == document
    assert [type(one) for one in again.segments] == [type(one) for one in document.segments]
    assert [one.kind for one in again.segments] == [one.kind for one in document.segments]
    assert [type(one.kind) for one in again.blocks] == [type(one.kind) for one in document.blocks]
