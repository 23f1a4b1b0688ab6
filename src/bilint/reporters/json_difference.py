"""What a change caused as JSON, `bilint-diff/1`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilint.model.difference import LocaleDifference, PageDifference, PageState, RunDifference
from bilint.reporters.json_report import finding_object
from bilint.reporters.json_text import json_text

SCHEMA = "bilint-diff/1"


def render_difference_json(difference: RunDifference) -> Iterator[bytes]:
    """The difference in UTF-8, a page to a line."""
    head = {
        "schema": SCHEMA,
        "side": difference.side,
        "before": difference.revisions[0],
        "after": difference.revisions[1],
        "beside": {
            name: {"before": one, "after": other}
            for name, (one, other) in sorted(difference.others.items())
        },
    }
    yield f'{json_text(head)[:-1]},\n"locales":['.encode()
    separator = "\n"
    for locale in difference.locales:
        yield f"{separator}{_opened(locale)}".encode()
        lines = ",\n".join(json_text(_page(page)) for page in locale.pages)
        yield f"{lines}]}}".encode()
        separator = ",\n"
    yield b"\n]}\n"


def _opened(one: LocaleDifference) -> str:
    said = {
        "locale": one.locale,
        "new": one.new,
        "fixed": one.fixed,
        "still": one.still,
        "words_to_do": {"before": one.words[0], "after": one.words[1]},
        "human_share": {"before": one.human_share[0], "after": one.human_share[1]},
    }
    return f'{json_text(said)[:-1]},"pages":[\n'


def _page(page: PageDifference) -> dict[str, Any]:
    return {
        "path": page.path,
        "before": _state(page.before),
        "after": _state(page.after),
        "new": [finding_object(one) for one in page.new],
        "fixed": [finding_object(one) for one in page.fixed],
    }


def _state(state: PageState | None) -> dict[str, Any] | None:
    return None if state is None else state._asdict()
