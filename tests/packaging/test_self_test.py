# SPDX-License-Identifier: Apache-2.0
"""The self-test: all of it from source in a process of its own, and what it must catch without a window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gems_desktop import __version__
from gems_desktop.adapters import vault
from gems_desktop.hardening import clean_environment
from gems_desktop.self_test import (
    libraries,
    protocol,
    screens,
    signing,
)
from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_desktop.startup_options import parse

ROOT = Path(__file__).resolve().parents[2]


def failed(checks: Checks) -> dict[str, str]:
    """The reasons by check."""
    return {result.name: result.says for result in checks.results if not result.ok}


@pytest.fixture
def lines() -> list[str]:
    """What was told."""
    return []


@pytest.fixture
def checks(lines: list[str]) -> Checks:
    """No checks yet."""
    return Checks(lines.append)


def test_all_of_it_from_source(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    ours = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    done = subprocess.run(
        [sys.executable, "-m", "gems_desktop", "--self-test", "--report", str(report)],
        cwd=ROOT, env={**ours, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, timeout=170, check=False,
    )  # fmt: skip
    told = json.loads(report.read_text("utf-8"))
    names = [check["name"] for check in told["checks"]]
    assert done.returncode == 0 and told["ok"], [check for check in told["checks"] if not check["ok"]]
    assert len(names) == len(set(names)) > 140
    assert told["version"] == __version__
    assert {"decode film.webm", "task pairwise", "screen trust, dark, ar", "language ur"} <= set(names)
    assert done.stdout.count("\nok ") + done.stdout.startswith("ok ") == len(names)
    assert f"{len(names)} of {len(names)} checks passed" in done.stdout
    assert not list(tmp_path.glob("gems-self-test-*")), "its folder is gone"


def test_a_fault_of_any_kind_is_a_result(checks: Checks, lines: list[str]) -> None:
    def fault() -> None:
        raise ZeroDivisionError("by nothing")

    def fails() -> None:
        raise Failed("as it says")

    checks.part("whole", lambda: checks.run("good", lambda: "a note"))
    assert checks.report()["ok"] and [result.name for result in checks.results] == ["good"]
    checks.run("bad", fails)
    checks.part("torn", fault)
    assert failed(checks) == {"bad": "as it says", "part torn": "ZeroDivisionError: by nothing"}
    assert not checks.passed
    assert [line[:6] for line in lines] == ["ok    ", "FAILED", "FAILED"]
    assert not Checks(print).passed, "nothing checked is nothing passed"


def test_options(tmp_path: Path) -> None:
    assert parse(["--self-test", "--report", str(tmp_path / "r")]).report == tmp_path / "r"
    with pytest.raises(SystemExit):
        parse(["--report", str(tmp_path / "r")])


# --- what it must catch; with windows: tests/qml/self_test -----------------------------------------------------
def test_a_signer_that_cannot_start(checks: Checks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "signer_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    signing.check(checks, Place(ROOT, tmp_path))
    assert set(failed(checks)) == {
        "the signer's process signs a typed message",
        "a vault without a keyring seals and opens",
    }


def test_a_wallet_window_that_cannot_open(
    checks: Checks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "window_command", lambda: [sys.executable, "-c", "import no_such_library"])
    signing.check(checks, Place(ROOT, tmp_path))
    assert set(failed(checks)) == {"the wallet's own window asks"}
    assert "no_such_library" in failed(checks)["the wallet's own window asks"]


def test_helpers_of_the_package_look_for_its_libraries_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"LD_LIBRARY_PATH": "/somewhere"}
    clean_environment(environ)
    assert "PYINSTALLER_RESET_ENVIRONMENT" not in environ
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    clean_environment(environ)
    assert environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1" and "LD_LIBRARY_PATH" not in environ


def test_another_voucher(checks: Checks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "SIGNER", "0x" + "11" * 20)
    protocol.check(checks, Place(ROOT, tmp_path))
    assert set(failed(checks)) == {"a voucher of another program verifies"}


def test_a_plugin_that_does_not_load(tmp_path: Path) -> None:
    folder = tmp_path / "PySide6" / "Qt" / "plugins"
    for kind in ("platforms", "texttospeech"):
        (folder / kind).mkdir(parents=True)
    (folder / "texttospeech" / "libspeech.so").write_bytes(b"no library")
    assert "not needed: libspeech" in libraries.plugins(tmp_path)
    (folder / "platforms" / "libqxcb.so").write_bytes(b"no library")
    with pytest.raises(Failed, match="libqxcb"):
        libraries.plugins(tmp_path)


def test_no_certificates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with pytest.raises(Failed, match="ca-certificates"):
        libraries.certificates()


def test_three_looks_one_from_the_right() -> None:
    assert {theme for theme, _ in screens.LOOKS} == {"light", "dark"}
    assert "ar" in {language for _, language in screens.LOOKS}
