# SPDX-License-Identifier: Apache-2.0
"""What every answer carries and what browsers of other sites never get; ETags, addresses behind proxies, TLS."""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gems_platform.app import Server, serve
from gems_platform.edge.addresses import address_of, networks, truncated
from gems_platform.edge.limits import Buckets
from gems_platform.edge.listening import Tls
from gems_platform.settings import Settings
from gems_protocol.upload_headers import signed_form
from tests.platform.api import Person, Refused, check_signature
from tests.platform.conftest import HandClock, key

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


async def test_every_answer_has_the_security_headers(server: Server, http: aiohttp.ClientSession) -> None:
    for method, path in (
        ("GET", "/v1/info"),
        ("GET", "/v1/channel"),
        ("GET", "/nothing"),
        ("OPTIONS", "/v1/uploads"),
        ("POST", "/v1/carry"),
        ("GET", "/openapi.json"),
    ):
        async with http.request(method, server.url + path) as response:
            told = {name: response.headers.get(name) for name in SECURITY}
            assert told == SECURITY, (method, path)
            assert "Strict-Transport-Security" not in response.headers  # this one speaks plain HTTP


async def test_other_sites_get_nothing(server: Server, http: aiohttp.ClientSession) -> None:
    """A browser sends the page's Origin; without an allowing header its script reads no answer."""
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    for method, path, status in (
        ("OPTIONS", "/v1/leases", 405),
        ("OPTIONS", "/v1/campaigns", 405),
        ("OPTIONS", "/v1/uploads", 204),
        ("GET", "/v1/info", 200),
    ):
        async with http.request(method, server.url + path, headers=asked) as response:
            assert response.status == status, path
            assert not [name for name in response.headers if name.lower().startswith("access-control-")]


async def test_who_has_the_newest_answer_gets_304(
    server: Server, http: aiohttp.ClientSession, settings: Settings
) -> None:
    async with http.get(server.url + "/v1/campaigns") as response:
        etag, body = response.headers["ETag"], await response.read()
        check_signature(settings, "GET", "/v1/campaigns", b"", response.headers["Gems-Signature"], body)
    for told in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        async with http.get(server.url + "/v1/campaigns", headers={"If-None-Match": told}) as response:
            assert response.status == 304 and await response.read() == b""
            stamp, form = response.headers["Gems-Signature"], signed_form(response.headers)
            assert etag.strip('"').encode() in form  # the signature says which content still holds
            check_signature(settings, "GET", "/v1/campaigns", b"", stamp, form)
            with pytest.raises(Exception, match="not signed"):
                check_signature(settings, "GET", "/v1/campaigns", b"", stamp, signed_form({"etag": '"x"'}))
    async with http.get(server.url + "/v1/campaigns", headers={"If-None-Match": '"old"'}) as response:
        assert response.status == 200 and await response.read() == body
    async with http.get(server.url + "/v1/channel", headers={"If-None-Match": "*"}) as response:
        assert response.status == 401  # a refusal is never "not changed"


def _scope(client: str, *forwarded: str) -> dict[str, object]:
    return {"client": (client, 1), "headers": [(b"x-forwarded-for", one.encode()) for one in forwarded]}


def test_only_trusted_proxies_say_where_a_request_comes_from() -> None:
    trusted = networks(["10.0.0.0/8", "127.0.0.1", "fd00::/8"])
    assert address_of(_scope("127.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.7"), trusted) == "203.0.113.9"
    assert address_of(_scope("127.0.0.1", "6.6.6.6", "203.0.113.9"), trusted) == "203.0.113.9"
    assert address_of(_scope("10.1.1.1", "2001:db8::1"), trusted) == "2001:db8::1"
    assert address_of(_scope("198.51.100.1", "6.6.6.6"), trusted) == "198.51.100.1"
    assert address_of(_scope("127.0.0.1", "unknown"), trusted) == "127.0.0.1"
    assert address_of(_scope("127.0.0.1", "6.6.6.6"), ()) == "127.0.0.1"
    assert [truncated(one) for one in ("203.0.113.9", "2001:db8:1:2:3::4", "::ffff:203.0.113.9", "x")] == [
        "203.0.113.0/24",
        "2001:db8:1:2::/64",
        "203.0.113.0/24",
        "",
    ]
    with pytest.raises(ValueError, match="proxy"):
        networks(["proxy.example"])


