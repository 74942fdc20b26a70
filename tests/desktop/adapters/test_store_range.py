# SPDX-License-Identifier: Apache-2.0
"""A number that is signed and larger than a row holds is refused in words; nothing of its change is kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_tx import SqliteTx
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.records import VoucherRecord
from gems_protocol.amount import Amount
from gems_protocol.errors import MalformedMessage

HUGE = VoucherRecord(2**64 - 1, "0x", Amount(1), Amount(0), "0x", "[]", 0)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    made = SqliteStore(tmp_path)
    await made.open()
    yield made
    await made.close()


async def test_a_number_beyond_a_row_is_a_malformed_message(store: SqliteStore) -> None:
    def put(tx: SqliteTx) -> None:
        set_value(tx, "before", 1)
        tx.put(HUGE)

    with pytest.raises(MalformedMessage):
        await store.run(put)
    assert await store.run(lambda tx: get_value(tx, "before")) is None
    with pytest.raises(MalformedMessage):
        await store.run(lambda tx: tx.get(VoucherRecord, HUGE.seq))


async def test_within_a_transaction_it_can_be_told_and_the_rest_goes_on(store: SqliteStore) -> None:
    def judge(tx: SqliteTx) -> str:
        try:
            tx.whole(lambda: tx.put(HUGE))
        except MalformedMessage as error:
            set_value(tx, "told", error.message)
            return error.message
        return ""

    assert await store.run(judge)
    assert await store.run(lambda tx: get_value(tx, "told"))
    assert await store.run(lambda tx: tx.count(VoucherRecord)) == 0
