# SPDX-License-Identifier: Apache-2.0
"""What the self-test must catch in a window: one broken copy of the application's files for each."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gems_desktop.self_test import letters, media, qml_files, task_kinds
from gems_desktop.self_test.checks import Checks, Place

ROOT = Path(__file__).resolve().parents[3]
Broken = Callable[..., Place]
pytestmark = pytest.mark.usefixtures("qt_app")


def failed(checks: Checks) -> dict[str, str]:
    """The reasons by check."""
    return {result.name: result.says for result in checks.results if not result.ok}


@pytest.fixture
def checks() -> Checks:
    """No checks yet."""
    return Checks(lambda _line: None)


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """`broken("ui")` gives a copy of the application's files in which what was named may be changed."""

    def make(*own: str) -> Place:
        root = tmp_path / "root"
        root.mkdir()
        (root / "resources").mkdir()
        for name in ("ui", *(f"resources/{path.name}" for path in (ROOT / "resources").iterdir())):
            if name in own:
                shutil.copytree(ROOT / name, root / name)
            else:
                (root / name).symlink_to(ROOT / name)
        (tmp_path / "home").mkdir()
        return Place(root, tmp_path / "home")

    return make


def test_a_broken_qml_file(checks: Checks, broken: Broken) -> None:
    place = broken("ui")
    with (place.root / "ui/Gems/screens/CasePage.qml").open("a") as file:
        file.write("Nothing { }\n")
    qml_files.check(checks, place)
    assert "CasePage.qml" in failed(checks)["every QML file compiles"]


def test_a_missing_font(checks: Checks, broken: Broken) -> None:
    place = broken("resources/fonts")
    for file in (place.root / "resources/fonts").glob("GemsSansBengali-*"):
        file.unlink()
    letters.check(checks, place)
    assert "U+0" in failed(checks)["language bn"]
    assert "language hi" not in failed(checks)


def test_a_missing_language(checks: Checks, broken: Broken) -> None:
    place = broken("resources/i18n")
    (place.root / "resources/i18n/gems_sw.qm").unlink()
    letters.check(checks, place)
    assert failed(checks) == {"language sw": "its texts are not there"}


def test_corrupt_samples(checks: Checks, broken: Broken) -> None:
    place = broken("resources/self_test")
    for name in ("picture.webp", "tone.flac", "page.pdf"):
        file = place.samples / name
        file.write_bytes(file.read_bytes()[:40])
    (place.samples / "film.mp4").unlink()
    media.check(checks, place)
    assert set(failed(checks)) == {
        f"decode {name}" for name in ("picture.webp", "tone.flac", "page.pdf", "film.mp4")
    }


def test_a_task_that_qml_complains_about(checks: Checks, broken: Broken) -> None:
    place = broken("ui")
    file = place.root / "ui/Gems/tasks/TaskRating.qml"
    text = file.read_text("utf-8")
    at = text.rindex("}")
    file.write_text(text[:at] + "    Component.onCompleted: noSuchThing()\n" + text[at:], "utf-8")
    task_kinds.check(checks, place)
    assert set(failed(checks)) >= {"task rating"} and "noSuchThing" in failed(checks)["task rating"]
    assert "task choices" not in failed(checks)


def test_a_new_kind_of_task_without_a_sample(checks: Checks, broken: Broken) -> None:
    place = broken("resources/self_test")
    file = place.samples / "tasks.json"
    tasks = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({"choices": tasks["choices"]}), "utf-8")
    task_kinds.check(checks, place)
    assert "pairwise" in failed(checks)["samples of tasks"]
