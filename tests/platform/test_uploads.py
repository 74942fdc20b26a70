# SPDX-License-Identifier: Apache-2.0
"""Resumable uploads and packed requests against whoever does not mean well, and against the disk of after a crash."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
from backports import zstd

from gems_platform.app import Server, serve
from gems_platform.settings import Settings
from gems_platform.uploads.service import MAX_CHUNK
from gems_protocol import canonical
from gems_protocol.compressed import MAX_RATIO, pack, unpack
from gems_protocol.errors import MalformedMessage
from gems_protocol.upload_headers import signed_form
from tests.platform.api import Person, Refused, check_signature
from tests.platform.conftest import HandClock

DATA = os.urandom(50_000)
NAME = hashlib.sha256(DATA).hexdigest()
CHUNK = "application/offset+octet-stream"


@dataclass
class Told:
    """A tus answer whose signature held."""

    status: int
    code: str = ""
    offset: int = -1
    length: int = -1


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


async def tus(who: Person, method: str, path: str, body: bytes = b"", **headers: str) -> Told:
    """One tus request; the answer's signature is checked in the form that its kind has."""
    sent = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {who.token}"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    async with who.http.request(method, who.url + path, data=body or None, headers=sent) as response:
        answer = await response.read()
        told = answer or signed_form(response.headers)
        check_signature(who.settings, method, path, b"", response.headers["Gems-Signature"], told)
        if answer:
            return Told(response.status, json.loads(answer)["error"]["code"])
        value = canonical.loads(told)
        return Told(
            response.status, "", int(value.get("upload-offset", -1)), int(value.get("upload-length", -1))
        )


async def begin(who: Person, name: str = NAME, size: int = len(DATA)) -> Told:
    named = f"filename {b64(b'x')},sha256 {b64(name.encode())}"
    return await tus(who, "POST", "/v1/uploads", Upload_Length=str(size), Upload_Metadata=named)


async def add(who: Person, offset: int, chunk: bytes, name: str = NAME, **more: str) -> Told:
    headers = {"Upload_Offset": str(offset), "Content_Type": CHUNK, **more}
    return await tus(who, "PATCH", f"/v1/uploads/{name}", chunk, **headers)


@pytest.fixture
async def anna(person: Callable[[str], Person]) -> Person:
    return await person("anna").sign_in()


async def test_an_upload_in_chunks_as_tus_says(server: Server, anna: Person) -> None:
    assert await begin(anna) == Told(201, "", 0, 50_000)
    checked = f"sha256 {b64(hashlib.sha256(DATA[:20_000]).digest())}"
    assert await add(anna, 0, DATA[:20_000], Upload_Checksum=checked) == Told(204, "", 20_000, 50_000)
    assert await begin(anna) == Told(201, "", 20_000, 50_000)  # idempotent by the digest
    assert await tus(anna, "HEAD", f"/v1/uploads/{NAME}") == Told(200, "", 20_000, 50_000)
    older = f"sha1 {b64(hashlib.sha1(DATA[20_000:], usedforsecurity=False).digest())}"
    assert await add(anna, 20_000, DATA[20_000:], Upload_Checksum=older) == Told(204, "", 50_000, 50_000)
    stored = server.app.state.context.upload_files.part(anna.address, NAME, 0, 99_999)
    assert stored == DATA
    assert (await tus(anna, "DELETE", f"/v1/uploads/{NAME}")).status == 204
    assert (await tus(anna, "HEAD", f"/v1/uploads/{NAME}")).status == 404
    async with anna.http.options(anna.url + "/v1/uploads") as response:
        assert response.headers["Tus-Version"] == "1.0.0" and "checksum" in response.headers["Tus-Extension"]


async def test_wrong_offsets_lengths_and_checksums_change_nothing(anna: Person) -> None:
    await begin(anna)
    await add(anna, 0, DATA[:1000])
    for offset in (0, 999, 1001, 50_000, 10**12 - 1):
        assert (await add(anna, offset, b"x")).code == "conflict"
    for bad in ("-1", "1e3", "0x10", "", "١", "1" * 13):
        assert (await add(anna, 0, b"x", Upload_Offset=bad)).code == "malformed"
    assert (await add(anna, 1000, DATA[:49_001])).code == "too_large"
    assert await add(anna, 1000, b"x", Upload_Checksum=f"sha256 {b64(bytes(32))}") == Told(460, "checksum")
    for told in ("sha256 AAAA", "md5 " + b64(bytes(16)), "sha256", "sha256 ####"):
        assert (await add(anna, 1000, b"x", Upload_Checksum=told)).code == "malformed"
    assert (await add(anna, 1000, b"x", Content_Type="text/plain")).code == "malformed"
    assert (await add(anna, 1000, b"x", Tus_Resumable="0.2.2")) == Told(412, "tus_version")
    assert (await add(anna, 1000, bytes(MAX_CHUNK + 1))).code == "too_large"
    assert (await begin(anna, size=50_001)).code == "conflict"
    assert (await tus(anna, "HEAD", f"/v1/uploads/{NAME}")).offset == 1000


