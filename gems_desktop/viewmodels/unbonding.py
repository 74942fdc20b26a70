# SPDX-License-Identifier: Apache-2.0
"""Moving what is free in the bond to what can be claimed: how much, and what is left for stakes, in words first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from gems_desktop.services.facts import EarningsFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.words import exact, gem, say, typed_gem
from gems_protocol.amount import ZERO, Amount, MalformedAmount


@dataclass(frozen=True, slots=True)
class UnbondingProps:
    """What is free in the bond, and what of an earlier move is still on its way."""

    ready: bool = False
    canMove: bool = False
    free: str = "0.00"
    whole: str = "0"
    onItsWay: str = ""


def derive(facts: EarningsFacts) -> UnbondingProps:
    """The row from the channel's sums."""
    moving = facts.unbonding > ZERO
    return UnbondingProps(
        ready=True,
        canMove=facts.bond_free > ZERO and not moving,
        free=gem(facts.bond_free),
        whole=exact(facts.bond_free),
        onItsWay=say("On its way out of your bond: {amount} GEM", amount=gem(facts.unbonding))
        if moving
        else "",
    )


def read(text: str) -> Amount:
    """The amount that was typed, in GEM; zero for what is none."""
    try:
        return typed_gem(text)
    except MalformedAmount:
        return ZERO


def left_words(facts: EarningsFacts, amount: Amount) -> str:
    """What stays behind, and what that means for work that asks for a stake."""
    left = facts.bond_free - amount
    target = min(facts.bond_target, left + facts.at_stake)
    said = [say("Left in your bond for stakes: {amount} GEM", amount=exact(left))]
    if target < facts.bond_target:
        said.append(
            say(
                "From now on your pay fills the bond up to this and no higher: {amount} GEM",
                amount=exact(target),
            )
        )
    if left == ZERO:
        said.append(say("Work that asks for a stake is closed to you until you keep pay in the bond again."))
    return "\n".join(said)


class UnbondingViewModel(ViewModel):
    """A row of the bond's card, and its question."""

    topics = frozenset({Topic.EARNINGS})
    changed = Signal()
    said = Signal(str, str)

    ready = prop(bool, "ready", changed)
    canMove = prop(bool, "canMove", changed)
    free = prop(str, "free", changed)
    whole = prop(str, "whole", changed)
    onItsWay = prop(str, "onItsWay", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._facts = EarningsFacts()
        self.show(UnbondingProps())

    async def refresh(self) -> None:
        """Read the channel's sums."""
        self._facts = await self.session.earnings.facts()
        self.show(derive(self._facts))

    @Slot(str, result=bool)
    def fits(self, typed: str) -> bool:
        """Whether this is an amount that is free in the bond."""
        return ZERO < read(typed) <= self._facts.bond_free

    @Slot(str, result=str)
    def leaves(self, typed: str) -> str:
        """What is left when so much was moved, in words; "" for an amount that does not fit."""
        return left_words(self._facts, read(typed)) if self.fits(typed) else ""

    @Slot(str)
    def move(self, typed: str) -> None:
        """Move it, step by step."""
        if self.fits(typed):
            self.fail(None)
            self.start(self._move(read(typed)))

    async def _move(self, amount: Amount) -> None:
        await self.session.earnings.unbond(amount)
        self.said.emit(say("Ready to claim now: {amount} GEM", amount=exact(amount)), "good")
