# SPDX-License-Identifier: Apache-2.0
"""Every place of the window on fakes, one after the other: pages, dialogs, steps of the way in, kinds of tasks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from shiboken6 import isValid

from gems_desktop.services.facts import Connection, EarningsFacts, ItemState, Problem, Topic, TrustFacts
from gems_desktop.services.facts_messages import Message
from gems_desktop.viewmodels.help_pages import TITLES
from gems_desktop.viewmodels.settings import SECTIONS
from tests.helpers.app_window import ROOT, AppWindow, items
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW, REQUESTER, appeal, campaign, item_id, outbox_item, review, task

MODULES = ROOT / "resources" / "modules"
LONG = "A campaign with a name that is longer than most, about birds, boats and the weather at the sea"
SAID = ((0, "sent", ""), (1, "received", ""), (2, "waiting", ""), (3, "refused", "late"))
NEWER: dict[str, Any] = {
    "offered": "0.2.0",
    "size": 3_200_000,
    "whole_size": 55_000_000,
    "went_back": "0.1.9",
}
UPDATES: dict[str, dict[str, Any]] = {
    "offered": NEWER | {"state": "offered"},
    "downloading": NEWER | {"state": "downloading", "done": 1_000_000},
    "ready": NEWER | {"state": "ready"},
    "trouble": {"state": "trouble", "trouble": "refused"},
}
PROBLEM = Problem(
    "The platform cannot be reached.",
    "Your work is safe on this computer.",
    "It is tried again by itself.",
    retryable=True,
)


def media() -> dict[str, Path]:
    """The pictures of the ready modules' samples, by hash."""
    files = [path for path in MODULES.glob("*/media/*") if path.suffix in (".jpg", ".png")]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}


def module_task(name: str, number: int) -> Any:
    """The first sample of a ready module as a leased task."""
    folder = MODULES / name
    first = json.loads((folder / "samples.jsonl").read_text("utf-8").splitlines()[0])
    data = first.get("data", first)
    known = {path.name: path for path in folder.glob("media/*")}

    def told(value: Any) -> Any:
        file = known.get(Path(value).name) if isinstance(value, str) else None
        return f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}" if file else value

    return task(
        number,
        config=(folder / "config.xml").read_text("utf-8"),
        instructions=(folder / "instructions.txt").read_text("utf-8"),
        data={key: told(value) for key, value in data.items()},
        campaign_title=name,
    )


def kinds() -> list[str]:
    """The ready modules, but for moving pictures and sound, which need a worker of their own."""
    names = sorted(path.parent.name for path in MODULES.glob("*/module.json"))
    moving = ("video-classification", "video-timeline", "transcription", "sound-events", "speaker-turns")
    return [name for name in names if name not in moving]


def full_session() -> FakeSession:
    """A session with a bit of everything, and long words where a stranger writes them."""
    session = FakeSession()
    rejected = outbox_item(5, ItemState.REJECTED, final=False, appeal="open", open_until=4_000_000_000)
    session.work.items += [
        replace(rejected, item_id=item_id(15), reason="wrong_label", note="The last word turns it."),
        outbox_item(6, ItemState.DISPUTED, final=False, disputed_by="requester", dispute="A tern.", open_until=NOW),
        outbox_item(7, ItemState.DELIVERED, campaign_title=LONG),
    ]  # fmt: skip
    session.work.appeals[item_id(6)] = appeal(item_id(6), state="made", reason="It is a gull.")
    session.messages.said = tuple(
        Message(f"{at}", at != 1, NOW, LONG, state, problem) for at, state, problem in SAID
    )
    session.messages.fresh = frozenset({(rejected.campaign_id, rejected.index)})
    session.messages.task = item_id(5)
    session.sync.offers.append(campaign(4, title=LONG, description=LONG * 3, instructions=LONG * 9))
    session.sync.offers.append(campaign(5, can_lease=False, practice_ppm=800_000, why_not="practice"))
    return session


