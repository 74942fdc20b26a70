# SPDX-License-Identifier: Apache-2.0
"""Every word and icon of the real pages, as drawn, can be read on what is below it, in every scheme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.viewmodels.app import Fixed
from tests.helpers.app_window import AppWindow
from tests.qml.design.colours import SCHEMES
from tests.qml.design.grounds import drawn, unreadable

PAGES = ("home", "findWork", "work", "review", "outbox", "earnings", "trust", "settings")


@pytest.fixture
def make_window(no_pictures: DecodeClient) -> Iterator[list[AppWindow]]:
    made: list[AppWindow] = []
    yield made
    for window in made:
        window.close()


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_can_be_read(scheme: str, no_pictures: DecodeClient, make_window: list[AppWindow]) -> None:
    window = AppWindow(no_pictures, fixed=Fixed("en", scheme, 100))
    make_window.append(window)
    window.begin()
    faults: dict[str, list[str]] = {}
    for page in PAGES:
        window.model.openPage(page)
        window.settle()
        window.window.grabWindow()
        assert len(drawn(window.window)) > 20
        if found := unreadable(window.window):
            faults[page] = found
    assert faults == {}
