# SPDX-License-Identifier: Apache-2.0
"""Twenty canaries (words, key, password, passphrase) go through the real process: none is found anywhere afterwards."""

import base64
import json
import logging
import os
import secrets
import sys
import traceback
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gems_desktop.adapters.vault import SignerClient
from gems_desktop.services.signing import WORD_LANGUAGES
from gems_desktop.signer import words
from gems_desktop.signer.hd_path import key_below
from gems_desktop.startup_log import ListedFormatter
from gems_protocol.errors import GemsError
from tests.desktop.signer.conftest import Bench
from tests.desktop.signer.test_keystore import light

ROUNDS = 50 if os.environ.get("GEMS_LONG") else 5  # four canaries each
SIGNER = (
    "import sys; sys.stderr = open({log!r}, 'a'); import gems_desktop.signer.vault_file as cheap;"
    "cheap.MEMORY_KIB, cheap.PASSES = 8192, 1; from gems_desktop.signer.__main__ import main; sys.exit(main())"
)


@dataclass(frozen=True)
class Canaries:
    """The secrets of one round, and every form in which one could lie about."""

    phrase: str
    key: bytes
    password: str
    passphrase: str
    entropy: bytes
    derived: bytes

    def forms(self) -> Iterator[bytes]:
        listed = self.phrase.split()
        for at in range(len(listed) - 2):
            for joint in (" ", ",", "', '", '", "'):
                yield joint.join(listed[at : at + 3]).encode()
        for raw in (self.key, self.entropy, self.derived):
            yield from (raw, raw.hex().encode(), raw.hex().upper().encode(), base64.b64encode(raw))
        for text in (self.password, self.passphrase):
            yield from (text.encode(), text.encode("utf-16-le"), base64.b64encode(text.encode()))


def canaries(at: int) -> Canaries:
    language = WORD_LANGUAGES[at % len(WORD_LANGUAGES)]
    entropy = bytearray(secrets.token_bytes(16))
    phrase = b" ".join(words.words_of(entropy, language)).decode()
    passphrase = "passphrase-" + secrets.token_hex(8)
    derived = bytes(key_below(words.seed_of(entropy, language, bytearray(passphrase.encode()))))
    password = "password-" + secrets.token_hex(8)
    return Canaries(phrase, secrets.token_bytes(32), password, passphrase, bytes(entropy), derived)


async def faulty(work: Awaitable[object], told: list[str]) -> None:
    """Await what must fail; what its fault could tell people, logs and crash reports is kept for the search."""
    with pytest.raises(GemsError) as caught:
        await work
    error = caught.value
    told += [repr(error), str(error.__dict__), "".join(traceback.format_exception(error))]
    record = logging.LogRecord(
        "gems_desktop.x", logging.ERROR, "", 1, "it failed", None, (GemsError, error, None)
    )
    told.append(ListedFormatter().format(record))


async def go_through(client: SignerClient, bird: Canaries, folder: Path, told: list[str]) -> None:
    """Every way in which a secret enters, right and wrong."""
    phrase, password = bird.phrase.encode(), bird.password.encode()
    listed = phrase.split()
    await faulty(client.restore(bytearray(b" ".join([*listed[:-1], b"canaryword"]))), told)
    await faulty(client.restore(bytearray(b" ".join(listed[::-1]) + b" " + listed[0])), told)
    await faulty(client.restore_key(bytearray(bird.key.hex().encode() + b"0")), told)
    store = light(password, "pbkdf2")
    await faulty(client.restore_keystore(json.dumps(store).encode(), bytearray(password + b"x")), told)
    await client.restore_keystore(json.dumps(store).encode(), bytearray(password))
    await client.restore_key(bytearray(bird.key.hex().encode()))
    await client.restore(bytearray(phrase), bytearray(bird.passphrase.encode()))
    assert await client.confirm_words(bytearray(phrase))
    await client.protect(bytearray(password))
    await client.lock()
    await faulty(client.unlock(bytearray(password[::-1])), told)
    await faulty(client.unlock(bytearray(password)), told)  # too early
    (folder / "vault.json").rename(folder / f"vault-{secrets.token_hex(4)}.json")


def found(forms: Iterator[bytes], places: list[bytes]) -> list[bytes]:
    return [form for form in forms if any(form in place for place in places)]


async def test_no_canary_is_found_in_files_logs_and_faults(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = Path(bench.config.folder)
    log = folder / "stderr.txt"
    told: list[str] = []
    birds = []
    client = SignerClient(bench.config, [sys.executable, "-c", SIGNER.format(log=str(log))])
    try:
        for at in range(ROUNDS):
            birds.append(canaries(at))
            await go_through(client, birds[-1], folder, told)
    finally:
        await client.close()
    places = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    places += [caplog.text.encode(), *(text.encode() for text in told)]
    assert len(places) > ROUNDS
    for bird in birds:
        assert found(bird.forms(), places) == []
    leak = f"a fault with {birds[0].passphrase} in it, {' '.join(birds[1].phrase.split()[2:6])}".encode()
    assert found(birds[0].forms(), [leak]) and found(
        birds[1].forms(), [leak]
    )  # the control: the search finds


async def test_an_unexpected_fault_of_the_signer_prints_its_type_and_place_only(bench: Bench) -> None:
    log = Path(bench.config.folder) / "stderr.txt"
    code = (
        "import sys; sys.stderr = open({log!r}, 'a'); import gems_desktop.signer.words as w;"
        "w._unknown = lambda parts, language: 1 / 0 if not parts else {{}}[' '.join(parts)];"
        "from gems_desktop.signer.__main__ import main; sys.exit(main())"
    )
    client = SignerClient(bench.config, [sys.executable, "-c", code.format(log=str(log))])
    bird = canaries(0)
    try:
        with pytest.raises(GemsError):
            await client.restore(bytearray(bird.phrase.encode()))
    finally:
        await client.close()
    assert "KeyError at" in log.read_text() and found(bird.forms(), [log.read_bytes()]) == []
