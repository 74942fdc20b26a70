# SPDX-License-Identifier: Apache-2.0
"""The signer that is started before its profile is open: it goes to that profile, and to no other."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gems_desktop import __version__, session
from gems_desktop.adapters.profiles import ProfileShelf
from gems_desktop.adapters.vault import SignerClient
from gems_desktop.services.errors import SignerGone, StoreUnreadable
from gems_desktop.services.facts_profiles import Looks
from gems_desktop.startup_options import parse
from gems_desktop.startup_real import RealWorld
from tests.desktop.first_start.program import network
from tests.helpers.app_window import AppWindow
from tests.qml.screens_a.conftest import MakeWindow


def _profile(home: Path, name: str, storage: str = "password") -> None:
    shelf = ProfileShelf(home / "profiles")
    shelf.add(name)
    shelf.keep_looks(name, __version__, Looks("en", "light", 100, False))
    vault = {"storage": storage, "address": "0x" + "ab" * 20, "backed_up": True}
    (home / "profiles" / name / "vault.json").write_text(json.dumps(vault))


class _Opened:
    """In the place of open_session: what it was given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: Exception | None = None) -> None:
        self.given: list[tuple[str, Any]] = []
        self._error = error
        monkeypatch.setattr(session, "open_session", self)
        monkeypatch.setattr(session, "media_folder", lambda _session: None)

    async def __call__(self, folder: Path, *_more: Any, started: Any, **_named: Any) -> Any:
        self.given.append((folder.name, started))
        if self._error is not None:
            raise self._error
        return SimpleNamespace()


@pytest.fixture
def world(make_window: MakeWindow, tmp_path: Path) -> Any:
    window: AppWindow = make_window()
    home = tmp_path / "home"
    for name, storage in (("anna", "password"), ("bert", "keyring"), ("cleo", "password")):
        _profile(home, name, storage)
    shown = SimpleNamespace(
        come_forward=lambda: None,
        model=window.model,
        use_language=lambda _code: None,
        painted=window.world.painted,
        compile_ahead=lambda _page: None,
        pictures=SimpleNamespace(media=None),
        decoder=None,
    )
    options = parse(["--home", str(home), "--network", str(network(tmp_path))])
    made = RealWorld(replace(options, profile="anna"), shown)  # type: ignore[arg-type]
    window.run(made.prepare(lambda _text: None))
    yield made, window.run
    window.run(made.close())


def test_a_profile_gets_the_signer_that_was_started_for_it(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, run = world
    opened = _Opened(monkeypatch)
    greeting = run(made.greet("anna"))
    assert isinstance(greeting.signer, SignerClient) and greeting.profile == "anna"
    run(made.open("anna"))
    assert opened.given == [("anna", greeting.signer)]
    run(greeting.signer.close())


@pytest.mark.parametrize("other", ["bert", "cleo"])
def test_no_profile_gets_the_signer_of_another(
    world: Any, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    made, run = world
    opened = _Opened(monkeypatch)
    first = run(made.greet("anna")).signer
    greeting = run(made.greet(other))
    run(made.open(other))
    assert opened.given == [(other, greeting.signer if greeting else None)]
    with pytest.raises(SignerGone):
        run(first.wallet())
    if greeting:
        run(greeting.signer.close())


def test_nor_without_being_greeted(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made, run = world
    opened = _Opened(monkeypatch)
    first = run(made.greet("anna")).signer
    run(made.open("bert"))
    assert opened.given == [("bert", None)]
    with pytest.raises(SignerGone):
        run(first.wallet())


def test_a_signer_whose_profile_cannot_be_opened_is_ended(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, run = world
    _Opened(monkeypatch, StoreUnreadable())
    signer = run(made.greet("anna")).signer
    run(signer.keyring_available())  # its process runs
    pid = signer.pid

    async def entered_meanwhile() -> None:
        closing = asyncio.ensure_future(made.open("anna"))
        await asyncio.sleep(0)
        with pytest.raises(SignerGone):
            for _ in range(200):
                await signer.wallet()
        with pytest.raises(StoreUnreadable):
            await closing

    run(entered_meanwhile())
    assert pid is not None and signer.pid is None
