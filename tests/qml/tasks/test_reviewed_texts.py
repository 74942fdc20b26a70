# SPDX-License-Identifier: Apache-2.0
"""Words of strangers in fields and on cards: cleaned where they are looked at, as they were where they are written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.qml.tasks.conftest import OpenBench

DECEIVING = "good\u202egnihton\u200b"
SHOWN = "good\ufffdgnihton"
WRITE = '<View><Text name="t" value="$text"/><TextArea name="w" toName="t"/></View>'
PAIR = (
    '<View><HyperText name="a" value="$a"/><HyperText name="b" value="$b"/>'
    '<Pairwise name="p" toName="a,b"/></View>'
)
ANSWER = [{"id": "w", "from_name": "w", "to_name": "t", "type": "textarea", "value": {"text": [DECEIVING]}}]


@pytest.mark.parametrize(("read_only", "shown"), [(True, SHOWN), (False, DECEIVING)])
def test_a_typed_text(open_bench: OpenBench, read_only: bool, shown: str) -> None:
    task: Any = open_bench(WRITE, ANSWER, read_only=read_only).model
    assert [row.texts for row in task.rows.rows if row.name == "w"] == [[shown]]
    assert task.answer() == ANSWER


def test_markup_on_the_cards_of_a_pair(open_bench: OpenBench) -> None:
    task: Any = open_bench(PAIR, data={"a": f"<b>{DECEIVING}</b>", "b": "plain"}).model
    part = next(row.part for row in task.rows.rows if row.name == "p")
    assert [card.text for card in part.cards.rows] == [SHOWN, "plain"]
