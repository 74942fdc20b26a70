# SPDX-License-Identifier: Apache-2.0
"""Receive, send and a close on the earnings page; copies and own chain nodes in Settings."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_safety import BookEntry
from gems_desktop.services.facts_upkeep import ClosingFacts, CopyFacts, Trouble
from gems_desktop.services.troubles import WORDS
from gems_desktop.viewmodels.sending import qr_bits
from gems_desktop.viewmodels.upkeep import closing_words
from gems_desktop.viewmodels.words import clock_time
from gems_protocol.address import checksummed, groups
from gems_protocol.amount import Amount
from tests.helpers.app_window import AppWindow
from tests.helpers.sample_facts import NOW
from tests.qml.screens_a.conftest import MakeWindow

TO = "0x" + "ab" * 20


def model(window: AppWindow, name: str) -> QObject:
    return window.model.screens[name]


def test_the_address_is_shown_whole_in_groups_and_as_a_code(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.click("receive")
    address = window.session.wallet.state.address
    window.until(lambda: groups(address) in window.words())
    bits = qr_bits(address)
    assert len(bits) == len(bits[0]) == 29 + 8 and set("".join(bits)) == {"0", "1"}
    assert set(bits[3]) == {"0"} and window.item("addressCode").width() >= 2 * len(bits)
    assert not window.window.grabWindow().isNull()


def test_sending_shows_everything_before_it_is_signed(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.click("send")
    window.until(lambda: "Send GEM" in window.words())
    window.item("sendTo").setProperty("text", TO[:-1])
    window.item("sendAmount").setProperty("text", "1.5")
    window.settle()
    assert window.item("sendNext").property("enabled") is False
    window.item("sendTo").setProperty("text", checksummed(TO))
    window.settle()
    window.item("sendNext").clicked.emit()  # type: ignore[attr-defined]
    window.until(lambda: "Sign and send" in window.words())
    assert {groups(TO), "1.50 GEM", "0.01 GEM"} <= set(window.words())
    assert window.session.asked("earnings.send") == []
    window.item("dialogAccept").clicked.emit()  # type: ignore[attr-defined]
    window.until(lambda: window.session.asked("earnings.send"))
    [(_, quote)] = window.session.asked("earnings.send")
    assert (quote.source, quote.to, quote.amount) == ("wallet", TO, Amount.gem("1.5"))
    window.until(lambda: "Handed to the relayer" in window.words())
    model(window, "sending").confirmSend()  # type: ignore[attr-defined]
    window.settle()
    assert len(window.session.asked("earnings.send")) == 1


def test_a_close_and_what_differs_stand_on_the_page_with_their_time(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    earnings = window.session.earnings
    closing = ClosingFacts(True, NOW + 29 * 86_400, Amount.gem("4.55"), Amount.gem("2"))
    trouble = Trouble("two_vouchers", *WORDS["two_vouchers"], at=NOW)
    earnings.upkept = replace(earnings.upkept, closing=closing, troubles=(trouble,))
    window.session.publish(Topic.EARNINGS)
    window.until(lambda: "The platform closes your channel" in window.words())
    assert trouble.message in window.words() and trouble.action in window.words()
    assert "Your newest voucher is being handed in for 4.55 GEM." in window.words()
    assert window.item("closingCountdown").property("endsAt") == closing.until
    assert not window.window.grabWindow().isNull()
    forfeited = closing_words(replace(closing, forfeited=True, missing=Amount(0)))
    assert "whole rest is yours" in forfeited[1]


def test_copies_and_claims_by_themselves_are_chosen_here(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "money")
    upkeep, settings = model(window, "upkeep"), window.session.settings
    window.until(lambda: "At the platform" in window.words())
    upkeep.addTower("http://tower.example/")  # type: ignore[attr-defined]
    window.until(lambda: settings.state.towers == ("http://tower.example",))
    window.until(lambda: "http://tower.example" in window.words())
    upkeep.removeTower("http://tower.example")  # type: ignore[attr-defined]
    window.until(lambda: "http://tower.example" not in window.words())
    assert settings.state.towers == ("http://tower.example",)  # until the time to take it back is over
    window.model.undo_model.undo()
    window.until(lambda: "http://tower.example" in window.words())
    upkeep.removeTower("http://tower.example")  # type: ignore[attr-defined]
    upkeep.pending.do()  # type: ignore[attr-defined]
    window.until(lambda: settings.state.towers == ())
    upkeep.setAutoClaim("2.5")  # type: ignore[attr-defined]
    window.until(lambda: settings.state.auto_claim == 250)
    upkeep.writeVoucher()  # type: ignore[attr-defined]
    window.until(lambda: window.session.asked("earnings.write_voucher"))
    window.session.earnings.upkept = replace(
        window.session.earnings.upkept, copies=(CopyFacts("platform", 2, NOW, False),)
    )
    window.session.publish(Topic.EARNINGS)
    window.until(lambda: any(text.startswith("Your newest voucher is kept on") for text in window.words()))


def test_movements_of_one_kind_are_shown_and_exported_alone(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    earnings = model(window, "earnings")
    ledger = earnings.property("ledger")
    every = ledger.rowCount()
    earnings.chooseKinds(3)  # type: ignore[attr-defined]
    window.until(lambda: 0 < ledger.rowCount() < every)
    earnings.chooseKinds(0)  # type: ignore[attr-defined]
    window.until(lambda: ledger.rowCount() == every)


def test_own_chain_nodes_take_the_place_of_the_networks(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "network")
    nodes = model(window, "nodes")
    before = window.session.settings.state.rpc_urls
    nodes.add("http://node.example")  # type: ignore[attr-defined]
    window.until(lambda: window.session.settings.state.rpc_urls == (*before, "http://node.example"))
    window.until(lambda: "http://node.example" in window.words())
    nodes.remove(0)  # type: ignore[attr-defined]
    assert window.model.undo_model.property("sentence").startswith("This node is not asked any more:")
    nodes.add("http://other.example")  # type: ignore[attr-defined]  # what waits is done first
    both = ("http://node.example", "http://other.example")
    window.until(lambda: window.session.settings.state.rpc_urls[-2:] == both)
    assert len(window.session.settings.state.rpc_urls) == len(before) + 1
    nodes.remove(len(before))  # type: ignore[attr-defined]
    nodes.pending.do()  # type: ignore[attr-defined]
    window.until(lambda: window.session.settings.state.rpc_urls[-1:] == ("http://node.example",))


def test_the_address_book_is_offered(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    wallet = window.session.wallet
    limits = window.run(wallet.safety())
    entry = BookEntry("Bank", TO, NOW, NOW)

    async def safety() -> object:
        return replace(limits, book=(entry,))

    wallet.safety = safety  # type: ignore[method-assign,assignment]
    window.session.publish(Topic.WALLET)
    window.until(lambda: model(window, "sending").property("book").property("count") == 1)
    model(window, "sending").askQuote(TO, "1", True)  # type: ignore[attr-defined]
    window.until(lambda: model(window, "sending").property("quoteOpen"))
    assert model(window, "sending").property("quoteName") == "Bank"
    assert model(window, "sending").property("quoteFromChannel") is True


def test_earnings_lead_to_what_is_set_once(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.focus("moneySettings")
    window.key(Qt.Key.Key_Return)
    assert window.model.props.page == "settings"
    assert window.item("autoClaim") and window.item("bondTarget") and window.item("writeVoucher")


def test_a_close_says_fee_and_date_before_it_is_signed(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "money")
    window.until(lambda: window.item("closeChannel").property("enabled"))
    window.item("closeChannel").clicked.emit()  # type: ignore[attr-defined]
    window.until(lambda: "Close your payment channel?" in window.words())
    [said] = [text for text in window.words() if "The relayer's fee is 0.01 GEM." in text]
    assert clock_time(NOW + 30 * 86_400) in said and "2.00 GEM" in said and "cannot be paid any more" in said
    assert window.session.asked("earnings.close_channel") == []
    model(window, "leaving").drop()  # type: ignore[attr-defined]
    model(window, "leaving").confirm()  # type: ignore[attr-defined]
    window.settle()
    assert window.session.asked("earnings.close_channel") == []
    window.item("dialogAccept").clicked.emit()  # type: ignore[attr-defined]
    window.settle()
    assert window.session.asked("earnings.close_channel") == []  # nothing was asked any more
    window.item("closeChannel").clicked.emit()  # type: ignore[attr-defined]
    window.until(lambda: model(window, "leaving").property("asking"))
    window.item("dialogAccept").clicked.emit()  # type: ignore[attr-defined]
    window.until(lambda: window.session.asked("earnings.close_channel"))
    window.until(lambda: "Your close is on its way to the chain." in window.words())
    assert not window.window.grabWindow().isNull()


def test_moving_out_of_the_bond_says_what_stays_before_it_is_signed(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "money")
    money = window.session.earnings
    money.state = replace(
        money.state, bond_free=Amount.gem("2"), bond_target=Amount.gem("3"), at_stake=Amount(0)
    )
    window.session.publish(Topic.EARNINGS)
    window.until(lambda: window.item("moveBond").property("enabled") is True)
    window.item("moveBond").forceActiveFocus(Qt.FocusReason.TabFocusReason)  # type: ignore[attr-defined]
    window.key(Qt.Key.Key_Return)
    window.until(lambda: "Move out of your bond?" in window.words())
    window.until(lambda: window.item("moveBondAmount").property("activeFocus") is True)
    window.until(lambda: any("is closed to you" in said for said in window.words()))
    for wrong in ("", "0", "2.01", "x"):
        window.item("moveBondAmount").setProperty("text", wrong)
        window.settle()
        assert window.item("dialogAccept").property("enabled") is False
        assert not any("Left in your bond" in said for said in window.words())
    window.item("moveBondAmount").setProperty("text", "0.5")
    window.settle()
    left = window.item("moveBondLeaves").property("text")
    assert left.splitlines() == [
        "Left in your bond for stakes: 1.50 GEM",
        "From now on your pay fills the bond up to this and no higher: 1.50 GEM",
    ]
    assert not window.window.grabWindow().isNull() and window.session.asked("earnings.unbond") == []
    window.key(Qt.Key.Key_Return)
    window.until(lambda: window.session.asked("earnings.unbond") == [("earnings.unbond", Amount.gem("0.5"))])
    window.until(lambda: "Ready to claim now: 0.50 GEM" in window.words())
    money.state = replace(money.state, unbonding=Amount.gem("0.25"))
    window.session.publish(Topic.EARNINGS)
    window.until(lambda: "On its way out of your bond: 0.25 GEM" in window.words())
    assert window.item("moveBond").property("enabled") is False
