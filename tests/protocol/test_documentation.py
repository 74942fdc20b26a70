# SPDX-License-Identifier: Apache-2.0
"""docs/protocol.md names every message with its exact type, so that other clients read what we sign."""

from __future__ import annotations

from pathlib import Path

from gems_protocol import messages
from gems_protocol.lines import LineKind
from gems_protocol.messages import Message
from gems_protocol.task import ALLOWED, TaskState

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text()


def test_every_message_is_documented_with_its_type() -> None:
    types = [
        found.TYPE
        for found in vars(messages).values()
        if isinstance(found, type) and issubclass(found, Message) and found is not Message
    ]
    assert types
    assert [name for name in types if f"`{name}`" not in PAGE] == []


def test_every_state_and_move_and_line_is_documented() -> None:
    names = {state.value for state in TaskState} | {kind.value for kind in LineKind}
    names |= {event.__name__ for events in ALLOWED.values() for event in events}
    assert sorted(name for name in names if name not in PAGE) == []
