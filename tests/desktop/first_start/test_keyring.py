# SPDX-License-Identifier: Apache-2.0
"""A keyring that is missing, locked, broken or never answers is no keyring: the wallet then asks for a password."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backends import SecretService
from keyring.errors import KeyringLocked

from gems_desktop.services.errors import NoKeyring
from gems_desktop.signer.key_box import SystemKeyBox


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Whoever hangs in a test is let go at its end."""
    event = threading.Event()
    yield event
    event.set()


def _safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", SecretService.Keyring)


def test_none_is_safe_here() -> None:
    assert not SystemKeyBox().available()


def test_one_that_never_says_what_it_is(monkeypatch: pytest.MonkeyPatch, gate: threading.Event) -> None:
    asked: list[int] = []

    def hang() -> None:
        asked.append(1)
        gate.wait()

    monkeypatch.setattr(keyring, "get_keyring", hang)
    box = SystemKeyBox(look_s=0.05)
    assert not box.available() and not box.available()
    with pytest.raises(NoKeyring):
        box.get("0x")
    assert asked == [1], "it is not waited for again"


def test_one_that_never_answers(monkeypatch: pytest.MonkeyPatch, gate: threading.Event) -> None:
    _safe(monkeypatch)
    monkeypatch.setattr(keyring, "get_password", lambda *_: gate.wait())
    monkeypatch.setattr(keyring, "set_password", lambda *_: gate.wait())
    acts: tuple[Callable[[SystemKeyBox], object], ...] = (
        lambda box: box.get("0x"),
        lambda box: box.put("0x", bytearray(32)),
    )
    for act in acts:
        box = SystemKeyBox(answer_s=0.05)
        assert box.available()
        with pytest.raises(NoKeyring):
            act(box)
        assert not box.available()


@pytest.mark.parametrize("fault", [KeyringLocked("locked"), RuntimeError("broken"), OSError("gone")])
def test_one_that_is_locked_or_broken(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def refuse(*_: object) -> None:
        raise fault

    _safe(monkeypatch)
    monkeypatch.setattr(keyring, "get_password", refuse)
    box = SystemKeyBox()
    with pytest.raises(NoKeyring) as caught:
        box.get("0x")
    assert "password" in caught.value.action
    assert box.available(), "it answers: it may be opened meanwhile"


def test_one_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, str] = {}
    _safe(monkeypatch)
    monkeypatch.setattr(keyring, "set_password", lambda _service, name, value: kept.update({name: value}))
    monkeypatch.setattr(keyring, "get_password", lambda _service, name: kept.get(name))
    box = SystemKeyBox()
    box.put("0x", bytearray(b"k" * 32))
    assert box.get("0x") == bytearray(b"k" * 32)
    with pytest.raises(NoKeyring):
        box.get("0y")
