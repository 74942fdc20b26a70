# SPDX-License-Identifier: Apache-2.0
"""The parts list: read from a folder, kept to CycloneDX's schema, the same for the same folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import sbom  # noqa: E402

MODULES = ["gems_desktop.main", "keyring.backends", "sqlalchemy.engine.base"]
FILES = ("PySide6/Qt/lib/libQt6Gui.so.6", "PySide6/Qt/lib/libavutil.so.59", "libsqlite3.so.0", "ui.rcc")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built folder without a program: what the program holds is said here."""
    for name in FILES:
        (tmp_path / "_internal" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "_internal" / name).write_text(name)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(sbom, "modules", lambda _: MODULES)
    return tmp_path


def written(folder: Path) -> dict[str, Any]:
    return dict(json.loads(sbom.text(sbom.bill(folder))))


def test_it_names_what_is_there_with_licence_version_and_hash(folder: Path) -> None:
    made = written(folder)
    parts = {part["name"]: part for part in made["components"]}
    assert {"keyring", "sqlalchemy", "Qt", "FFmpeg", "SQLite", "libpng", "pyinstaller"} <= parts.keys()
    assert not {"fastapi", "libwebp", "psycopg"} & parts.keys()
    assert parts["sqlalchemy"]["purl"].startswith("pkg:pypi/sqlalchemy@2")
    assert parts["sqlalchemy"]["licenses"] == [{"license": {"id": "MIT"}}]
    assert any(fact["name"] == "gems:wheel-sha256" for fact in parts["sqlalchemy"]["properties"])
    assert parts["FFmpeg"]["version"] and parts["Qt"]["version"].startswith("6.")
    assert parts["SQLite"]["hashes"][0]["alg"] == "SHA-256"
    assert made["metadata"]["component"]["name"] == "gems-desktop"
    assert made["metadata"]["timestamp"].startswith("2023-11-14")


def test_the_same_folder_gives_the_same_bytes_and_another_does_not(folder: Path) -> None:
    first = sbom.text(sbom.bill(folder))
    assert sbom.text(sbom.bill(folder)) == first
    (folder / "_internal" / "libsqlite3.so.0").write_text("changed")
    assert sbom.text(sbom.bill(folder)) != first


def test_what_the_schema_does_not_know_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sbom.bill(folder)
    monkeypatch.setattr(sbom.json, "loads", lambda _: {"bomFormat": "CycloneDX", "strange": 1})
    with pytest.raises(ValueError, match="does not keep to CycloneDX"):
        sbom.text(made)