async def _limited(settings: Settings, clock: HandClock, **changes: object) -> Server:
    return await serve(replace(settings, **changes), clock=clock, ticking=False)  # type: ignore[arg-type]


async def test_each_client_of_a_trusted_proxy_has_its_own_limit(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    async def statuses(running: Server) -> list[int]:
        found = []
        for number in range(6):
            told = {"X-Forwarded-For": f"203.0.113.{number}"}
            async with http.get(running.url + "/v1/info", headers=told) as response:
                found.append(response.status)
        return found

    slow = {"requests_per_s": 0.01, "request_burst": 3}
    trusting = await _limited(settings, clock, **slow, trusted_proxies=("127.0.0.1",))
    assert await statuses(trusting) == [200] * 6
    await trusting.close()
    other = replace(settings, data_dir=settings.data_dir / "other")
    alone = await _limited(other, clock, **slow)  # the control: whoever invents addresses gets no more
    assert await statuses(alone) == [200] * 3 + [429] * 3
    await alone.close()


async def test_limits_say_what_is_left_and_when_to_come_again(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    running = await _limited(settings, clock, requests_per_s=0.1, request_burst=4)
    told = []
    for _ in range(5):
        async with http.get(running.url + "/v1/info") as response:
            told.append(
                (response.status, response.headers.get("RateLimit"), response.headers.get("Retry-After"))
            )
    await running.close()
    assert [one[0] for one in told] == [200, 200, 200, 200, 429]
    assert told[0][1] is None and told[3][1] == '"address";r=0;t=10'  # told once less than half is left
    assert told[4][2] == "10"


async def test_an_account_has_its_own_limit_from_wherever_it_asks(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    running = await _limited(settings, clock, account_per_s=0.01, account_burst=3)
    theirs = running.app.state.context.settings
    anna, ben = [await Person(http, running.url, theirs, key(name)).sign_in() for name in ("anna", "ben")]
    for _ in range(3):
        await anna.get("/v1/leases")
    with pytest.raises(Refused) as refused:
        await anna.get("/v1/leases")
    assert refused.value.code == "too_many_requests"
    await ben.get("/v1/leases")
    await running.close()


def test_a_bucket_says_how_long_to_wait() -> None:
    bucket = Buckets(0.5, 4)
    assert bucket.left("a") == 4 and all(bucket.take("a") for _ in range(4)) and not bucket.take("a")
    assert (bucket.left("a"), bucket.wait("a"), bucket.wait("a", 3)) == (0, 2, 6)


def _certificate(folder: Path) -> tuple[Path, Path]:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=36_500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(private, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert, secret


async def test_the_platform_speaks_tls_by_itself(
    settings: Settings, clock: HandClock, tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    cert, secret = _certificate(tmp_path)
    running = await serve(replace(settings, tls_cert=cert, tls_key=secret), clock=clock, ticking=False)
    assert running.url.startswith("https://")
    trusting = ssl.create_default_context(cafile=str(cert))
    async with http.get(running.url + "/v1/info", ssl=trusting) as response:
        assert response.status == 200
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
    with pytest.raises(aiohttp.ClientConnectorCertificateError):
        await http.get(running.url + "/v1/info")
    with pytest.raises(aiohttp.ClientError):
        await http.get(running.url.replace("https:", "http:") + "/v1/info")
    await running.close()


def test_a_certificate_without_its_key_is_refused() -> None:
    with pytest.raises(ValueError, match="belong together"):
        Tls.of(Path("cert.pem"), None)


async def test_media_keeps_its_own_cache_header(person: Callable[[str], Person]) -> None:
    anna = await person("anna").sign_in()
    data = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    name = hashlib.sha256(data).hexdigest()
    await anna.ask("PUT", f"/v1/media/{name}", raw=data)
    async with anna.http.get(f"{anna.url}/v1/media/{name}") as response:
        assert response.headers.getall("Cache-Control") == ["public, max-age=31536000, immutable"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
