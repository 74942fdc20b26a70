# SPDX-License-Identifier: Apache-2.0
"""A session as the window opens it: with the signer process, options, reviews that are skipped and undone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from gems_desktop.services.errors import NothingToDo, ProfileInUse, WalletLocked, WrongPassword
from gems_desktop.services.facts import ItemState, Topic
from gems_desktop.services.network import Network
from gems_desktop.services.wallet_errors import TooManyTries
from gems_desktop.session import media_folder, open_session
from tests.desktop.services.conftest import Open, TestClock
from tests.desktop.services.test_lies import delivered
from tests.desktop.services.test_loop import states
from tests.platform.world import World


async def test_onboarding_with_the_signer_process(
    network: Network, clock: TestClock, tmp_path: Path, live: World
) -> None:
    folder = tmp_path / "mine"
    session = await open_session(folder, network, clock=clock)
    touched: list[frozenset[Topic]] = []
    leave = session.subscribe(touched.append)
    assert not (await session.wallet.facts()).exists
    words = await session.wallet.create()
    assert await session.wallet.confirm_words(bytearray(b" ".join(words)))
    await session.wallet.protect(bytearray(b"pass"))
    facts = await session.wallet.facts()
    assert (facts.exists, facts.unlocked, facts.backed_up, facts.storage) == (True, True, True, "password")
    assert frozenset({Topic.WALLET}) in touched
    leave()
    with pytest.raises(ProfileInUse):
        await open_session(folder, network, clock=clock)
    campaign = await live.campaign(2)
    await session.sync.fetch_batch(campaign, 2)
    assert await states(session) == [ItemState.LEASED] * 2
    assert media_folder(session).path("a" * 64).parent.parent == folder / "media"
    await session.close()
    again = await open_session(folder, network, clock=clock)
    assert not (await again.wallet.facts()).unlocked
    with pytest.raises(WrongPassword):
        await again.wallet.unlock(bytearray(b"other"))
    with pytest.raises(WalletLocked):
        await again.work.current()
    with pytest.raises(TooManyTries) as wait:
        await again.wallet.unlock(bytearray(b"pass"))
    await asyncio.sleep(wait.value.wait_s)  # real: the signer process has a clock of its own
    await again.wallet.unlock(bytearray(b"pass"))
    assert await states(again) == [ItemState.LEASED] * 2
    await again.wallet.lock()
    with pytest.raises(WalletLocked):
        await again.work.current()
    await again.wallet.unlock(bytearray(b"pass"))
    assert (await again.wallet.facts()).address == facts.address
    await again.close()


async def test_options_are_checked_and_kept(opened: Open) -> None:
    session = await opened("miner")
    changed = await session.settings.change(theme="dark", text_scale=150, metered=True)
    assert (changed.theme, changed.text_scale, changed.metered) == ("dark", 150, True)
    for bad in ({"theme": "pink"}, {"text_scale": 1000}, {"metered": 1}, {"unknown": 1}):
        with pytest.raises(NothingToDo):
            await session.settings.change(**bad)
    await session.close()
    again = await opened("miner")
    assert (await again.settings.facts()).text_scale == 150


async def test_reviews_can_be_skipped_and_undone(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 3)
    verifier = await opened("verifier 0")
    await verifier.sync.fetch_reviews(3)
    first = await verifier.review.current()
    assert first is not None and first.batch_size == 3 and first.answer
    with pytest.raises(NothingToDo):
        await verifier.review.decide(first.item_id, "reject")
    second = await verifier.review.decide(first.item_id, "reject", "wrong_label", "No.")
    assert second is not None
    back = await verifier.review.undo()
    assert back is not None and back.item_id == first.item_id
    second = await verifier.review.decide(first.item_id, "accept")
    assert second is not None
    third = await verifier.review.decide(second.item_id, "skip")
    assert third is not None
    assert await verifier.review.decide(third.item_id, "accept") is None
    assert (await verifier.review.queue()).decided == 2
    assert await verifier.review.seal() == 2
    assert await verifier.sync.flush() == 1
    assert sorted(state.name for state in await states(verifier)) == ["DELIVERED", "DELIVERED", "RETURNED"]


async def test_reports_and_exports(live: World, opened: Open, tmp_path: Path) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 1)
    [shown] = await miner.sync.campaigns(refresh=True)
    report = await miner.reports.report(shown.requester, refresh=True)
    assert report.requester == shown.requester and report.checked_on_chain
    assert await miner.reports.report(shown.requester) == replace_checked(report)
    assert await miner.earnings.export_csv(str(tmp_path / "out.csv")) == 0
    assert (tmp_path / "out.csv").read_text().startswith("time,what")


def replace_checked(report: object) -> object:
    """The same report as shown later from the store, where nothing was asked of the chain."""
    from dataclasses import replace

    return replace(report, checked_on_chain=False, chain=())  # type: ignore[type-var]
