# SPDX-License-Identifier: Apache-2.0
"""While the wallet is locked, every screen over a store that holds sealed rows stays quiet, and fills afterwards."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.services.facts import Topic
from gems_desktop.services.network import Network
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from gems_desktop.viewmodels.catalogue import screens_of
from tests.faults.story import item

NETWORK = Network(
    name="test", chain_id=31337, rpc_urls=("http://127.0.0.1:9",), platform_url="http://127.0.0.1:9",
    platform_signer="0x" + "55" * 20, gem="0x" + "11" * 20, channels="0x" + "22" * 20,
    campaigns="0x" + "33" * 20, hub_payer="0x" + "44" * 20, relayer="0x" + "66" * 20, practice=True,
)  # fmt: skip


async def _settled(screens: dict[str, Any]) -> None:
    while any(screen._running for screen in screens.values()):
        await asyncio.gather(*(task for screen in screens.values() for task in screen._running))


async def test_no_screen_takes_a_locked_wallet_for_a_fault(tmp_path: Path, no_pictures: DecodeClient) -> None:
    signer = InProcessSigner(signer_config(tmp_path, NETWORK))
    session = await open_session(tmp_path, NETWORK, signer=signer)
    screens: dict[str, Any] = screens_of(session, str(tmp_path), no_pictures)  # type: ignore[assignment]
    await session.wallet.create()
    await session.wallet.protect(bytearray(b"pass"))
    await session.context.store.run(lambda tx: tx.put(item(1)))
    await session.wallet.lock()
    session.context.publish(*Topic)
    for screen in screens.values():
        screen.reload()
    await _settled(screens)
    assert {name: screen.problemMessage for name, screen in screens.items() if screen.problemMessage} == {}
    for screen in screens.values():
        screen.close()
    await session.close()
