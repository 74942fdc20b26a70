# SPDX-License-Identifier: Apache-2.0
"""The password is asked for while the profile is still being opened: nothing typed is lost, no fault is hidden."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from gems_desktop.probing import UsableProbe
from gems_desktop.services.errors import NewerDatabase, StoreUnreadable, VaultDamaged
from gems_desktop.services.facts import WalletFacts
from gems_desktop.services.facts_profiles import Looks
from gems_desktop.startup_world import Greeting
from tests.helpers.app_window import AppWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import ADDRESS, PASSWORD
from tests.qml.screens_a.conftest import MakeWindow

LOCKED = WalletFacts(True, False, ADDRESS, True, "password")
SPANISH = Looks("es", "dark", 120, True)


class FakeSigner:
    """The wallet of a session that is not there yet."""

    def __init__(self, session: FakeSession, found: WalletFacts | Exception = LOCKED) -> None:
        self._session, self._found = session, found

    async def wallet(self) -> WalletFacts:
        if isinstance(self._found, Exception):
            raise self._found
        return self._found

    async def unlock(self, password: bytearray) -> None:
        await self._session.wallet.unlock(password)


@pytest.fixture
def window(make_window: MakeWindow) -> AppWindow:
    """One that greets, and whose profile takes its time; not begun."""
    made = make_window(wallet="locked")
    made.world.sessions["default"] = session = FakeSession("locked")
    made.world.greeting = Greeting("default", LOCKED, SPANISH, FakeSigner(session))  # type: ignore[arg-type]
    made.world.slow = True
    return made


def begun(window: AppWindow) -> AppWindow:
    """The password is asked for."""
    window.startup.begin()
    window.until(
        lambda: window.model.props.page == "welcome" and window.model.screens["welcome"].step == "unlock"
    )  # type: ignore[attr-defined]
    return window


def typed(window: AppWindow, password: str) -> None:
    window.focus("unlockPassword")
    window.type(password)
    window.key(Qt.Key.Key_Return)


def test_it_stands_in_its_own_looks_before_the_profile_is_open(window: AppWindow) -> None:
    begun(window)
    props = window.model.props
    assert window.startup.session is None and props.opening
    assert (props.language, props.textScale, props.reducedMotion) == ("es", 1.2, True)
    window.world.slow = False
    window.until(lambda: not window.model.props.opening)
    assert window.model.props.page == "welcome"
    typed(window, PASSWORD)
    window.until(lambda: window.model.props.phase == "open")


def test_what_was_entered_sooner_opens_home_once_the_profile_is_there(window: AppWindow) -> None:
    typed(begun(window), PASSWORD)
    window.until(lambda: window.session.wallet.state.unlocked)
    window.settle()
    assert window.model.props.page == "welcome" and not window.session.asked("wallet.unlocked")
    window.world.slow = False
    window.until(lambda: window.model.props.page == "home")
    assert window.session.asked("wallet.unlocked")
    window.until(lambda: "settings" in window.model.screens)


def test_a_wrong_password_is_told_before_the_profile_is_open(window: AppWindow) -> None:
    typed(begun(window), "not the password")
    window.until(lambda: window.model.screens["welcome"].problemMessage)  # type: ignore[attr-defined]
    assert window.startup.session is None
    window.world.slow = False
    window.until(lambda: not window.model.props.opening)
    typed(window, PASSWORD)
    window.until(lambda: window.model.props.phase == "open")


@pytest.mark.parametrize("fault", [StoreUnreadable(), NewerDatabase()], ids=lambda one: type(one).__name__)
def test_a_profile_that_cannot_be_opened_is_told_in_its_place(window: AppWindow, fault: Exception) -> None:
    typed(begun(window), PASSWORD)
    window.world.broken, window.world.slow = fault, False
    window.world.way_back = lambda _profile: SimpleNamespace(made_at=1, missing=3)  # type: ignore[attr-defined]
    window.until(lambda: window.model.props.phase == "failed")
    assert bool(window.model.props.wayBack) == isinstance(fault, NewerDatabase)
    assert str(fault.message) in window.words()  # type: ignore[attr-defined]
    assert window.model.screens == {} and not window.model.props.opening
    window.world.broken = None
    window.startup.retry()
    window.until(lambda: window.model.props.page == "welcome" and not window.model.props.opening)
    typed(window, PASSWORD)
    window.until(lambda: window.model.props.phase == "open")


def test_a_fault_right_after_it_was_opened_is_told_too(window: AppWindow) -> None:
    begun(window)
    window.world.sessions["default"].fail("settings.facts", StoreUnreadable())
    window.world.slow = False
    window.until(lambda: window.model.props.phase == "failed")
    assert StoreUnreadable().message in window.words() and window.startup.session is None


def test_what_is_entered_before_the_page_was_painted_is_not_lost(window: AppWindow) -> None:
    async def painted() -> None:
        way_in: Any = window.model.screens["welcome"]
        way_in.start(way_in._unlock(bytearray(PASSWORD.encode())))
        window.world.slow = False

    window.world.painted = painted  # type: ignore[method-assign]
    window.startup.begin()
    window.until(lambda: window.model.props.phase == "open")


def test_a_language_that_is_chosen_meanwhile_stays(window: AppWindow) -> None:
    begun(window)
    window.model.setLanguage("fr")
    window.world.slow = False
    window.until(lambda: not window.model.props.opening)
    assert window.session.settings.state.language == "fr" and window.model.props.language == "fr"


def test_the_password_is_wiped_as_soon_as_the_signer_has_it(window: AppWindow) -> None:
    begun(window)
    way_in: Any = window.model.screens["welcome"]
    password = bytearray(PASSWORD.encode())
    way_in.start(way_in._unlock(password))
    window.until(lambda: window.session.wallet.state.unlocked)
    window.settle()
    assert window.startup.session is None and password == bytes(len(PASSWORD))


def test_a_wallet_that_the_signer_cannot_read_is_told(window: AppWindow) -> None:
    session = window.world.sessions["default"]
    window.world.greeting = Greeting("default", LOCKED, SPANISH, FakeSigner(session, VaultDamaged()))  # type: ignore[arg-type]
    begun(window)
    session.fail("wallet.facts", VaultDamaged())
    window.world.slow = False
    window.until(lambda: window.model.props.phase == "failed")
    assert VaultDamaged().message in window.words()


def test_a_wallet_that_is_gone_meanwhile_is_not_asked_for(window: AppWindow) -> None:
    window.world.sessions["default"] = session = FakeSession("none")
    gone = WalletFacts(False, False)
    window.world.greeting = Greeting("default", LOCKED, SPANISH, FakeSigner(session, gone))  # type: ignore[arg-type]
    begun(window)
    window.world.slow = False
    window.until(lambda: window.model.screens["welcome"].step == "language")  # type: ignore[attr-defined]


def test_the_probe_tells_when_the_page_stood_and_waits_for_the_profile(
    window: AppWindow, tmp_path: Path
) -> None:
    said, ended = tmp_path / "said", []
    probe = UsableProbe(window.model, said, lambda: ended.append(1))
    begun(window)
    window.settle()
    assert not said.exists()
    window.world.slow = False
    window.until(lambda: ended)
    assert json.loads(said.read_text())["page"] == "welcome"
    del probe


def test_pages_are_made_when_they_are_wanted_and_not_before_home(make_window: MakeWindow) -> None:
    window = make_window()
    steps = iter([None] * 1000)  # of loading: they do not end here
    window.world.load_pages = lambda: steps  # type: ignore[method-assign]
    window.startup.begin()
    window.until(lambda: window.model.props.page == "home")
    assert "work" not in window.model.screens
    window.model.openPage("work")
    assert window.model.props.page == "work" and "settings" in window.model.screens


def test_the_looks_are_kept_for_the_next_start(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin()
    assert window.world.looks["default"].language == window.session.settings.state.language
    window.run(window.session.settings.change(theme="dark"))
    window.until(lambda: window.world.looks["default"].theme == "dark")


def test_another_profile_can_be_chosen_while_the_first_is_still_being_opened(window: AppWindow) -> None:
    begun(window)
    window.world.sessions["second"] = second = FakeSession("locked")
    window.world.greeting = Greeting("second", LOCKED, SPANISH, FakeSigner(second))  # type: ignore[arg-type]
    window.startup.switch_profile("second")
    window.until(lambda: window.model.props.profile == "second" and window.model.props.opening)
    window.world.slow = False
    window.until(lambda: not window.model.props.opening)
    typed(window, PASSWORD)
    window.until(lambda: window.model.props.phase == "open")
    assert window.startup.session is second
    assert not window.world.sessions["default"].asked("settings.facts")
