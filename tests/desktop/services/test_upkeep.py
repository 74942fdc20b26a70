# SPDX-License-Identifier: Apache-2.0
"""The channel looked after by itself: copies, a close, claims, a platform that lost its newest records, history."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.services.errors import NothingToDo, Offline
from gems_desktop.services.facts import ClaimState
from gems_desktop.services.facts_history import Chosen
from gems_desktop.services.facts_upkeep import ClosingFacts
from gems_desktop.services.live import LiveSession
from gems_desktop.services.upkeep import NEWER_S
from gems_desktop.viewmodels.upkeep import UpkeepViewModel
from gems_platform.app import serve
from gems_protocol.amount import ZERO, Amount, total
from gems_protocol.contracts.calls import call_data
from gems_protocol.dispute import split
from gems_protocol.signature import address_of
from tests.desktop.services.conftest import Open, TestClock
from tests.desktop.services.test_crashes import Crash, crash_after
from tests.desktop.services.test_lies import delivered
from tests.desktop.services.test_loop import do_all
from tests.platform.conftest import key
from tests.platform.world import World


async def _paid(live: World, opened: Open) -> LiveSession:
    """A miner with one voucher of 1 GEM."""
    miner = await opened("miner")
    await delivered(live, miner)
    await _judged(live)
    await miner.sync.pull()
    return miner


async def _judged(live: World) -> None:
    for name in ("verifier 0", "verifier 1"):
        await live.review(await live.person(name), 2)
    await live.tick()


async def _turn(session: LiveSession) -> None:
    """The upkeep as after a start of the application."""
    session.sync._upkeep._done.clear()
    await session.sync._upkeep.turn()


def _codes(facts: Any) -> list[str]:
    return [trouble.code for trouble in facts.troubles]


async def test_a_new_voucher_is_not_said_to_be_here_alone_for_an_hour(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await miner.sync._upkeep.turn()  # before there is a channel the hub is asked in vain
    await delivered(live, miner)
    await _judged(live)
    await miner.sync.pull()
    any_session: Any = miner
    view = UpkeepViewModel(any_session)
    await view.refresh()
    assert "this computer only" in view.property("copyNote")
    assert isinstance(miner.context.clock, TestClock)
    miner.context.clock.at += NEWER_S
    await miner.sync._upkeep.turn()
    await view.refresh()
    assert view.property("copyNote") == ""
    view.close()


async def test_the_newest_voucher_is_kept_in_other_places(live: World, opened: Open, tmp_path: Path) -> None:
    miner = await _paid(live, opened)
    folder = tmp_path / "stick"
    folder.mkdir()
    nobody = "http://127.0.0.1:9"
    await miner.settings.change(towers=(live.server.url, nobody), voucher_folder=str(folder))
    await _turn(miner)
    upkeep = await miner.earnings.upkeep()
    assert upkeep.newest == 1 and upkeep.troubles == ()
    kept = {copy.place: (copy.seq, copy.newest, bool(copy.problem)) for copy in upkeep.copies}
    good, bad = (1, True, False), (0, False, True)
    assert kept == {"platform": good, "file": good, live.server.url: good, nobody: bad}
    [file] = folder.iterdir()
    body = json.loads(file.read_text())
    channel = (await miner.context.platform.get("/v1/channel"))["channel_id"]
    shown = await miner.context.towers.show(live.server.url, channel)
    assert shown == body["voucher"]
    await miner.earnings.write_voucher(str(tmp_path / "mine.json"))
    assert (tmp_path / "mine.json").read_bytes() == file.read_bytes()
    for wrong in (("ftp://tower",), ("http://user@tower",), ("http://tower?x=1",), "http://tower"):
        with pytest.raises(NothingToDo):
            await miner.settings.change(towers=wrong)
    await miner.settings.change(rpc_urls=(live.settings.rpc_url + "/",))
    await miner.close()
    again = await opened("miner")
    assert (await again.settings.facts()).rpc_urls == (live.settings.rpc_url + "/",)
    assert (await again.context.chain.agree(bytes.fromhex(channel[2:]))).deposit > 0


async def test_a_close_is_seen_at_the_start_and_answered_with_the_newest_voucher(
    live: World, opened: Open
) -> None:
    miner = await _paid(live, opened)
    config = (await miner.context.platform.get("/v1/channel"))["config"]
    await miner.close()
    row = (config["payer"], config["signer"], config["worker"], config["delay"], config["salt"])
    older = call_data("Channels", "start_close", row, (0, 0, 0), (0, 0, 0))
    await live.chain.send(live.settings.hub_payer_key, live.settings.channels, older)
    again = await opened("miner")
    await _turn(again)
    upkeep = await again.earnings.upkeep()
    assert _codes(upkeep) == ["closing_hub"] and upkeep.closing is not None
    assert upkeep.closing.by_hub and upkeep.closing.until > live.clock.at + 29 * 86_400
    assert upkeep.closing.missing == Amount.gem("1") and upkeep.claim_until > live.clock.at
    await live.tick()
    await again.sync._claims.follow()
    await _turn(again)
    closing = (await again.earnings.upkeep()).closing
    assert closing is not None and closing.forfeited and closing.missing == ZERO
    facts = await again.earnings.facts()
    assert [claim.state for claim in facts.claims] == [ClaimState.CLAIMED]
    assert closing.bond == facts.deposit - facts.claimed > ZERO


async def test_a_close_is_seen_though_the_platform_is_gone(live: World, opened: Open) -> None:
    miner = await _paid(live, opened)
    config = (await miner.context.platform.get("/v1/channel"))["config"]
    row = (config["payer"], config["signer"], config["worker"], config["delay"], config["salt"])
    older = call_data("Channels", "start_close", row, (0, 0, 0), (0, 0, 0))
    await live.chain.send(live.settings.hub_payer_key, live.settings.channels, older)
    await live.server.close()
    with pytest.raises(Offline):
        await miner.sync._turn()
    assert _codes(await miner.earnings.upkeep()) == ["closing_hub", "closing_unheard"]


async def test_a_claim_by_itself_goes_once_and_back_when_its_block_does(live: World, opened: Open) -> None:
    miner = await _paid(live, opened)
    for threshold in (0, 101):
        await miner.settings.change(auto_claim=threshold)
        await _turn(miner)
        assert (await miner.earnings.facts()).claims == ()
    await miner.settings.change(auto_claim=100)
    crash_after(miner, "/v1/relay/claims")
    with pytest.raises(Crash):
        await _turn(miner)
    await miner.close()
    again = await opened("miner")
    await again.sync._claims.follow()
    await _turn(again)
    await live.tick()
    await again.sync._claims.follow()
    assert [claim.state for claim in (await again.earnings.facts()).claims] == [ClaimState.CLAIMED]
    chain = again.context.chain
    seen = chain.confirmations
    taken_back: Any = {"depth": 0}

    async def confirmations(tx_hash: bytes) -> int:
        return int(taken_back["depth"])

    chain.confirmations = confirmations  # type: ignore[method-assign]
    again.sync._claims._settled.clear()
    assert await again.sync._claims.follow() == 1
    assert [claim.state for claim in (await again.earnings.facts()).claims] == [ClaimState.CONFIRMING]
    chain.confirmations = seen  # type: ignore[method-assign]
    await again.sync._claims.follow()
    facts = await again.earnings.facts()
    assert [claim.state for claim in facts.claims] == [ClaimState.CLAIMED]
    assert facts.wallet_gem == Amount.gem("0.99")


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as here, sqlite3.connect(target) as there:
        here.backup(there)
    there.close()
    here.close()


@pytest.mark.long
async def test_a_platform_that_went_back_gets_everything_and_pays_nothing_twice(
    live: World, opened: Open, clock: TestClock, tmp_path: Path
) -> None:
    miner = await _paid(live, opened)
    await miner.sync.fetch_batch(await live.campaign(2), 2)
    data = live.settings.data_dir
    _copy(data / "platform.sqlite3", tmp_path / "older.sqlite3")
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await _judged(live)
    await miner.sync.pull()
    before = await miner.earnings.facts()
    assert before.paid == Amount.gem("2")

    await live.server.close()
    for left in data.glob("platform.sqlite3*"):
        left.unlink()
    shutil.copy(tmp_path / "older.sqlite3", data / "platform.sqlite3")
    port = int(live.server.url.rpartition(":")[2])
    live.server = await serve(live.settings, port=port, clock=clock, ticking=False)
    await live.tick()
    await _turn(miner)
    assert _codes(await miner.earnings.upkeep()) == ["hub_went_back"]
    shown = await miner.context.platform.get("/v1/channel")
    assert (
        shown["voucher"]["message"]["seq"] == "2"
        and int(shown["voucher"]["message"]["paid"]) == before.paid.units
    )
    await _judged(live)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert (facts.paid, facts.bonded, facts.owed) == (before.paid, before.bonded, ZERO)
    assert facts.difference is None
    await _turn(miner)
    assert (await miner.context.platform.get("/v1/channel"))["voucher"] == shown["voucher"]


async def test_a_standing_order_whose_answer_was_lost_holds(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    crash_after(miner, "/standing-order")
    with pytest.raises(Crash):
        await miner.earnings.set_bond_target(Amount.gem("0.30"))
    await miner.close()
    again = await opened("miner")
    await _judged(live)
    await again.sync.pull()
    facts = await again.earnings.facts()
    assert facts.difference is None
    assert (facts.paid, facts.bonded) == (Amount.gem("0.70"), Amount.gem("0.30"))
    await live.server.close()
    await again.earnings.set_bond_target(Amount.gem("0.10"))
    live.server = await serve(
        live.settings, port=int(live.server.url.rpartition(":")[2]), clock=live.clock, ticking=False
    )
    await _turn(again)
    assert (await again.context.platform.get("/v1/channel"))["bond_target"] == str(Amount.gem("0.10"))


async def test_the_platform_ends_a_close_and_it_is_seen(live: World, opened: Open, tmp_path: Path) -> None:
    """Totals equal the channel and the chain to the last unit, before the close and after its end."""
    miner = await opened("miner")
    await miner.earnings.set_bond_target(Amount.gem("0.3"))
    miner = await _paid(live, opened)
    await miner.earnings.claim(await miner.earnings.quote_claim())
    await live.tick()
    await miner.sync._claims.follow()
    await _adds_up(miner)
    channel = await miner.context.platform.get("/v1/channel")
    config, shown = channel["config"], channel["voucher"]["message"]
    row = (config["payer"], config["signer"], config["worker"], config["delay"], config["salt"])
    voucher = (int(shown["paid"]), int(shown["bonded"]), int(shown["seq"]))
    signed = split(bytes.fromhex(channel["voucher"]["signature"][2:]))
    close = call_data("Channels", "start_close", row, voucher, signed)
    await live.chain.send(live.settings.hub_payer_key, live.settings.channels, close)
    await _turn(miner)
    closing = (await miner.earnings.upkeep()).closing
    assert closing is not None and closing.bond == Amount.gem("0.3") and closing.missing == ZERO
    any_session: Any = miner
    model = UpkeepViewModel(any_session)
    said: list[str] = []
    model.said.connect(lambda text, _tone: said.append(text))
    await model.refresh()
    live.clock.at = closing.until + 86_401
    await live.chain._rpc("evm_mine")
    await _turn(miner)
    assert _codes(await miner.earnings.upkeep()) == ["closing_hub", "closing_overdue"]
    await live.tick()
    await live.tick()
    await _turn(miner)
    upkeep, facts = await miner.earnings.upkeep(), await miner.earnings.facts()
    assert upkeep.closing == ClosingFacts(False, 0, bond=Amount.gem("0.3"), ended=True)
    assert upkeep.troubles == () and facts.wallet_gem == Amount.gem("0.99")
    assert facts.bonded == facts.claimable == facts.deposit == facts.at_stake == ZERO
    await _adds_up(miner, bonded=Amount.gem("0.3"))
    await model.refresh()
    assert len(said) == 1 and "0.30 GEM came to your wallet" in said[0]
    model.close()
    path = tmp_path / "all.csv"
    await miner.earnings.export_csv(str(path))
    rows = {row["what"]: row for row in csv.DictReader(path.read_text().splitlines())}
    assert rows["reward"]["requester"] == address_of(key("requester")) and rows["claim"]["fee"] == "0.01"
    assert rows["channel_end"]["GEM"] == "0.30" and rows["channel_end"]["requester"] == ""


async def _adds_up(session: LiveSession, bonded: Amount | None = None) -> None:
    totals, facts = await session.earnings.totals(), await session.earnings.facts()
    pockets = dict(totals.by_pocket)
    assert pockets["paid"] == facts.paid and pockets["wallet"] == facts.wallet_gem
    assert pockets.get("bonded", ZERO) == (facts.bonded if bonded is None else bonded)
    for table in (totals.requesters, totals.days, totals.kinds):
        assert total([one.earned for one in table]) == facts.earned_total
        assert total([one.wallet for one in table]) == facts.wallet_gem
    mine = {one.name: one for one in totals.requesters}[address_of(key("requester"))]
    assert (mine.earned, mine.paid_for) == (facts.earned_total, 2)


@pytest.mark.long
async def test_the_history_adds_up_to_channel_and_chain(live: World, opened: Open, tmp_path: Path) -> None:
    miner = await _paid(live, opened)
    await miner.earnings.claim(await miner.earnings.quote_claim())
    await live.tick()
    await miner.sync._claims.follow()
    quote = await miner.earnings.quote_send("wallet", "0x" + "ab" * 20, Amount.gem("0.25"))
    await miner.earnings.send(quote)
    await live.tick()
    await miner.sync._upkeep._transfers.follow()
    totals, facts = await miner.earnings.totals(), await miner.earnings.facts()
    pockets, kinds = dict(totals.by_pocket), dict(totals.by_kind)
    assert pockets["paid"] == facts.paid
    await _adds_up(miner)
    assert pockets["wallet"] == facts.wallet_gem == Amount.gem("0.73")
    assert kinds["claim"] == facts.claimed - Amount.gem("0.01") and kinds["sent"] == -Amount.gem("0.25")
    history = miner.earnings._history
    small = [line async for lines in history.pages(page=1) for line in lines]
    assert sorted(map(repr, small)) == sorted(map(repr, await miner.earnings.ledger()))
    path = tmp_path / "sent.csv"
    assert await miner.earnings.export_csv(str(path), Chosen(kinds=("sent", "relayer_fee"))) == 3
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert {row["what"] for row in rows} == {"sent", "relayer_fee"}
    assert await miner.earnings.export_csv(str(path), Chosen(since=live.clock.at + 1)) == 0
