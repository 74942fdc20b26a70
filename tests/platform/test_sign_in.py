# SPDX-License-Identifier: Apache-2.0
"""Only the holder of a key signs in, once per nonce, for this platform, for minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gems_protocol.errors import MalformedMessage
from gems_protocol.siwe import SignIn, sign_text
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key

GOOD = SignIn(
    "127.0.0.1:8080",
    "0x" + "ab" * 20,
    "Hello.",
    "http://127.0.0.1:8080",
    1,
    "a" * 12,
    1_800_000_000,
    1_800_000_300,
)


async def _attempt(anna: Person, text: str, signer: bytes) -> Any:
    return await anna.post(
        "/v1/sign-in", {"message": text, "signature": "0x" + sign_text(text, signer).hex()}
    )


async def test_a_signed_text_gives_a_token_that_works(person: Callable[[str], Person]) -> None:
    anna = await person("anna").sign_in()
    assert anna.token


async def test_a_nonce_works_once(person: Callable[[str], Person]) -> None:
    anna = person("anna")
    text = anna.sign_in_text(await anna.post("/v1/sign-in/nonce", {"address": anna.address}))
    await _attempt(anna, text, anna.key)
    with pytest.raises(Refused) as refused:
        await _attempt(anna, text, anna.key)
    assert (refused.value.status, refused.value.code) == (401, "sign_in_refused")


@pytest.mark.parametrize(
    "change",
    [
        {"domain": "evil.example"},
        {"uri": "http://evil.example"},
        {"chain_id": 1},
        {"statement": "Give me everything."},
        {"nonce": "b" * 32},
        {"expires_at": 1_900_000_000},
    ],
)
async def test_another_text_is_refused_and_spends_the_nonce(
    person: Callable[[str], Person], change: dict[str, Any]
) -> None:
    anna = person("anna")
    nonce = await anna.post("/v1/sign-in/nonce", {"address": anna.address})
    with pytest.raises(Refused):
        await _attempt(anna, anna.sign_in_text(nonce, **change), anna.key)
    if "nonce" not in change:
        with pytest.raises(Refused):
            await _attempt(anna, anna.sign_in_text(nonce), anna.key)


async def test_another_signer_is_refused(person: Callable[[str], Person]) -> None:
    anna = person("anna")
    nonce = await anna.post("/v1/sign-in/nonce", {"address": anna.address})
    with pytest.raises(Refused):
        await _attempt(anna, anna.sign_in_text(nonce), key("mallory"))


async def test_nonce_and_token_run_out(person: Callable[[str], Person], clock: HandClock) -> None:
    anna = person("anna")
    nonce = await anna.post("/v1/sign-in/nonce", {"address": anna.address})
    clock.at += 300
    with pytest.raises(Refused):
        await _attempt(anna, anna.sign_in_text(nonce), anna.key)
    await anna.sign_in()
    clock.at += 900
    with pytest.raises(Refused) as refused:
        await anna.ask("PUT", "/v1/media/" + "0" * 64, raw=b"x")
    assert refused.value.code == "not_signed_in"


def test_the_text_reads_back_to_itself_only() -> None:
    text = GOOD.text()
    assert SignIn.parse(text) == GOOD
    for bad in (
        text + "\n",
        " " + text,
        text.replace("Version: 1", "Version: 2"),
        text.replace("\nURI", "\n\nURI"),
        text.replace("Issued", "issued"),
        text.replace("Z\n", "+00:00\n"),
        text.replace("0xab", "0xAb", 1).replace("0xAb", "0xab", 1).lower(),
        text + "\nNot Before: 2027-01-15T08:00:00Z",
        text + "\nResources:\n- https://evil.example",
        text.replace("Nonce: aaaaaaaaaaaa", "Nonce: aaa"),
        text.replace("2027-01-15", "2027-13-45"),
    ):
        with pytest.raises(MalformedMessage):
            SignIn.parse(bad)
