# SPDX-License-Identifier: Apache-2.0
"""A stand-alone tower as its operator and its users see it: the command, its answers over HTTP, its mirror of hubs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from gems_desktop.cli import parser
from gems_desktop.commands import watch
from gems_protocol.amount import UNIT
from gems_protocol.errors import GemsError
from gems_protocol.messages import Voucher
from gems_protocol.signature import address_of
from tests.platform.conftest import HandClock, key
from tests.platform.deploying import CHAIN_ID
from tests.watching.ground import DEPOSIT, Ground, ground

NEW = 9 * UNIT
DAY = "2027-01-15"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def land(tmp_path: Path, clock: HandClock) -> AsyncIterator[Ground]:
    async with ground(tmp_path, clock) as found:
        yield found


def _row(signed: tuple[Voucher, bytes]) -> bytes:
    voucher, signature = signed
    numbers = (
        voucher.paid.to_bytes(16, "big") + voucher.bonded.to_bytes(12, "big") + voucher.seq.to_bytes(8, "big")
    )
    return voucher.channel_id + numbers + signature


async def _hub(land: Ground, rows: bytes, **info: Any) -> tuple[web.AppRunner, str]:
    """A hub that publishes one day."""
    told = {
        "chain_id": CHAIN_ID,
        "channels": land.lookout.channels,
        "platform_signer": address_of(key("hub signer")),
    }

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/v1/info":
            return web.json_response({**told, **info})
        if request.path == "/v1/vouchers":
            return web.json_response({"days": [{"day": DAY, "at": 1, "channels": 1}]})
        return web.Response(body=rows)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


async def test_a_mirrored_file_is_enough_to_act_and_unsigned_rows_are_not_kept(land: Ground) -> None:
    """Nobody brought the voucher: the hub's own file and the deposit on chain are all that is needed."""
    await land.open("worker", "anna")
    forged = Voucher(land.config("anna").channel_id(), NEW, 0, 1)
    bad = _row((forged, forged.sign(land.lookout.channels_domain, key("relayer"))))
    runner, url = await _hub(land, bad + _row(land.voucher(NEW, seq=2)))
    tower = land.tower(hubs=[url])
    await tower.turn()
    [day] = tower.post.mirror.days()
    assert (day["day"], day["channels"], day["signer"]) == (DAY, 1, address_of(key("hub signer")))
    assert tower.post.mirror.rows(land.name("anna")) == []
    [row] = tower.post.mirror.rows(land.name())
    assert int(row["voucher"]["message"]["paid"]) == NEW
    await runner.cleanup()  # the hub takes its file back, and closes with nothing
    await land.close()
    assert (await tower.turn()).sent == 1
    await land.finish()
    assert await land.gem() == DEPOSIT
    await tower.close()


@pytest.mark.long
async def test_a_hub_of_another_chain_is_not_mirrored(land: Ground) -> None:
    await land.open("worker")
    runner, url = await _hub(land, _row(land.voucher(NEW)), chain_id=1)
    tower = land.tower(hubs=[url, "http://127.0.0.1:9"])
    await tower.turn()
    assert tower.post.mirror.days() == []
    await runner.cleanup()
    await tower.close()


async def test_anybody_brings_and_asks_over_http_and_no_more(land: Ground) -> None:
    await land.open("worker")
    tower = land.tower()
    url = await tower.serve("127.0.0.1", 0)
    body = land.told(land.voucher(NEW, seq=2))
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{url}/v1/tower/vouchers", json=body) as answer:
            assert answer.status == 200 and await answer.json() == {"channel_id": land.name(), "seq": "2"}
        async with http.get(f"{url}/v1/tower/vouchers/{land.name()}") as answer:
            assert (await answer.json())["voucher"] == body["voucher"]
        async with http.get(f"{url}/v1/tower/mirror/{land.name()}") as answer:
            assert await answer.json() == {"rows": []}
        for data, status in ((b"{" * 50, 400), (b'{"a":1,"a":2}', 400), (b" " * 20_000, 413), (b"{}", 400)):
            headers = {"Content-Type": "application/json"}
            async with http.post(f"{url}/v1/tower/vouchers", data=data, headers=headers) as answer:
                assert answer.status == status and "error" in await answer.json()
        for path in ("/v1/info", "/v1/channel", "/docs", "/v1/tower/mirror/0xzz"):
            async with http.get(url + path) as answer:
                assert answer.status in (400, 404)
    await tower.close()


def _options(land: Ground, folder: Path, *more: str) -> Any:
    where = ["--rpc", land.url, "--channels", land.lookout.channels, "--chain-id", str(CHAIN_ID)]
    return parser("watch").parse_args(["watch", *where, "--store", str(folder), "--from-block", "0", *more])


async def test_the_command_once_says_what_it_did_and_whether_something_is_left(
    land: Ground, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await land.open("worker")
    (tmp_path / "key").write_text(key("tower").hex())
    (tmp_path / "key").chmod(0o600)
    store = tmp_path / "store"
    tower = watch.build(_options(land, store))
    await land.keep(tower, land.voucher(NEW, seq=2))
    assert await watch._once(tower) == watch.DONE
    await land.close()
    assert await watch._once(watch.build(_options(land, store))) == watch.LEFT
    paying = ("--key-file", str(tmp_path / "key"))
    assert await watch._once(watch.build(_options(land, store, *paying))) == watch.DONE
    assert await land.gem() == NEW
    said = capsys.readouterr()
    assert "Closes that run: 1. Handed in now: 1. Left: 0." in said.out
    assert said.err.count("No --key-file") == 2 and key("tower").hex() not in said.err + said.out


@pytest.mark.parametrize(
    "more",
    [
        ("--key-file", "/nonexistent"),
        ("--rpc", "ftp://x"),
        ("--hub", "hub.example"),
        ("--store", "/dev/null/x"),
    ],
)
async def test_what_cannot_work_is_named_before_anything_starts(
    land: Ground, tmp_path: Path, more: tuple[str, ...]
) -> None:
    with pytest.raises(GemsError) as caught:
        watch.build(_options(land, tmp_path / "store", *more))
    assert caught.value.action and "Traceback" not in caught.value.message


@pytest.mark.long
async def test_the_command_stops_cleanly_when_it_is_told_to(
    land: Ground, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = _options(land, tmp_path / "store", "--listen", "127.0.0.1:0", "--every", "1")
    running = asyncio.create_task(watch._watch(watch.build(options), options))
    said = ""
    async with asyncio.timeout(20):
        while "http://127.0.0.1:" not in said:
            await asyncio.sleep(0.01)
            said += capsys.readouterr().out
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
