# SPDX-License-Identifier: Apache-2.0
"""Each screen in each language, theme and text size: without a word from Qt, and with nothing cut off at the side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from gems_desktop.services.facts import ItemState
from tests.helpers.fake_session import FakeSession
from tests.helpers.plaintext import find_rich_text
from tests.helpers.sample_facts import NOW, appeal, item_id, outbox_item, review
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

PAGES = ("findWork", "work", "review", "blind review", "outbox", "appeal", "appeal made")
LOOKS = (
    ("en", "light", 1.0, (1366, 768)),
    ("en", "dark", 2.0, (1366, 768)),
    ("ar", "dark", 1.0, (1366, 768)),
    ("ar", "light", 2.0, (1366, 768)),
    ("en", "contrast", 1.0, (900, 560)),
    ("en", "light", 2.0, (900, 560)),
)


@pytest.fixture
def direction(request: pytest.FixtureRequest, qt_app: QGuiApplication) -> Iterator[bool]:
    """Right to left for Arabic, for the length of a test."""
    mirrored = request.param == "ar"
    if mirrored:
        qt_app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield mirrored
    qt_app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("direction", "theme", "scale", "size"), LOOKS, indirect=["direction"])
async def test_a_screen_in_every_look(
    open_stage: OpenStage, page: str, direction: bool, theme: str, scale: float, size: tuple[int, int]
) -> None:
    session = FakeSession()
    rejected = outbox_item(5, ItemState.REJECTED, final=False, appeal="open", open_until=4_000_000_000)
    session.work.items.append(replace(rejected, reason="wrong_label", note="The last word turns it."))
    session.work.items.append(
        outbox_item(
            6,
            ItemState.DISPUTED,
            final=False,
            disputed_by="requester",
            dispute="It is a tern.",
            open_until=NOW,
        )
    )
    if page == "blind review":
        session.review.reviews = [review(1, blind=True, disputed=True, answer=[])]
    if page == "appeal made":
        session.work.appeals[item_id(5)] = appeal(item_id(5), state="made", reason="It is a gull.")
    shown = "review" if page == "blind review" else page.partition(" ")[0].replace("appeal", "outbox")
    stage = await open_stage(shown, session, rightToLeft=direction, themeMode=theme, textScale=scale)
    stage.window.resize(*size)
    await stage.calm()
    if page == "findWork":
        await stage.key(Qt.Key.Key_Return)
    elif page == "review":
        await stage.key("r")
    elif page.startswith("appeal"):
        stage.outbox.openAppeal(item_id(5))
        await stage.calm()
    assert find_rich_text(stage.window, stage.engine) == []
    assert sticking_out(stage) == []
    assert stage.engine.interceptor.refused == []


def sticking_out(stage: Stage) -> list[str]:
    """Buttons that are drawn beyond the side of the window, unless what they stand in scrolls sideways."""
    found = []
    for item in stage.drawn():
        if not item.inherits("QQuickAbstractButton") or not item.property("text") or scrolls_sideways(item):
            continue
        left = item.mapToScene(item.boundingRect().topLeft()).x()
        right = item.mapToScene(item.boundingRect().topRight()).x()
        if min(left, right) < -1 or max(left, right) > stage.window.width() + 1:
            found.append(str(item.property("text")))
    return found


def scrolls_sideways(item: QQuickItem | None) -> bool:
    while item is not None:
        if item.inherits("QQuickFlickable") and item.property("contentWidth") > item.width() + 1:
            return True
        item = item.parentItem()
    return False
