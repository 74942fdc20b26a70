# SPDX-License-Identifier: Apache-2.0
"""A line on which somebody reads along, a network that wants a login, names that nobody knows: each says what it is."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gems_desktop.adapters.clock import SystemClock
from gems_desktop.adapters.network_file import network_of
from gems_desktop.adapters.platform_http import PlatformHttp
from gems_desktop.services.errors import CaptivePortal, NotTrusted, Offline
from gems_desktop.startup_trust import find_authorities
from tests.desktop.first_start.program import ADDRESS

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 14\r\n\r\n<html>Login</x"


def _certificate(folder: Path) -> ssl.SSLContext:
    """Of an authority that nobody knows."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "reads along")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    (folder / "key").write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))
    (folder / "cert").write_bytes(made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert", folder / "key")
    return context


@asynccontextmanager
async def _server(tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Whoever asks gets a page of HTML."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(PAGE)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"


def _platform(url: str) -> PlatformHttp:
    names = ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer")
    told: dict[str, Any] = dict.fromkeys(names, ADDRESS) | {"name": "n", "chain_id": 1, "practice": True}
    network = network_of(told | {"rpc_urls": [url], "platform_url": url})
    return PlatformHttp(network, None, SystemClock())  # type: ignore[arg-type]


async def _fault(url: str) -> Offline:
    platform = _platform(url)
    with pytest.raises(Offline) as caught:
        await platform.get("/v1/info", token=False)
    await platform.close()
    assert caught.value.message and caught.value.safe and caught.value.action
    return caught.value


async def test_somebody_who_reads_along_is_not_trusted(tmp_path: Path) -> None:
    async with _server(_certificate(tmp_path)) as url:
        fault = await _fault(url)
    assert type(fault) is NotTrusted and "office" in fault.action


async def test_a_page_of_html_is_a_login() -> None:
    async with _server() as url:
        assert type(await _fault(url)) is CaptivePortal


async def test_a_name_that_nobody_knows_is_offline() -> None:
    assert type(await _fault("http://platform.invalid")) is Offline


def test_authorities_are_found_where_other_systems_keep_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = ssl.DefaultVerifyPaths(None, None, "SSL_CERT_FILE", "/none", "SSL_CERT_DIR", "/none")  # type: ignore[arg-type]
    bundle = tmp_path / "ca.pem"
    bundle.touch()
    places = (str(tmp_path / "none"), str(bundle))
    environ: dict[str, str] = {}
    assert find_authorities(dict(environ), places) == "", "this system's OpenSSL finds them by itself"
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    assert find_authorities(environ, places) == environ["SSL_CERT_FILE"] == str(bundle)
    assert find_authorities({"SSL_CERT_FILE": "/mine"}, places) == "", "what the user has named stands"