async def test_another_ones_upload_is_not_there(
    anna: Person, person: Callable[[str], Person], settings: Settings
) -> None:
    berta = await person("berta").sign_in()
    await begin(anna)
    assert (await add(berta, 0, DATA[:10])).code == "not_found"
    assert (await tus(berta, "DELETE", f"/v1/uploads/{NAME}")).code == "not_found"
    with pytest.raises(Refused, match="not_found"):
        await berta.get(f"/v1/uploads/{NAME}")
    with pytest.raises(Refused, match="upload_incomplete"):
        await berta.post("/v1/submissions", {"upload": NAME})
    anna.token = ""
    assert (await add(anna, 0, DATA[:10])).code == "not_signed_in"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "%0a", "%2e%2e%2fx", "a" * 65, "\u00e9" * 64]
)
async def test_a_name_that_is_no_digest_reaches_no_file(anna: Person, settings: Settings, name: str) -> None:
    assert (await begin(anna, name)).code == "malformed"
    async with anna.http.patch(f"{anna.url}/v1/uploads/{name}", data=b"x") as response:
        assert response.status in (400, 401, 404)
    assert not [path for path in (settings.data_dir / "uploads").rglob("*") if path.is_file()]


async def test_content_that_is_not_what_its_name_says_begins_anew(anna: Person) -> None:
    await begin(anna)
    wrong = DATA[:-1] + bytes([DATA[-1] ^ 1])
    await add(anna, 0, wrong[:30_000])
    assert (await add(anna, 30_000, wrong[30_000:])).code == "checksum"
    assert (await tus(anna, "HEAD", f"/v1/uploads/{NAME}")).offset == 0
    await add(anna, 0, DATA)
    assert (await tus(anna, "HEAD", f"/v1/uploads/{NAME}")).offset == 50_000


async def test_what_came_of_a_cut_request_is_kept_but_only_sure_for_who_finds_it_right(
    server: Server, anna: Person
) -> None:
    uploads = server.app.state.context.uploads
    await begin(anna)
    await add(anna, 0, DATA[:1000])
    uploads.append(anna.address, NAME, 1000, b"not what was sent", None, whole=False)
    told = await anna.get(f"/v1/uploads/{NAME}")
    assert (told["sure"], told["offset"]) == (1000, 1017)
    assert told["tail"] == hashlib.sha256(b"not what was sent").hexdigest()
    assert (await add(anna, 1000, DATA[1000:3000])).offset == 3000  # whoever finds other bytes goes back
    uploads.append(anna.address, NAME, 3000, DATA[3000:4000], None, whole=False)
    assert (await add(anna, 4000, DATA[4000:])).offset == 50_000  # and who finds the own ones goes on


async def test_two_at_once_store_one(anna: Person) -> None:
    await begin(anna)
    told = await asyncio.gather(*(add(anna, 0, DATA[:5000]) for _ in range(6)))
    assert sorted(one.status for one in told) == [204] + [409] * 5
    assert (await tus(anna, "HEAD", f"/v1/uploads/{NAME}")).offset == 5000


async def test_quotas_and_the_end_of_time(settings: Settings, clock: HandClock) -> None:
    small = replace(settings, upload_bytes=1000, upload_quota_bytes=1500, upload_count=3, upload_s=100)
    running = await serve(small, clock=clock, ticking=False)
    async with aiohttp.ClientSession() as http:
        context = running.app.state.context
        anna = await Person(http, running.url, context.settings, b"\x07" * 32).sign_in()
        assert (await begin(anna, size=1001)).code == "too_large"
        assert (await begin(anna, size=0)).code == "malformed"
        assert (await begin(anna, "1" * 64, 1000)).status == 201
        assert (await begin(anna, "2" * 64, 501)).code == "quota"
        assert (await begin(anna, "2" * 64, 1)).status == 201
        assert (await begin(anna, "3" * 64, 1)).status == 201
        assert (await begin(anna, "4" * 64, 1)).code == "quota"
        await add(anna, 0, b"abc", "1" * 64)
        clock.at += 101
        assert (await add(anna, 3, b"d", "1" * 64)).code == "not_found"
        assert (await begin(anna, "4" * 64, 1)).status == 201
        assert context.upload_files.size(anna.address, "1" * 64) == 0
    await running.close()


