# SPDX-License-Identifier: Apache-2.0
"""What the edge lets in and out: size, form, Host, rate, media, and answers that can be held against us."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from gems_platform.app import Server, serve
from gems_platform.db import Database
from gems_platform.edge.limits import Buckets
from gems_platform.errors import Malformed
from gems_platform.media.files import MediaFiles
from gems_platform.media.names import media_of
from gems_platform.settings import Settings
from tests.platform.api import Person, Refused, check_signature
from tests.platform.conftest import HandClock, key

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "body",
    [
        b'{"address": "0x", "address": "0x"}',
        b'{"address": NaN}',
        b"[" * 200,
        b"[" * 40 + b"]" * 40,
        b"\xff",
        b"<html>",
        b"",
        b'{"address": "0xABCDEFabcdefabcdefabcdefabcdefabcdefabcd"}',
        b'{"address": 5}',
        b'{"address": "0x' + b"ab" * 20 + b'", "more": 1}',
    ],
)
async def test_odd_json_is_refused(person: Callable[[str], Person], body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        await person("anna").ask("POST", "/v1/sign-in/nonce", raw=body)
    assert (refused.value.status, refused.value.code) == (400, "malformed")


async def test_a_large_body_is_refused_before_it_is_read_as_json(person: Callable[[str], Person]) -> None:
    body = b"[" + b" " * 1_000_000 + b"]"
    anna = person("anna")
    async with anna.http.post(anna.url + "/v1/sign-in/nonce", data=body) as response:
        assert response.status == 413
        assert (await response.json())["error"]["code"] == "too_large"


async def test_an_unknown_host_is_refused(server: Server, http: aiohttp.ClientSession) -> None:
    async with http.get(server.url + "/v1/info", headers={"Host": "evil.example"}) as response:
        assert response.status == 400


async def test_answers_are_signed_for_their_request_only(
    server: Server, http: aiohttp.ClientSession, settings: Settings
) -> None:
    async with http.get(server.url + "/v1/info?x=1") as response:
        body, header = await response.read(), response.headers["Gems-Signature"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    check_signature(settings, "GET", "/v1/info?x=1", b"", header, body)
    for method, target, answer in (
        ("POST", "/v1/info?x=1", body),
        ("GET", "/v1/info", body),
        ("GET", "/v1/info?x=1", body + b" "),
    ):
        with pytest.raises(Exception, match="not signed"):
            check_signature(settings, method, target, b"", header, answer)


async def test_unknown_paths_and_methods_answer_in_form(person: Callable[[str], Person]) -> None:
    anna = person("anna")
    for method, path, status in (
        ("GET", "/", 404),
        ("GET", "/docs", 404),
        ("DELETE", "/v1/info", 405),
        ("GET", "/v1/campaigns/zzz", 400),
        ("GET", f"/v1/campaigns/0x{'0' * 64}", 404),
        ("GET", f"/v1/media/{'0' * 64}", 404),
        ("GET", "/v1/media/platform.sqlite3", 400),
    ):
        with pytest.raises(Refused) as refused:
            await anna.ask(method, path)
        assert refused.value.status == status, path
    assert "/v1/submissions" in (await anna.get("/openapi.json"))["paths"]


async def test_media_goes_up_once_and_comes_down_in_ranges(person: Callable[[str], Person]) -> None:
    anna = await person("anna").sign_in()
    path = f"/v1/media/{_name(PNG)}"
    for _ in range(2):
        assert await anna.ask("PUT", path, raw=PNG) == {"sha256": _name(PNG), "size": len(PNG)}
    async with anna.http.get(anna.url + path) as response:
        assert await response.read() == PNG
        assert response.headers["ETag"] == f'"{_name(PNG)}"'
        assert response.headers["Content-Type"] == "image/png"
    async with anna.http.get(anna.url + path, headers={"Range": "bytes=8-15"}) as response:
        assert response.status == 206
        assert await response.read() == PNG[8:16]


async def test_other_media_is_refused_and_leaves_nothing(
    person: Callable[[str], Person], settings: Settings
) -> None:
    anna = await person("anna").sign_in()
    svg, gif = b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(50)
    for name, data in ((_name(svg), svg), (_name(gif), gif), ("0" * 64, PNG), (_name(b"\x89P"), b"\x89P")):
        with pytest.raises(Refused) as refused:
            await anna.ask("PUT", f"/v1/media/{name}", raw=data)
        assert refused.value.code == "malformed"
    assert [path for path in (settings.data_dir / "media").rglob("*") if path.is_file()] == []


async def test_media_over_the_quota_takes_no_room(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    """Neither one after the other nor all at once: a refused file is not left on the disk."""
    files = [PNG + bytes([number]) for number in range(6)]
    small = replace(settings, media_quota_bytes=2 * len(files[0]))
    running = await serve(small, clock=clock, ticking=False)
    anna = await Person(http, running.url, running.app.state.context.settings, key("anna")).sign_in()
    sent = [anna.ask("PUT", f"/v1/media/{_name(data)}", raw=data) for data in files[:4]]
    found = await asyncio.gather(*sent, return_exceptions=True)
    for data in files[4:]:
        with pytest.raises(Refused) as refused:
            await anna.ask("PUT", f"/v1/media/{_name(data)}", raw=data)
        assert refused.value.code == "quota"
    await running.close()
    assert sum(isinstance(one, Refused) and one.code == "quota" for one in found) == 2
    assert len([path for path in (settings.data_dir / "media").rglob("*") if path.is_file()]) == 2


def test_media_names_are_found_wherever_they_stand() -> None:
    one, two = "a" * 64, "b" * 64
    data = {"image": f"sha256:{one}", "list": [{"x": two}, f"see {one}"], "n": 5, "again": one}
    assert media_of(data) == [one, two]


def test_a_file_that_is_cut_off_is_not_kept(tmp_path: Path) -> None:
    files = MediaFiles(tmp_path, 10_000_000)
    with pytest.raises(Malformed), files.begin(_name(PNG)) as upload:
        upload.write(PNG[:100])
        upload.finish()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_bucket_runs_dry_for_one_address_only() -> None:
    buckets = Buckets(rate=0.0, burst=3)
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b")


def test_a_write_that_fails_changes_nothing_and_the_store_opens_again(tmp_path: Path) -> None:
    from gems_platform.accounts.repository import ensure_account
    from gems_platform.accounts.tables import AccountRow

    db = Database(tmp_path / "x.sqlite3")
    with pytest.raises(RuntimeError), db.write() as session:
        ensure_account(session, "0x" + "11" * 20, 1)
        raise RuntimeError
    with db.write() as session:
        ensure_account(session, "0x" + "22" * 20, 1)
    db.close()
    db = Database(tmp_path / "x.sqlite3")
    with db.read() as session:
        assert session.get(AccountRow, "0x" + "11" * 20) is None
        assert session.get(AccountRow, "0x" + "22" * 20) is not None
    db.close()


def test_keys_never_show(settings: Settings) -> None:
    shown = repr(settings) + json.dumps(str(settings))
    for name in ("hub signer", "hub payer", "relayer"):
        assert key(name).hex() not in shown and repr(key(name)) not in shown