def full_world(window: AppWindow) -> None:
    """Every kind of task stands among those that are leased."""
    for at, name in enumerate(kinds()):
        window.session.work.tasks[item_id(100 + at)] = module_task(name, 100 + at)


def show(window: AppWindow) -> None:
    """Until what has just been opened stands in its place."""
    window.settle()
    if not isValid(window.window):  # PySide6 takes it for dead when certain items of it die (ADR 0041)
        window.window = window.engine.rootObjects()[0]  # type: ignore[assignment]
    for _ in range(3):  # layouts within layouts come to rest one frame after the other
        window.window.grabWindow()
        window.settle()


def places(window: AppWindow, only: tuple[str, ...] = ()) -> Iterator[str]:
    """Go to each place of an open session and say its name; `only` chooses by how names begin."""
    for name, go, leave in _all(window):
        if only and not name.startswith(only):
            continue
        go()
        show(window)
        yield name
        leave()
        window.settle()


Act = Callable[[], object]
Step = tuple[str, Act, Act]


def _nothing() -> None:
    """Nothing to undo."""


def _do(*acts: Act) -> Act:
    """One after the other, each time until nothing runs."""

    def go() -> None:
        for act in acts:
            act()

    return go


def _all(window: AppWindow) -> Iterator[Step]:
    model: Any = window.model
    for page in ("home", "findWork", "outbox", "earnings", "trust"):
        yield page, partial(model.openPage, page), _nothing
    settings = partial(model.openPage, "settings")
    for part in SECTIONS:
        yield f"settings {part}", _do(settings, partial(window.section, part)), _nothing
    yield "report", partial(model.openReport, REQUESTER), _nothing
    yield from _finding(window)
    yield from _working(window)
    yield from _judged(window)
    yield from _judging(window)
    yield from _money(window)
    yield from _over(window)


def _finding(window: AppWindow) -> Iterator[Step]:
    screens: Any = window.model.screens
    find = screens["findWork"]
    close = partial(find.select, "")

    def look(number: int) -> Act:
        page = partial(window.model.openPage, "findWork")
        return _do(page, window.settle, partial(find.select, item_id(1000 + number)), window.settle)

    yield "campaign", look(3), close
    yield "campaign long", look(4), close
    yield "practice", _do(look(5), find.openPractice), _do(find._practice.leave, close)


def _working(window: AppWindow) -> Iterator[Step]:
    screens: Any = window.model.screens

    def work(number: int) -> Act:
        page = partial(window.model.openPage, "work")
        return _do(page, partial(screens["work"].open, item_id(number)))

    yield "work sentence", work(1), _nothing
    for at, name in enumerate(kinds()):
        yield f"work {name}", work(100 + at), _nothing
    keys = partial(window.key, Qt.Key.Key_F2)
    yield "work keys", _do(work(1), partial(show, window), keys), _escape(window)


def _judged(window: AppWindow) -> Iterator[Step]:
    screens: Any = window.model.screens
    outbox = screens["outbox"]
    page = _do(partial(window.model.openPage, "outbox"), window.settle)
    for name, number in (("appeal", 15), ("appeal made", 6)):
        yield name, _do(page, partial(outbox.openAppeal, item_id(number))), outbox._appeal.leave
    yield "case", _do(page, partial(outbox.openCase, item_id(3))), outbox._case.leave
    yield "carry", _do(page, screens["carry"].enter), screens["carry"].leave
    yield "talk", _do(page, partial(screens["talk"].openTask, item_id(5))), screens["talk"].leave
    about = partial(screens["abuse"].openTask, item_id(5), LONG)
    yield "report of a problem", _do(page, about), screens["abuse"].leave


def _judging(window: AppWindow) -> Iterator[Step]:
    screens: Any = window.model.screens
    judge = screens["review"]
    page = partial(window.model.openPage, "review")
    yield "review", page, _nothing
    yield "review reject", _do(page, partial(show, window), judge.beginReject), judge.cancelReject


