# SPDX-License-Identifier: Apache-2.0
"""A session's limits and address book, as the window asks for them."""

import pytest

from gems_desktop.services.wallet_errors import BadAddress
from gems_protocol.amount import Amount
from tests.desktop.services.conftest import Open

FRIEND = "0x" + "5a" * 20


async def test_limits_and_the_book_of_a_practice_account(opened: Open) -> None:
    session = await opened("miner")
    before = await session.wallet.safety()
    assert (before.daily_limit, before.delay_s, before.book) == (Amount(10**24), 0, ())
    assert before.auto_lock_minutes == 15
    after = await session.wallet.add_address("Home", FRIEND)
    assert [(entry.name, entry.address) for entry in after.book] == [("Home", FRIEND)]
    assert after.book[0].usable_at == after.book[0].added_at  # practice: no delay
    changed = await session.wallet.change_safety(daily_limit=Amount(5), delay_s=3_600)
    assert (changed.daily_limit, changed.delay_s) == (Amount(5), 3_600)
    with pytest.raises(BadAddress):
        await session.wallet.add_address("Home", "0x12")
    assert (await session.wallet.remove_address(FRIEND)).book == ()
    await session.settings.change(auto_lock_minutes=0)
    assert (await session.wallet.safety()).auto_lock_minutes == 0
