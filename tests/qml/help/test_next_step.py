# SPDX-License-Identifier: Apache-2.0
"""A page that is empty and a fault that is told both say what to do next."""

import re

from PySide6.QtCore import Qt

from gems_desktop.viewmodels.help_words import NAMES
from tests.helpers.app_window import items
from tests.helpers.frame import ROOT
from tests.qml.help.conftest import MakeWindow

#: Where there is nothing to do but to know it: what comes is told by itself, or the page has its own way on below.
TOLD = {
    "NoticePanel.qml",  # nothing has happened yet
    "AbuseDialog.qml",  # that the report is made, and where it stands
    "AppealPage.qml",  # why no appeal; the page's own ways stand below
    "AppealWrite.qml",  # what a second try would bring, beside its button
    "CampaignPage.qml",  # the campaign's own warning
    "CasePage.qml",  # why no case
    "EarningsAlerts.qml",  # the towers' note; the settings of the towers are below
    "SetAsidePane.qml",  # nothing is wrong; the way back stands above
}


def dead_ends(name: str, source: str) -> list[str]:
    """The empty states and faults of a QML source that say nothing of a next step."""
    found = []
    for kind, ways in (("EmptyState", ("actionText:",)), ("ErrorBanner", ("todo:", "actionText:"))):
        for block in re.finditer(rf"^( *){kind} \{{\n(.*?)^\1\}}", source, re.S | re.M):
            if not any(way in block[2] for way in ways):
                found.append(f"{name}: {block[2].strip().splitlines()[0].strip()}")
    return found


def test_no_page_ends_in_nothing() -> None:
    files = sorted((ROOT / "ui/Gems").rglob("*.qml"))
    assert len(files) > 100
    assert [
        end
        for path in files
        if path.name not in TOLD
        for end in dead_ends(path.name, path.read_text("utf-8"))
    ] == []


def test_control_a_dead_end_is_seen() -> None:
    assert dead_ends("a.qml", 'EmptyState {\n    title: qsTr("Nothing")\n}\n') != []
    assert dead_ends("a.qml", "    ErrorBanner {\n        what: it\n    }\n") != []
    assert dead_ends("a.qml", "ErrorBanner {\n    what: it\n    todo: that\n}\n") == []


def test_an_empty_part_of_the_outbox_leads_to_all_of_it(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("outbox")
    window.focus("searchOutbox")
    window.type("zebra")
    window.until(lambda: "Nothing here" in window.words())
    button = next(
        item
        for item in items(window.window.contentItem())
        if item.property("text") == "Show all" and item.isVisible()
    )
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    window.key(Qt.Key.Key_Space)
    window.until(lambda: "Nothing here" not in window.words())
    assert window.item("searchOutbox").property("text") == ""
    assert NAMES["outbox"] in window.words()
