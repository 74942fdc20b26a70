# SPDX-License-Identifier: Apache-2.0
"""The colours: each can be read where it is used, each is one of Theme, and textDisabled tells nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.qml.design.colours import NEEDS, ROOT, UI, colours, roles, too_close

#: Pieces of paint that every scheme shares and that are no ground or ink of the window.
OWN_FILES = {"Theme.qml"}
_LITERAL = re.compile(
    r'"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})"|Qt\.(?:rgba|hsla|hsva|darker|lighter|tint)\(|'
    r'[cC]olou?r:\s*"(?!transparent")\w+"'
)
_ROLE = re.compile(r"Theme\.(\w+)")
_DISABLED = re.compile(r"^.*Theme\.textDisabled.*$", re.M)
_SAYS_WHY = re.compile(r"enabled|readOnly|\boff\b")


def sources() -> list[Path]:
    """Every QML file of the window."""
    return sorted(UI.rglob("*.qml"))


def literals(source: str) -> list[str]:
    """The colours that a QML file names by itself."""
    return [match.group() for match in _LITERAL.finditer(source)]


def told_in_disabled(source: str) -> list[str]:
    """Lines that draw in textDisabled without asking whether something is switched off."""
    return [
        line.strip()
        for match in _DISABLED.finditer(source)
        if not _SAYS_WHY.search(line := match.group())
        and not _SAYS_WHY.search(source[: match.start()].rstrip().rsplit("\n", 1)[-1])
    ]


def test_every_pair_in_use_can_be_read_in_every_scheme() -> None:
    assert sum(len(role.on) for role in roles()) > 90
    assert too_close(colours()) == []


@pytest.mark.parametrize(
    ("role", "colour"),
    [("textMuted", "#8B8175"), ("outline", "#B9B0A4"), ("focus", "#C9B98A"), ("badInk", "#E06A5A")],
)
def test_control_a_pale_colour_is_noticed(role: str, colour: str) -> None:
    palette = colours() | {role: (colour, *colours()[role][1:])}
    assert any(fault.startswith(f"light: {role} on") for fault in too_close(palette))


def test_every_colour_of_the_theme_says_what_it_is_for() -> None:
    assert {role.name for role in roles()} == set(colours())
    assert all(role.use and role.kind in NEEDS for role in roles())
    assert {ground for role in roles() for ground in role.on} <= set(colours())


def test_no_file_names_a_colour_of_its_own() -> None:
    assert len(sources()) > 150
    faults = {
        str(file.relative_to(ROOT)): found
        for file in sources()
        if file.name not in OWN_FILES and (found := literals(file.read_text("utf-8")))
    }
    assert faults == {}


@pytest.mark.parametrize(
    "source",
    ['color: "#FFFFFF"', "color: Qt.darker(Theme.bad, 1.1)", 'border.color: "red"', 'pen.fillStyle = "#000"'],
)
def test_control_a_colour_of_its_own_is_noticed(source: str) -> None:
    assert literals(source)


def test_what_is_asked_of_the_theme_is_there() -> None:
    theme = (UI / "Theme.qml").read_text("utf-8")
    known = set(re.findall(r"(?:property [\w<>]+|function) (\w+)", theme)) | {"tone", "toneSoft"}
    asked = {name for file in sources() for name in _ROLE.findall(file.read_text("utf-8"))}
    assert asked - known == set()


def test_every_colour_is_used() -> None:
    everything = "\n".join(file.read_text("utf-8") for file in sources() if file.parent.name != "catalogue")
    unused = [name for name in colours() if not re.search(rf"\b{name}\b(?!: pick)", everything)]
    assert unused == []


def test_textdisabled_is_only_for_what_is_switched_off() -> None:
    faults = [
        f"{file.name}: {line}"
        for file in sources()
        if file.name not in OWN_FILES
        for line in told_in_disabled(file.read_text("utf-8"))
    ]
    assert faults == []


def test_control_a_remark_in_textdisabled_is_noticed() -> None:
    assert told_in_disabled("PlainText {\n    color: Theme.textDisabled\n}")
    assert not told_in_disabled("color: enabled ? Theme.text : Theme.textDisabled")
