# SPDX-License-Identifier: Apache-2.0
"""Where one's GEM is, in parts that add up on paper, by the same five words as everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.facts import EarningsFacts
from gems_desktop.viewmodels.help_words import entry
from gems_desktop.viewmodels.rate_words import beside
from gems_desktop.viewmodels.undecided import Undecided, held_text
from gems_desktop.viewmodels.words import gem, number, say
from gems_protocol.amount import DECIMALS, ZERO, Amount, total

_SHOWN = 10 ** (DECIMALS - 4)  # `Amount.text` shows four decimals


@dataclass(frozen=True, slots=True)
class WhereRow:
    """One part. word: of the glossary; beside: in the own currency, or ""."""

    word: str
    label: str
    value: str
    beside: str
    why: str = ""
    money: bool = True


def cut(amount: Amount) -> Amount:
    """An amount as far as it is shown."""
    return Amount(amount.units // _SHOWN * _SHOWN)


def parts(facts: EarningsFacts) -> list[tuple[str, Amount]]:
    """Every part by its word; what is in one is in no other."""
    return [
        ("in_wallet", facts.wallet_gem),
        ("claimable", facts.claimable),
        ("owed", facts.owed),
        ("in_review", facts.in_review),
        ("at_stake", facts.at_stake),
        ("bond", facts.bond_free),
    ]


def where_rows(facts: EarningsFacts) -> list[WhereRow]:
    """The parts in words."""
    return [_row(word, amount) for word, amount in parts(facts)]


def together(facts: EarningsFacts) -> Amount:
    """The sum of the parts as they are shown: whoever adds them up gets this."""
    return total([cut(amount) for _, amount in parts(facts)])


def _row(word: str, amount: Amount) -> WhereRow:
    label = say("Free in your bond") if word == "bond" else entry(word).name
    return WhereRow(word, label, gem(amount), beside(amount))


def more_rows(facts: EarningsFacts, money: Undecided) -> list[WhereRow]:
    """What the parts are made of, and what is only good to know."""
    rows = []
    waits = facts.in_review - money.held - money.disputed
    if money.held or money.disputed:
        rows.append(_more("in_review", say("Sent, not yet judged"), max(ZERO, waits)))
    if money.held:
        rows.append(_more("held", say("Accepted, not yet paid"), money.held, held_text(money)))
    if money.disputed:
        rows.append(_more("disputed", say("Disputed, judged again"), money.disputed))
    if facts.unbonding:
        rows.append(_more("bond", say("On its way out of your bond"), facts.unbonding))
    rows.append(_more("claim", say("Claimed in all"), facts.claimed))
    rows.append(_more("locked", say("Locked for you in the channel"), facts.deposit))
    coin = number(Amount(facts.gas_coin).text(6))
    rows.append(WhereRow("gas", say("Gas coin"), coin, "", money=False))
    return rows


def _more(word: str, label: str, amount: Amount, why: str = "") -> WhereRow:
    return WhereRow(word, label, gem(amount), "", why)