def _money(window: AppWindow) -> Iterator[Step]:
    screens: Any = window.model.screens
    page = _do(partial(window.model.openPage, "earnings"), partial(show, window))

    def press(button: str) -> None:
        reveal(window.item(button))
        window.click(button)

    for button in ("claim", "receive", "send", "explain.claimable"):
        yield f"earnings {button}", _do(page, partial(press, button)), _escape(window)
    yield "earnings why", _do(page, partial(screens["earnings"].explain, 0)), _escape(window)


def _over(window: AppWindow) -> Iterator[Step]:
    model: Any = window.model
    help_, home = model.help_model, partial(model.openPage, "home")
    settings = partial(model.openPage, "settings")
    for page in TITLES:
        yield f"help {page}", _do(partial(help_.openFor, "home"), partial(help_.choose, page)), help_.close
    yield "help word", partial(help_.openWord, "stake"), help_.close
    yield "notices", model.noticesWanted.emit, _escape(window)
    yield "care", _do(home, partial(model.care_model.caught.emit, ValueError("x"))), _escape(window)
    updates = window.world.updates
    for state, facts in UPDATES.items():
        go = _do(settings, partial(window.section, "updates"), partial(updates.stand, **facts))
        yield f"updates {state}", go, partial(updates.stand, state="unknown", went_back="")
    yield "updates at home", _do(home, partial(updates.stand, **UPDATES["offered"])), _nothing
    yield "toast", partial(model.toast.emit, LONG, "good"), _nothing
    yield "removed", _do(partial(_remove, window), partial(model.openPage, "trust")), _nothing
    yield "problem", _do(home, partial(_problem, window)), model.dismissProblem


def _escape(window: AppWindow) -> Act:
    return partial(window.key, Qt.Key.Key_Escape)


def _remove(window: AppWindow) -> None:
    facts = window.session.trust
    facts.state = replace(facts.state, removed=True, removal=True, alarm=True)
    window.session.publish(Topic.TRUST)


def _problem(window: AppWindow) -> None:
    from gems_desktop.viewmodels.app import with_problem

    window.model.show(with_problem(window.model.props, PROBLEM))


def reveal(item: QQuickItem) -> None:
    """Scroll until an item can be seen."""
    area = item.parentItem()
    while area is not None:
        top = area.property("contentY")
        if top is not None:
            at = item.mapRectToItem(area, item.boundingRect())
            most = max(0.0, float(area.property("contentHeight")) - area.height())
            area.setProperty("contentY", min(most, max(0.0, top + at.center().y() - area.height() / 2)))
        area = area.parentItem()


def welcome(window: AppWindow) -> Iterator[str]:
    """The steps of the way in, on a window without a wallet."""
    way: Any = window.model.screens["welcome"]
    show(window)
    yield "welcome language"
    way.languageChosen(window.model.props.language)
    show(window)
    yield "welcome start"
    way.beginRestore()
    show(window)
    yield "welcome restore"
    for kind in ("key", "keystore"):
        way.setRestoreKind(kind)
        show(window)
        yield f"welcome restore {kind}"
    way.startOver()
    way.createWallet()
    window.settle()
    show(window)
    yield "welcome words"
    way.wordsWritten()
    show(window)
    yield "welcome typed back"
    from gems_desktop.viewmodels.welcome import Step as WelcomeStep

    way._go(WelcomeStep.PROTECT)
    show(window)
    yield "welcome protect"


def blind(session: FakeSession) -> None:
    """The next review is a blind one."""
    session.review.reviews = [review(1, blind=True, disputed=True, answer=[])]


def empty(session: FakeSession) -> None:
    """A newcomer's session: nothing anywhere."""
    session.earnings.state = EarningsFacts()
    session.earnings.lines = []
    session.sync.offers = []
    session.work.tasks, session.work.items = {}, []
    session.trust.state = TrustFacts(0.0, 0.0, 1.0, 0, 0, 0, "", "", False, None, False)
    session.sync.state = replace(session.sync.state, connection=Connection.OFFLINE)


def find_items(window: AppWindow, name: str) -> list[QQuickItem]:
    """All visible items with this object name."""
    return [
        each for each in items(window.window.contentItem()) if each.objectName() == name and each.isVisible()
    ]
