# SPDX-License-Identifier: Apache-2.0
"""The wallet at rest: kinds of contents, the first version of the file, passwords changed and guessed."""

import json
from dataclasses import replace

import pytest

from gems_desktop.services.errors import BadSeedWords, SignerRefused, WalletExists, WrongPassword
from gems_desktop.services.signing import WORD_LANGUAGES
from gems_desktop.services.wallet_errors import (
    BadKey,
    BadKeystore,
    NoPasswordHere,
    NotConfirmed,
    TooManyTries,
)
from gems_desktop.signer.tries import wait_after
from gems_desktop.signer.vault_file import AESGCM, LANES, MEMORY_KIB, PASSES, SealedWallet, VaultFile, derive
from gems_protocol.messages import Debit
from tests.desktop.signer.conftest import OWN, WORDS, Bench
from tests.desktop.signer.test_keystore import light

KEY_HEX = b"ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
DEBIT = Debit(bytes(32), 0, bytes(32))


@pytest.mark.parametrize("language", WORD_LANGUAGES)
async def test_words_of_each_language_are_made_confirmed_and_stored(bench: Bench, language: str) -> None:
    signer = bench.signer()
    listed = await signer.create(language)
    assert len(listed) == 12 and await signer.confirm_words(bytearray(b" ".join(listed)))
    await signer.protect(bytearray(b"pass"))
    address = (await signer.wallet()).address
    again = await bench.reopen()
    assert (await again.wallet()).address == address
    assert await again.confirm_words(bytearray(b" ".join(listed)))


async def test_a_key_and_a_keystore_bring_the_wallet_back(bench: Bench) -> None:
    for typed in (KEY_HEX, b" 0x" + KEY_HEX.upper() + b"\n"):
        signer = bench.signer()
        await signer.restore_key(bytearray(typed))
        assert (await signer.wallet()).address == OWN
    await signer.protect(bytearray(b"pass"))
    again = await bench.reopen()
    assert not await again.confirm_words(bytearray(WORDS))  # there are none
    assert len(await again.sign(DEBIT)) == 65
    text = await again.export_keystore(bytearray(b"file password"))
    assert "Export the key" in bench.person.asked[-1].english()
    with pytest.raises(WalletExists):
        await again.restore_keystore(text, bytearray(b"file password"))
    bench.person.says = False
    with pytest.raises(NotConfirmed):
        await again.export_keystore(bytearray(b"file password"))


async def test_keystores_of_others(bench: Bench) -> None:
    text = json.dumps(light(b"testpassword", "scrypt")).encode()
    signer = bench.signer()
    with pytest.raises(WrongPassword):
        await signer.restore_keystore(text, bytearray(b"wrong"))
    with pytest.raises(BadKeystore):
        await signer.restore_keystore(text + b" " * 20_000, bytearray(b"testpassword"))
    with pytest.raises(BadKeystore):
        await signer.restore_keystore(b"\xff", bytearray(b"testpassword"))
    await signer.restore_keystore(text, bytearray(b"testpassword"))
    assert (await signer.wallet()).unlocked


@pytest.mark.parametrize(
    "typed", [b"", b"0x", KEY_HEX[:-1], KEY_HEX + b"0", b"zz" * 32, b"00" * 32, b"ff" * 32]
)
async def test_what_is_no_key_is_never_repeated(bench: Bench, typed: bytes) -> None:
    with pytest.raises(BadKey) as caught:
        await bench.signer().restore_key(bytearray(typed))
    assert caught.value.__cause__ is None and "zz" not in repr(caught.value)


async def test_a_passphrase_and_an_account_number_lead_elsewhere(bench: Bench) -> None:
    addresses = set()
    for passphrase, index in ((b"", 0), (b"", 1), (b"secret", 0), ("Ünïcode".encode(), 0)):
        signer = bench.signer()
        await signer.restore(bytearray(WORDS), bytearray(passphrase), index)
        addresses.add((await signer.wallet()).address)
    assert len(addresses) == 4
    for index in (-1, 1 << 31):
        with pytest.raises(SignerRefused):
            await bench.signer().restore(bytearray(WORDS), None, index)
    with pytest.raises(BadSeedWords):
        await bench.signer().restore(bytearray(WORDS), bytearray(b"\xff"))


async def test_the_first_version_still_opens_and_the_password_can_change(bench: Bench) -> None:
    first = bench.signer()
    await first.restore(bytearray(WORDS))
    entropy = bytes(first._holder._opened().entropy)
    inside = entropy + bytes.fromhex(KEY_HEX.decode())
    salt, nonce = b"s" * 16, b"n" * 12
    key = derive(bytearray(b"pass"), salt, MEMORY_KIB, PASSES, LANES)
    sealed = AESGCM(bytes(key)).encrypt(nonce, inside, f"gems vault 1 password {OWN}".encode())
    old = SealedWallet("password", OWN, True, MEMORY_KIB, PASSES, LANES, salt, nonce, sealed, version=1)
    VaultFile(bench.file("")).write(old)
    told = json.loads(bench.file("vault.json").read_text())
    del told["policy"]  # as it was written then
    bench.file("vault.json").write_text(json.dumps(told))
    again = await bench.reopen()
    assert (await again.wallet()).address == OWN and not (await again.safety())["distrusted"]
    assert await again.confirm_words(bytearray(WORDS))
    with pytest.raises(WrongPassword):
        await again.change_password(bytearray(b"wrong"), bytearray(b"new one"))
    bench.time[0] += 1
    await again.change_password(bytearray(b"pass"), bytearray(b"new one"))
    assert json.loads(bench.file("vault.json").read_text())["version"] == 2
    with pytest.raises(WrongPassword):
        await bench.reopen()
    bench.time[0] += 1
    fresh = bench.signer()
    await fresh.unlock(bytearray(b"new one"))
    assert len(await fresh.sign(DEBIT)) == 65


async def test_wrong_passwords_wait_longer_and_longer_also_in_a_new_process(bench: Bench) -> None:
    await bench.made()
    waited = []
    for _ in range(9):
        signer = bench.signer()  # a new process each time: the count is in the file
        with pytest.raises(WrongPassword):
            await signer.unlock(bytearray(b"guess"))
        with pytest.raises(TooManyTries) as caught:
            await signer.unlock(bytearray(b"pass"))
        waited.append(caught.value.wait_s)
        bench.time[0] += caught.value.wait_s
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    bench.file("tries.json").unlink()  # the process itself still knows
    with pytest.raises(WrongPassword):
        await signer.unlock(bytearray(b"guess"))
    bench.time[0] -= 1_000_000
    with pytest.raises(TooManyTries) as caught:
        await signer.unlock(bytearray(b"pass"))
    assert caught.value.wait_s <= 60
    bench.time[0] += 60
    await signer.unlock(bytearray(b"pass"))
    assert not bench.file("tries.json").exists() and wait_after(0) == 0


async def test_a_keyring_wallet_has_no_password_to_change(bench: Bench) -> None:
    from gems_desktop.signer.inprocess import InProcessSigner
    from tests.desktop.signer.test_operations import MemoryBox

    signer = InProcessSigner(replace(bench.config), box=MemoryBox())
    await signer.restore(bytearray(WORDS))
    await signer.protect(None)
    with pytest.raises(NoPasswordHere):
        await signer.change_password(bytearray(b"a"), bytearray(b"b"))
