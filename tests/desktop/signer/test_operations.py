# SPDX-License-Identifier: Apache-2.0
"""The table of the signer: what it signs, what it refuses, and that words and passwords stay inside."""

from dataclasses import replace
from pathlib import Path

import pytest

from gems_desktop.services.errors import (
    BadSeedWords,
    NoKeyring,
    SignerRefused,
    VaultDamaged,
    WalletExists,
    WalletLocked,
    WrongPassword,
)
from gems_desktop.services.signing import SIGNABLE, SignerConfig, SignInRequest
from gems_desktop.signer.inprocess import InProcessSigner
from gems_desktop.signer.key_box import SystemKeyBox
from gems_desktop.signer.operations import Keyholder
from gems_protocol.messages import (
    BatchSubmission,
    BatchVote,
    ClaimAuth,
    Debit,
    Domain,
    Offer,
    Spend,
)
from gems_protocol.siwe import SignIn, text_signer

WORDS = b"test test test test test test test test test test test junk"
ADDRESS = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"  # the well-known first account of that phrase
HASH = bytes(range(32))
RELAYER = "0x" + "77" * 20


class MemoryBox:
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def available(self) -> bool:
        return True

    def put(self, address: str, key: bytearray) -> None:
        self.kept[address] = bytes(key)

    def get(self, address: str) -> bytearray:
        return bytearray(self.kept[address])


@pytest.fixture
def config(tmp_path: Path) -> SignerConfig:
    return SignerConfig(
        folder=str(tmp_path),
        chain_id=31337,
        channels="0x" + "11" * 20,
        campaigns="0x" + "22" * 20,
        sign_in_domain="127.0.0.1:8000",
        sign_in_uri="http://127.0.0.1:8000",
        relayers=(RELAYER,),
        max_fee=10**18,
    )


async def restored(config: SignerConfig) -> InProcessSigner:
    signer = InProcessSigner(config, box=MemoryBox())
    await signer.restore(bytearray(WORDS))
    return signer


async def test_known_words_give_the_known_address(config: SignerConfig) -> None:
    assert (await (await restored(config)).wallet()).address == ADDRESS


async def test_created_words_are_confirmed_stored_and_unlocked(config: SignerConfig) -> None:
    signer = InProcessSigner(config)
    words = await signer.create()
    assert len(words) == 12
    wrong = bytearray(b"abandon " * 11 + b"about")
    assert not await signer.confirm_words(wrong)
    assert not (await signer.wallet()).backed_up
    assert await signer.confirm_words(bytearray(b" ".join(words)))
    await signer.protect(bytearray(b"correct horse"))
    address = (await signer.wallet()).address
    await signer.lock()
    assert not (await signer.wallet()).unlocked
    now = [1_000.0]
    again = InProcessSigner(config, clock=lambda: now[0])
    with pytest.raises(WrongPassword):
        await again.unlock(bytearray(b"wrong horse"))
    now[0] += 1
    await again.unlock(bytearray(b"correct horse"))
    found = await again.wallet()
    assert (found.address, found.backed_up, found.storage) == (address, True, "password")


async def test_a_stored_wallet_is_never_written_over(config: SignerConfig) -> None:
    signer = await restored(config)
    await signer.protect(bytearray(b"pass"))
    with pytest.raises(WalletExists):
        await signer.create()
    with pytest.raises(WalletExists):
        await signer.restore(bytearray(WORDS))


async def test_a_new_wallet_is_not_lost_by_locking(config: SignerConfig) -> None:
    with pytest.raises(SignerRefused):
        await (await restored(config)).lock()


async def test_keyring_storage(config: SignerConfig) -> None:
    box = MemoryBox()
    signer = InProcessSigner(config, box=box)
    await signer.restore(bytearray(WORDS))
    await signer.protect(None)
    await signer.lock()
    with pytest.raises(WalletLocked):
        await signer.sign(Debit(HASH, 1, HASH))
    await signer.unlock(None)
    assert (await signer.wallet()).address == ADDRESS
    assert box.kept[ADDRESS].hex() not in (Path(config.folder) / "vault.json").read_text()


async def test_an_unsafe_keyring_is_refused(config: SignerConfig) -> None:
    assert not SystemKeyBox().available()  # the tests' own: keyring.backends.fail
    signer = InProcessSigner(config)
    await signer.restore(bytearray(WORDS))
    with pytest.raises(NoKeyring):
        await signer.protect(None)


