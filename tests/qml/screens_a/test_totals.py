# SPDX-License-Identifier: Apache-2.0
"""Totals on the earnings page, the time they are of, and looking for a newer voucher elsewhere."""

from datetime import UTC, datetime

from gems_desktop.services.facts import LedgerLine, Topic
from gems_desktop.viewmodels.spans import ALL_TIME, MONTH, WEEK, since
from gems_desktop.viewmodels.totals import BY_KIND, BY_REQUESTER
from gems_protocol.amount import Amount
from tests.helpers.sample_facts import NOW
from tests.qml.screens_a.conftest import MakeWindow
from tests.qml.screens_a.test_money_dialogs import model

REQUESTER = "0x" + "cd" * 20


def test_a_span_begins_with_its_first_day() -> None:
    now = int(datetime(2026, 11, 22, 15, 0, tzinfo=UTC).timestamp())  # a Sunday
    begun = [datetime.fromtimestamp(since(span, now), UTC) for span in (WEEK, MONTH)]
    assert begun == [datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)]
    assert since(ALL_TIME, now) == 0


def test_totals_by_day_requester_and_kind(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    lines = window.session.earnings.lines
    gem, stake = Amount.gem("1.25"), Amount.gem("0.5")
    lines[:] = [
        LedgerLine(NOW, "reward", "Birds", "i1", "paid", gem, requester=REQUESTER),
        LedgerLine(NOW - 1, "stake_put", "Birds", "", "stake", -stake, requester=REQUESTER),
        LedgerLine(NOW - 2, "claim", "", "", "wallet", Amount.gem("1.24"), fee=Amount.gem("0.01")),
    ]
    totals = model(window, "totals")
    window.item("totalsSpan").chosen.emit(ALL_TIME)  # type: ignore[attr-defined]
    rows = totals.rows  # type: ignore[attr-defined]
    window.until(lambda: rows.rowCount() == 2)
    assert rows.rows[-1].name == "Together"
    assert [(one.count, one.pay, one.stakes, one.wallet) for one in rows.rows] == [
        ("1", "1.25", "-0.50", "+1.24")
    ] * 2
    window.item("totalsBy").chosen.emit(BY_REQUESTER)  # type: ignore[attr-defined]
    window.until(lambda: rows.rowCount() == 3)
    assert [one.name for one in rows.rows] == ["0xcdcdcd…cdcdcd", "Of no requester", "Together"]
    window.item("totalsBy").chosen.emit(BY_KIND)  # type: ignore[attr-defined]
    window.settle()
    assert {(one.name, one.amount) for one in rows.rows} == {
        ("Claimed to your wallet", "+1.24"),
        ("Pay for a task", "+1.25"),
        ("Stake put down", "-0.50"),
    }
    assert not window.window.grabWindow().isNull()
    asked = len(window.session.asked("earnings.totals"))
    window.model.openPage("home")
    window.settle()
    window.session.publish(Topic.EARNINGS)
    window.settle()
    assert (
        len(window.session.asked("earnings.totals")) == asked
    )  # nothing is read for a table that is not there


def test_a_newer_voucher_is_looked_for_in_a_file_and_at_a_tower(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "money")
    said: list[tuple[str, str]] = []
    model(window, "upkeep").said.connect(lambda *told: said.append(told))  # type: ignore[attr-defined]
    for place in ("/media/stick/newer.json", "https://tower.example"):
        window.item("voucherPlace").setProperty("text", place)
        window.settle()
        window.item("lookForVoucher").clicked.emit()  # type: ignore[attr-defined]
        window.until(lambda: window.item("lookForVoucher").property("enabled"))
    assert window.session.asked("sync.look_for_voucher") == [
        ("sync.look_for_voucher", "/media/stick/newer.json"),
        ("sync.look_for_voucher", "https://tower.example"),
    ]
    assert [tone for _, tone in said] == ["good", "info"]
