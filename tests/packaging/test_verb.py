# SPDX-License-Identifier: Apache-2.0
"""`./dev package`: the order of its steps, how it ends, and that what was not proved is not called proved."""

from __future__ import annotations

import importlib.util
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


class Steps:
    """Takes the place of the environment's Python: which scripts were started, and what each ends with."""

    def __init__(self, **codes: int) -> None:
        self.codes, self.started = codes, list[str]()

    def __call__(self, *arguments: str, **environment: str) -> int:
        name = "build" if arguments[0] == "-m" else Path(arguments[0]).stem
        self.started.append(name)
        return self.codes.get(name, 0)


def package(monkeypatch: pytest.MonkeyPatch, **codes: int) -> tuple[int, list[str]]:
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    dev = importlib.util.module_from_spec(spec)
    loader.exec_module(dev)
    assert isinstance(dev, ModuleType)
    steps = Steps(**codes)
    for name in ("prepare", "prepare_qt"):
        monkeypatch.setattr(dev, name, lambda *_, **__: None)
    monkeypatch.setattr(dev, "python", steps)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}" if name != "git" else None)
    return dev.package([]), steps.started


ALL = ["build", "sbom", "clean_root", "archive", "deb"]


@pytest.mark.parametrize(
    ("codes", "ends", "started", "last"),
    [
        ({}, 0, ALL, "Built, and proved in a bare Debian."),
        ({"clean_root": 3}, 0, ALL, "NOT PROVED"),
        ({"clean_root": 1}, 1, ALL[:3], ""),
        ({"sbom": 1}, 1, ALL[:2], ""),
        ({"build": 1}, 1, ALL[:1], ""),
        ({"archive": 1, "clean_root": 3}, 1, ALL[:4], ""),
        ({"deb": 2}, 2, ALL, ""),
        ({"build": 3}, 3, ALL[:1], ""),  # not clean_root.py's 3
    ],
)
def test_how_it_ends(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    codes: dict[str, int],
    ends: int,
    started: list[str],
    last: str,
) -> None:
    assert package(monkeypatch, **codes) == (ends, started)
    said = capsys.readouterr().out.strip().splitlines()
    assert (last in said[-1]) if last else said == []