@pytest.mark.parametrize(
    ("typed", "positions", "count"),
    [
        (b"test tset test test test test test test test test test junq", (2, 12), 12),
        (b"test test test test test test test test test test test test", (), 12),
        (b"test test", (), 2),
        (b"\xff\xfe test", (), 2),
        (b"x" * 5000, (), 25),
    ],
)
async def test_bad_words_are_never_repeated(
    config: SignerConfig, typed: bytes, positions: tuple[int, ...], count: int
) -> None:
    with pytest.raises(BadSeedWords) as caught:
        await InProcessSigner(config).restore(bytearray(typed))
    assert caught.value.positions == positions and caught.value.count == count
    assert caught.value.__cause__ is None
    shown = f"{caught.value.message} {caught.value.safe} {caught.value.action} {caught.value!r}"
    assert "tset" not in shown and "junq" not in shown and "xxxx" not in shown


async def test_a_damaged_vault_says_so(config: SignerConfig) -> None:
    signer = await restored(config)
    await signer.protect(bytearray(b"pass"))
    path = Path(config.folder) / "vault.json"
    assert path.stat().st_mode & 0o077 == 0
    path.write_text(path.read_text().replace('"memory_kib": 8192', '"memory_kib": 99999999'))
    with pytest.raises(VaultDamaged):
        await InProcessSigner(config).unlock(bytearray(b"pass"))


async def test_messages_are_signed_in_their_pinned_domain(config: SignerConfig) -> None:
    signer = await restored(config)
    debit = Debit(HASH, 5, HASH)
    debit.check(Domain("GemChannels", 31337, config.channels), await signer.sign(debit), ADDRESS)
    for batch in (BatchSubmission(HASH, 1, HASH, 9), BatchVote(HASH, 1, HASH, 9)):
        batch.check(Domain("GemCampaigns", 31337, config.campaigns), await signer.sign(batch), ADDRESS)


async def test_a_claim_goes_home_with_a_bounded_fee_by_the_known_relayer(config: SignerConfig) -> None:
    signer = await restored(config)
    good = ClaimAuth(HASH, 0, ADDRESS, RELAYER, 10**18, 99)
    good.check(Domain("GemChannels", 31337, config.channels), await signer.sign(good), ADDRESS)
    for bad in (
        replace(good, to="0x" + "55" * 20),
        replace(good, relayer="0x" + "55" * 20),
        replace(good, fee=10**18 + 1),
    ):
        with pytest.raises(SignerRefused):
            await signer.sign(bad)


async def test_requester_messages_need_the_role(config: SignerConfig) -> None:
    for message in (Spend(HASH, 1, 1), Offer(HASH, HASH)):
        with pytest.raises(SignerRefused):
            await (await restored(config)).sign(message)
        assert await (await restored(replace(config, role="requester"))).sign(message)


def test_the_list_is_closed(config: SignerConfig) -> None:
    holder = Keyholder(config, key=bytearray(b"\x01" * 32))
    assert holder.operations == {
        "status", "keyring_available", "create", "restore", "restore_key", "restore_keystore", "confirm_words",
        "protect", "change_password", "export_keystore", "unlock", "lock", "data_key",
        "safety", "change_safety", "book_add", "book_remove", "looks",
        "sign_in", "sign_submissions", "sign_votes", "sign_debit", "sign_claim", "sign_transfer", "sign_appeal",
        "sign_close", "sign_carry", "sign_releases", "sign_step",
    }  # fmt: skip
    for name in ("sign_hash", "sign_typed_data", "sign_text", "export", "eval", "sign_spend", "_sign"):
        with pytest.raises(SignerRefused):
            holder.perform(name, {}, bytearray())
    assert set(SIGNABLE) - holder.operations == {"sign_spend", "sign_offer"}


async def test_sign_in_text_is_built_inside(config: SignerConfig) -> None:
    signer = await restored(config)
    text, signature = await signer.sign_in(SignInRequest("abcdefgh12", 1_000, 1_300))
    assert text_signer(text, signature) == ADDRESS
    said = SignIn.parse(text)
    assert (said.domain, said.uri, said.chain_id) == ("127.0.0.1:8000", "http://127.0.0.1:8000", 31337)
    with pytest.raises(SignerRefused):
        await signer.sign_in(SignInRequest("abc\nURI: evil", 1_000, 1_300))
    with pytest.raises(SignerRefused):
        await signer.sign_in(SignInRequest("abcdefgh12", 1_000, 10**6))
