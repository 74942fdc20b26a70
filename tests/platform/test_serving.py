# SPDX-License-Identifier: Apache-2.0
"""A platform that begins and ends: its place is let go when it cannot be made, and what it counted is written down."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import select

from gems_platform import app
from gems_platform.audit.tables import AuditRow
from gems_platform.db import Database
from gems_platform.edge.listening import bind
from gems_platform.errors import StoreBehind
from gems_platform.settings import Settings
from tests.platform.conftest import HandClock


async def test_who_cannot_be_made_holds_no_place(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def behind(*_: object, **__: object) -> None:
        raise StoreBehind

    made: list[socket.socket] = []

    def bound(*words: Any, **more: Any) -> tuple[socket.socket, str]:
        place, url = bind(*words, **more)
        made.append(place)
        return place, url

    monkeypatch.setattr(app, "bind", bound)
    monkeypatch.setattr(app, "create_app", behind)
    with pytest.raises(StoreBehind):
        await app.serve(settings)
    assert [place.fileno() for place in made] == [-1]


async def test_who_ends_writes_down_what_it_refused(settings: Settings, clock: HandClock) -> None:
    running = await app.serve(settings, clock=clock, ticking=False)
    log = running.app.state.context.audit
    for _ in range(3):
        log.refusal("bad_signature", "0x" + "aa" * 20, "192.0.2.7")
    with running.app.state.context.db.read() as session:
        assert not session.scalars(select(AuditRow)).all()  # the control: it waits for the minute's end
    await running.close()
    with closing(Database(settings.store, migrate=False)) as store, store.read() as session:
        (row,) = session.scalars(select(AuditRow)).all()
    assert (row.code, row.count, row.network) == ("bad_signature", 3, "192.0.2.0/24")