async def test_after_a_crash_the_disk_decides(server: Server, anna: Person, settings: Settings) -> None:
    await begin(anna)
    await add(anna, 0, DATA[:20_000])
    path = settings.data_dir / "uploads" / anna.address / NAME
    with path.open("ab") as file:
        file.write(b"never acknowledged")
    assert (await add(anna, 20_000, DATA[20_000:30_000])).offset == 30_000
    assert path.read_bytes() == DATA[:30_000]
    _cut(path, 10_000)  # an older copy of the folder: what was acknowledged is gone, and that is said
    assert (await tus(anna, "HEAD", f"/v1/uploads/{NAME}")).offset == 0
    assert (await add(anna, 0, DATA)).offset == 50_000


def _cut(path: Path, size: int) -> None:
    os.truncate(path, size)


async def test_an_upload_that_is_no_batch_is_refused_with_its_place(anna: Person) -> None:
    for content, code in (
        (b'{"batch": {}, "items": []}', "malformed"),
        (b"not json", "malformed"),
        (pack(b'{"a":' + b" " * 200_000 + b"1}")[:-5], "malformed"),
        (zstd.compress(b" " * 40_000_000), "malformed"),
        (b"[" * 100_000, "malformed"),
    ):
        name = hashlib.sha256(content).hexdigest()
        await begin(anna, name, len(content))
        with pytest.raises(Refused, match="upload_incomplete"):
            await anna.post("/v1/submissions", {"upload": name})
        await add(anna, 0, content, name)
        for path in ("/v1/submissions", "/v1/votes"):
            with pytest.raises(Refused) as refused:
                await anna.post(path, {"upload": name})
            assert refused.value.code == code
    with pytest.raises(Refused, match="malformed"):
        await anna.post("/v1/submissions", {"upload": NAME, "more": 1})


async def test_packed_requests_are_read_and_bombs_are_not(anna: Person) -> None:
    body = json.dumps({"address": anna.address}).encode()
    padded = body[:-1] + b" " * 2000 + b"}"
    headers = {"Content-Type": "application/json", "Content-Encoding": "zstd"}

    async def ask(sent: bytes, signed: bytes, encoding: str = "zstd") -> int:
        told = {**headers, "Content-Encoding": encoding}
        target = "/v1/sign-in/nonce"
        async with anna.http.post(anna.url + target, data=sent, headers=told) as response:
            answer, stamp = await response.read(), response.headers["Gems-Signature"]
            check_signature(anna.settings, "POST", target, signed, stamp, answer)
            return response.status

    assert await ask(zstd.compress(padded), padded) == 200  # the signature is over the plain body
    assert await ask(zstd.compress(bytes(100_000_000)), b"") == 400
    assert await ask(zstd.compress(b" " * 1_000_001 + b"{}"), b"") == 400
    assert await ask(zstd.compress(padded)[:-4], b"") == 400
    assert await ask(padded, b"") == 400
    assert await ask(padded, b"", "gzip") == 400


async def test_answers_are_packed_for_who_takes_it(anna: Person) -> None:
    path = "/openapi.json"
    plain = {}
    for accepted in ("identity", "zstd", "gzip, zstd;q=0.5"):
        headers = {"Accept-Encoding": accepted}
        async with anna.http.get(anna.url + path, headers=headers) as response:
            answer = await response.read()
            check_signature(anna.settings, "GET", path, b"", response.headers["Gems-Signature"], answer)
            plain[accepted] = (len(answer), int(response.headers["Content-Length"]))
    assert plain["identity"][0] == plain["identity"][1] == plain["zstd"][0]
    assert plain["zstd"][1] < plain["identity"][1] / 5


def test_unpacking_is_bounded() -> None:
    bomb = zstd.compress(b"x" * 300_000_000)
    assert len(bomb) * MAX_RATIO < 300_000_000
    with pytest.raises(MalformedMessage, match="beyond"):
        unpack(bomb, 10**9)
    wide = zstd.compress(os.urandom(2_000), options={zstd.CompressionParameter.window_log: 27})
    unpack(wide, 10_000)  # it says its size, and the window is no larger than that
    for content in (b"", b"a" * 999, os.urandom(5_000), b"ab" * 100_000, b" " * 10_000_000):
        packed = pack(content)
        assert packed == content or unpack(packed, len(content)) == content
