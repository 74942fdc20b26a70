# SPDX-License-Identifier: Apache-2.0
"""What the platform pays for gas: never above its cap, and enough more for a node to take a second transaction."""

from __future__ import annotations

from gems_platform.channels.chain import Fees

MORE_PERCENT = (
    125  # of the fees before, in thousandths over: nodes want 10 % more in both fields, some 12.5 %
)


def first(now: Fees, cap: int) -> Fees | None:
    """Fees of a new transaction, wei per gas; None while less than the base fee and the tip would be paid."""
    base = (now.most - now.tip) // 2
    if base + now.tip > cap:
        return None
    return Fees(min(now.most, cap), now.tip)


def raised(before: Fees, now: Fees, cap: int) -> Fees | None:
    """Fees of the transaction that takes another's place; None when the cap leaves no room for enough more."""
    least = Fees(_more(before.most), _more(before.tip))
    if least.most > cap:
        return None
    tip = max(least.tip, now.tip)
    return Fees(max(least.most, min(now.most, cap), tip), tip) if tip <= cap else None


def _more(fee: int) -> int:
    return max(fee + 1, -(-fee * (1000 + MORE_PERCENT) // 1000))
