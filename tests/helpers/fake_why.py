# SPDX-License-Identifier: Apache-2.0
"""Explanations of a test's own movements: parts that add up as the real ones do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gems_desktop.services.facts_why import LedgerLine, PartFacts, WhyFacts
from gems_protocol.amount import ZERO, Amount
from tests.helpers.fake_work import Part

if TYPE_CHECKING:
    from tests.helpers.fake_session import FakeSession

NOW = 1_790_000_000


class FakeWhy(Part):
    """Explains every movement by parts made up around its amount."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)

    async def why(self, line: LedgerLine) -> WhyFacts:
        self.asked("why.why", line.what)
        fee, paid = Amount.gem("0.0025"), Amount.gem("7.55")
        if line.what == "reward":
            parts = (PartFacts("task_reward", line.amount + fee), PartFacts("audit_fee", -fee))
            return WhyFacts(
                line,
                parts,
                4,
                line.item_id,
                "girm",
                True,
                NOW - 650,
                7,
                NOW - 600,
                paid,
                Amount.gem("0.60"),
                "verdict",
            )
        if line.what == "claim":
            whole = (
                PartFacts("vouchers", line.amount + Amount.gem("2.02")),
                PartFacts("claimed_before", -Amount.gem("2")),
                PartFacts("relayer_fee", -Amount.gem("0.02")),
            )
            return WhyFacts(
                line,
                whole,
                seq=6,
                voucher_at=NOW - 900,
                voucher_paid=paid,
                check="chain",
                tx_hash="0x" + "cd" * 32,
            )
        if line.what == "stake_put":
            each = Amount(-line.amount.units // 5)
            return WhyFacts(line, (PartFacts("stakes", line.amount, 5, each),), check="signed")
        return WhyFacts(
            line, (PartFacts(line.what, line.amount),) if line.amount != ZERO else (), check="verdict"
        )
