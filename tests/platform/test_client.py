# SPDX-License-Identifier: Apache-2.0
"""A requester's program from files to results on a real platform and chain; cut off anywhere, it pays once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from eth_utils.crypto import keccak

from gems_platform.client import read
from gems_platform.client.campaign import Campaign
from gems_platform.client.chain import WrongContract
from gems_platform.client.client import Client
from gems_platform.client.media import FileChanged, Uploaded, upload_all
from gems_platform.client.progress import Progress, progress_of
from gems_platform.client.requesting import launch_file
from gems_platform.client.requesting.launching import NotLaunched
from gems_protocol.amount import Amount
from gems_protocol.messages import Assignment
from gems_protocol.reaching import Offline, PlatformLied, PlatformRefused
from tests.platform.clients import client_of, cut_lines, network_of, pictures, png
from tests.platform.conftest import HandClock, key
from tests.platform.progress_value import VALUE
from tests.platform.world import World, world


async def launched(client: Client, live: World, folder: Path) -> Campaign:
    """The campaign in `folder`, open."""
    cut_lines(client, live)
    return await client.launch(read(folder))


def is_payment(client: Client, raw: bytes) -> bool:
    """Whether a transaction is the one that a launch keeps."""
    return any(raw.hex() in path.read_text() for path in client.private.glob("*.launch.json"))


async def in_escrow(client: Client, live: World) -> int:
    """Base units that the requester put into any campaign."""
    found = 0
    for shown in (await (await live.person("requester")).get("/v1/campaigns"))["campaigns"]:
        found += await client.requester.chain.campaign_funded(bytes.fromhex(shown["campaign_id"][2:]))
    return found


@pytest.mark.long
@pytest.mark.parametrize("before", [True, False], ids=["request lost", "answer lost"])
async def test_a_launch_cut_off_at_every_call_pays_once(
    tmp_path: Path, clock: HandClock, before: bool
) -> None:
    async with world(tmp_path, clock) as live:
        folder, cuts, once = pictures(tmp_path / "c", 3), 0, set[Any]()
        campaign = None
        while campaign is None and cuts < 100:
            async with client_of(live, tmp_path) as client:  # another process each time
                shared = cut_lines(client, live, before=before)
                shared["once"] = once
                try:
                    campaign = await client.launch(read(folder))
                except Offline:
                    cuts += 1
        assert campaign is not None and cuts > 15
        async with client_of(live, tmp_path) as client:
            cost = (await client.campaign(campaign.id).terms()).cost() * 3
            assert await in_escrow(client, live) == cost.units
            shown = (await (await live.person("requester")).get("/v1/campaigns"))["campaigns"]
            assert [one["campaign_id"] for one in shown] == [campaign.id]
            cut_lines(client, live)
            assert (await client.launch(read(folder))).id == campaign.id
            assert await in_escrow(client, live) == cost.units
            other = await client.launch(read(folder), again="second")
            assert other.id != campaign.id and await in_escrow(client, live) == 2 * cost.units


@pytest.mark.long
async def test_a_launch_that_keeps_nothing_pays_twice(tmp_path: Path, clock: HandClock) -> None:
    """The control of the one above: the file beside the key is what keeps it from paying twice."""
    async with world(tmp_path, clock) as live:
        draft = read(pictures(tmp_path / "c", 2))
        async with client_of(live, tmp_path / "lost") as client:
            cut_lines(client, live)
            real = client.requester.chain.send_raw

            async def unanswered(signed: bytes) -> bytes:
                await real(signed)
                if is_payment(client, signed):
                    raise Offline
                return keccak(signed)

            client.requester.chain.send_raw = unanswered  # type: ignore[method-assign]
            with pytest.raises(Offline):
                await client.launch(draft)
            await live.tick()
            once = await in_escrow(client, live)
        async with client_of(live, tmp_path / "fresh") as client:
            cut_lines(client, live)
            await client.launch(draft)
            assert await in_escrow(client, live) == 2 * once > 0


@pytest.mark.long
async def test_the_payment_is_kept_before_it_is_sent(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live, client_of(live, tmp_path) as client:
        shared = cut_lines(client, live)
        sent: list[bytes] = []
        real = client.requester.chain.send_raw

        async def lost(signed: bytes) -> bytes:
            if is_payment(client, signed):
                sent.append(signed)
                raise Offline  # nobody got it
            return await real(signed)

        client.requester.chain.send_raw = lost  # type: ignore[method-assign]
        with pytest.raises(Offline):
            await client.launch(read(pictures(tmp_path / "c", 2)))
        assert len(sent) == 1
        client.requester.chain.send_raw = real  # type: ignore[method-assign]
        shared["said"].clear()
        await client.launch(read(tmp_path / "c"))
        assert [args for name, args in shared["said"] if name == "send_raw"] == [(sent[0],)]


@pytest.mark.long
async def test_a_payment_whose_place_another_took_is_signed_anew(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live, client_of(live, tmp_path) as client:
        cut_lines(client, live)
        real = client.requester.chain.send_raw

        async def lost(signed: bytes) -> bytes:
            if is_payment(client, signed):
                raise Offline
            return await real(signed)

        client.requester.chain.send_raw = lost  # type: ignore[method-assign]
        with pytest.raises(Offline):
            await client.launch(read(pictures(tmp_path / "c", 2)))
        client.requester.chain.send_raw = real  # type: ignore[method-assign]
        await live.chain.send(
            key("requester"), live.settings.gem, bytes.fromhex("18160ddd")
        )  # its nonce is used up
        campaign = await client.launch(read(tmp_path / "c"))
        assert (await campaign.progress()).state == "open"


def test_two_programs_do_not_launch_the_same(tmp_path: Path) -> None:
    with (
        launch_file.alone(tmp_path, "n"),
        pytest.raises(launch_file.LaunchNotKept, match="under way"),
        launch_file.alone(tmp_path, "n"),
    ):
        raise AssertionError
    (tmp_path / "n.launch.json").write_text("{")
    with pytest.raises(launch_file.LaunchNotKept, match="damaged"):
        launch_file.read(tmp_path, "n")


@pytest.mark.long
async def test_too_little_money_stops_before_any_moves(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live, client_of(live, tmp_path, of="other requester") as client:
        cut_lines(client, live)
        with pytest.raises(NotLaunched, match="holds 0"):
            await client.launch(read(pictures(tmp_path / "c", 2)))
        assert await in_escrow(client, live) == 0


async def test_progress_results_ratings_and_the_end(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live, client_of(live, tmp_path) as client:
        campaign = await launched(client, live, pictures(tmp_path / "c", 3, policy={"name": "consensus"}))
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        for count, accepts in ((1, (False, False)), (1, (True, True))):
            batch = await live.lease(anna, campaign.id, count)
            clock.at += 40
            anna, hashes = await live.person("anna"), []
            for item in batch["items"]:
                hashes.append("0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex())
            await live.submit(anna, live.sealed(anna, batch["batch_id"], hashes))
            for number, accept in enumerate(accepts):
                verifier = await live.person(f"verifier {number}")
                await verifier.post("/v1/channel", {})
                await live.review(verifier, 1, accept=accept)
        found = await campaign.progress()
        assert found.total == 3 and found.submitted == 2 and found.accepted == 1
        assert found.seconds == 40 and found.measured == 2 and found.hourly == Amount.gem("27")
        assert found.disagreement.part == 0 and found.disagreement.whole >= 1
        assert found.funded == (await campaign.terms()).cost() * 3 and found.due.units > 0
        assert found.escrowed == found.funded - found.due and found.seconds_left is not None
        rows = [row async for row in campaign.results()]
        assert [row.index for row in rows] == [0, 1, 2]
        assert sorted(row.agreement for row in rows if row.answer is not None) == ["3 of 3 agreed"]
        marks = {"pay": 5, "clarity": 4, "speed": 2, "fairness": 3}
        await (await live.person("anna")).post(f"/v1/campaigns/{campaign.id}/ratings", marks)
        assert (await campaign.ratings())["pay"].good == 1
        await campaign.cancel()
        seen = (
            [row.index async for row in campaign.follow(0.01)] if (await campaign.progress()).is_over else []
        )
        assert not seen or len(seen) == 3


@pytest.mark.long
async def test_somebody_else_sees_nothing(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live, client_of(live, tmp_path) as client:
        campaign = await launched(client, live, pictures(tmp_path / "c", 1))
        async with client_of(live, tmp_path / "other", of="other requester") as other:
            with pytest.raises(PlatformRefused) as refused:
                await other.campaign(campaign.id).progress()
            assert refused.value.code == "not_found" and "this key" in refused.value.message


@pytest.mark.long
async def test_watching_waits_out_a_cut_and_ends_with_the_campaign(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live, client_of(live, tmp_path) as client:
        campaign = await launched(client, live, pictures(tmp_path / "c", 2))
        shared, seen = cut_lines(client, live), list[str]()
        shared["cut"] = 2
        async for found in client.campaign(campaign.id).watch(0.01):
            seen.append(type(found).__name__)
            if len(seen) == 3:
                await campaign.cancel()
        assert seen == ["Progress", "Offline", "Progress", "Progress"]
        shared["cut"] = shared["calls"] + 1
        with pytest.raises(Offline):
            _ = [one async for one in client.campaign(campaign.id).watch(0.01, patiently=False)]


async def test_files_go_up_once_and_large_ones_in_parts(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live, client_of(live, tmp_path) as client:
        files, told = dict[str, Path](), list[Uploaded]()
        for number, noise in enumerate((b"", b"", bytes(range(256)) * 12_000)):
            content = png(number, noise=noise)
            (tmp_path / f"{number}.png").write_bytes(content)
            files[hashlib.sha256(content).hexdigest()] = tmp_path / f"{number}.png"
        shared = cut_lines(client, live, before=False)
        calls = shared["said"]
        shared["cut"] = 4  # in the middle of the large one, of which four parts are sent
        real = client.requester.platform
        with pytest.raises(PlatformRefused):
            await upload_all(_hopeless(real), files, at_once=1)
        sent = sum(name == "append_upload" for name, _ in calls)
        shared["cut"] = 0
        done = await upload_all(real, files, told.append)
        offsets = [args[1] for name, args in calls if name == "append_upload"]
        assert sent and offsets == sorted(set(offsets)) and len(offsets) == 4
        assert (done.files, done.of_files, done.size) == (3, 3, done.of_size) and told[-1] == done
        before = len(calls)
        assert (await upload_all(real, files)).skipped == 3
        assert {name for name, _ in calls[before:]} == {"has_file"}


def _hopeless(line: Any) -> Any:
    """A line on which no second try is made."""

    class Once:
        def __getattr__(self, name: str) -> Any:
            return getattr(line, name)

        async def append_upload(self, *arguments: Any) -> int:
            try:
                found: int = await line.append_upload(*arguments)
            except Offline as error:
                raise PlatformRefused("internal", "cut") from error
            return found

    return Once()


@pytest.mark.long
async def test_a_file_that_changed_is_not_sent(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live, client_of(live, tmp_path) as client:
        folder = pictures(tmp_path / "c", 2)
        draft = read(folder)
        (folder / "media" / "0.png").write_bytes(png(9))
        cut_lines(client, live)
        with pytest.raises(FileChanged, match="changed"):
            await client.launch(draft)
        assert await in_escrow(client, live) == 0


async def test_an_answer_of_another_signer_is_refused(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        liar = replace(network_of(live), platform_signer="0x" + "ab" * 20)
        async with Client(liar, key("requester"), tmp_path / "p") as client:
            with pytest.raises(PlatformLied, match="not signed by"):
                await client.rates()
        other = replace(network_of(live), gem="0x" + "ab" * 20)
        async with Client(other, key("requester"), tmp_path / "q") as client:
            with pytest.raises(WrongContract, match="Gem contract"):
                await client.requester.chain.check_contracts()


def test_a_look_without_work_has_no_pace() -> None:

    found = progress_of(VALUE)
    assert isinstance(found, Progress) and found.hourly is None and found.seconds_left is None
    assert not found.is_over
    with pytest.raises(PlatformLied):
        progress_of({**VALUE, "money": {}})
