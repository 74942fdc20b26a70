# SPDX-License-Identifier: Apache-2.0
"""At the real window: going back to the copy from before an update, and everything through a proxy or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desktop.first_start.program import network
from tests.desktop.first_start.test_going_back import _profile
from tests.desktop.first_start.way_stations import HttpProxy, SocksProxy, Station
from tests.e2e.processes import Told

PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\nConnection: close\r\n\r\n<html>Login"


def _play(folder: Path, net: Path, scene: str) -> dict[str, Any]:
    (folder / "gems").mkdir(exist_ok=True)
    arguments = ["-m", "tests.desktop.first_start.scenes", str(folder / "gems"), str(net), scene]
    app = Told(arguments, folder / f"{scene}.log")
    try:
        line: dict[str, Any] = app.next()
        assert "error" not in line, line
        assert app.end() == 0
    finally:
        app.close()
    return line


async def test_going_back_at_the_window(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "gems" / "profiles" / "default"
    folder.mkdir(parents=True)
    await _profile(folder)
    seen = _play(tmp_path, network(tmp_path), "going_back")
    assert "This profile was used by a newer version of Gems: 7.8.9 or later is needed." in seen["refused"]
    assert "Nothing in it was changed." in seen["refused"]
    said = " ".join(seen["meaning"])
    assert "nothing is signed in your channel before the newest voucher is known" in said
    assert "never deleted" in said and "has written since then: 1" in said
    assert seen["phase"] == "welcome"
    assert len(list(folder.glob("newer-*/gems.db"))) == 1


@pytest.mark.long
@pytest.mark.parametrize("kind", [HttpProxy, SocksProxy])
def test_the_whole_client_asks_through_the_proxy(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Station]
) -> None:
    station = kind("worker", "secret", PORTAL)
    try:
        monkeypatch.setenv("ALL_PROXY", f"{station.scheme}://{station.place}")  # type: ignore[attr-defined]
        net = network(tmp_path, "http://platform.invalid", "http://chain.invalid")
        seen = _play(tmp_path, net, "ask")
    finally:
        station.end()
    hosts = {one.partition(":")[0] for one in station.asked}
    assert hosts == {"platform.invalid", "chain.invalid"} and station.refused == 0
    assert any("web page answered instead of the platform" in text for text in seen["texts"])


@pytest.mark.long
def test_a_proxy_that_is_gone_lets_nothing_past(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    seen = _play(tmp_path, network(tmp_path, "http://platform.invalid", "http://chain.invalid"), "ask")
    assert {"The platform cannot be reached.", "You are offline."} & set(seen["texts"])
