# SPDX-License-Identifier: Apache-2.0
"""The five words of money are the same everywhere and add up; each movement opens to why it is what it is."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from gems_desktop.services.facts import EarningsFacts, ItemState
from gems_desktop.services.facts_why import LedgerLine, PartFacts, WhyFacts
from gems_desktop.viewmodels import movement_words, why, why_words
from gems_desktop.viewmodels.help_words import NAMES
from gems_desktop.viewmodels.where import cut, parts, together, where_rows
from gems_protocol.amount import ZERO, Amount, total
from tests.helpers import sample_facts
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW, item_id, outbox_item
from tests.qml.screens_a.conftest import MakeWindow

FIVE = ("in_wallet", "claimable", "owed", "in_review", "at_stake")
ROOT = Path(__file__).resolve().parents[3]
money = st.integers(0, 10**24).map(Amount)


@given(st.tuples(money, money, money, money, money, money))
def test_the_parts_as_they_are_shown_add_up_to_what_is_shown(amounts: tuple[Amount, ...]) -> None:
    names = ("wallet_gem", "claimable", "owed", "in_review", "at_stake", "bond_free")
    facts = EarningsFacts(**dict(zip(names, amounts, strict=True)))  # type: ignore[arg-type]
    shown = [Amount.gem(row.value.replace(",", "")) for row in where_rows(facts)]
    assert total(shown) == together(facts) == cut(together(facts))
    assert ZERO <= total([amount for _, amount in parts(facts)]) - together(facts) < Amount(6 * 10**14)


def test_no_amount_is_in_two_parts_and_the_words_are_the_glossarys() -> None:
    names = {field.name for field in fields(EarningsFacts) if str(field.type) == "Amount"}
    for name in names:
        one = replace(EarningsFacts(), **{name: Amount.gem("1")})  # type: ignore[arg-type]
        assert together(one) in (ZERO, Amount.gem("1")), f"{name} is counted once"
    rows = {row.word: row.label for row in where_rows(sample_facts.earnings())}
    assert [rows[word] for word in FIVE] == [NAMES[word] for word in FIVE]


@pytest.mark.parametrize("screen", ["HomeScreen.qml", "EarningsScreen.qml"])
def test_pages_take_the_words_from_the_glossary(screen: str) -> None:
    text = (ROOT / "ui" / "Gems" / "screens" / screen).read_text("utf-8")
    assert "Help.names.claimable" in text
    for word in FIVE:
        assert f'qsTr("{NAMES[word]}")' not in text, (
            "a word that is translated twice can be translated in two ways"
        )


def test_every_movement_and_every_part_has_words() -> None:
    for what in movement_words._WHAT:
        assert movement_words.movement(what) != "Another movement"
    source = (ROOT / "gems_desktop" / "services" / "why.py").read_text("utf-8")
    for what in ("task_reward", "audit_fee", "second_look", "withheld", "stakes", "rest", "vouchers"):
        assert f'"{what}"' in source
        assert why_words.part_words(PartFacts(what, ZERO, 2, ZERO)) != "Another movement"


def test_the_rows_are_exact_and_signed() -> None:
    line = LedgerLine(NOW, "reward", "Birds", item_id(1), "paid", Amount(10**17 + 1))
    facts = WhyFacts(
        line, (PartFacts("task_reward", Amount(2 * 10**17)), PartFacts("audit_fee", Amount(1 - 10**17)))
    )
    assert [row.amount for row in why.part_rows(facts)] == ["+0.20", "-0.099999999999999999"]
    assert why.derive(facts).sum == "+0.100000000000000001"


def test_a_line_opens_by_key_and_leads_to_its_task(make_window: MakeWindow) -> None:
    session = FakeSession()
    session.work.items = [outbox_item(1, ItemState.PAID)]
    window = make_window(session=session)
    window.begin("earnings")
    movements = window.focus("movements")
    while movements.property("currentIndex") < 2:
        window.key(Qt.Key.Key_Down)
    window.key(Qt.Key.Key_Return)
    window.until(lambda: "Fee for those who check" in window.words())
    assert window.session.asked("why.why") == [("why.why", "reward")]
    assert {"+0.0525 GEM", "-0.0025 GEM", "+0.05 GEM"} <= set(window.words())
    assert any(text.startswith("Voucher 7 of") for text in window.words())
    window.item("whyTask").clicked.emit()  # type: ignore[attr-defined]
    window.until(lambda: window.model.props.page == "outbox")
    window.until(lambda: window.model.screens["outbox"].property("appeal").property("open"))


def test_escape_closes_it_and_another_line_opens(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    earnings = window.model.screens["earnings"]
    earnings.explain(0)  # type: ignore[attr-defined]
    window.until(lambda: "All pay of your vouchers until then" in window.words())
    window.settle()
    window.key(Qt.Key.Key_Escape)
    window.until(lambda: not earnings.property("why").property("open"))
    earnings.explain(6)  # type: ignore[attr-defined]
    window.until(lambda: "5 tasks at a stake of 0.002 GEM" in window.words())
    earnings.explain(99)  # type: ignore[attr-defined]
    window.settle()
    assert [what for _, what in window.session.asked("why.why")] == ["claim", "stake_put"]
