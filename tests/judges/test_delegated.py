# SPDX-License-Identifier: Apache-2.0
"""A key that gave its account code (EIP-7702) still binds by its signature, and its code binds nobody."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import boa
import pytest
from eth.exceptions import Revert
from eth_abi.abi import encode
from eth_account.signers.local import LocalAccount

from gems_protocol.channel import Config
from gems_protocol.contracts import artefact
from gems_protocol.errors import BadSignature
from gems_protocol.messages import ClaimAuth, CloseAuth, Debit, Domain, Message, Spend, TransferAuth, Voucher
from tests.contracts.chain import CHAIN_ID
from tests.contracts.signing import key
from tests.helpers.protocol_terms import terms
from tests.judges.delegation import ASKS_THE_CODE, MAGIC, YES, DelegatingChain
from tests.judges.judge import SOURCES

GEM, MONTH, LATER = 10**18, 30 * 86_400, 2**40
Sig = tuple[int, int, int]


class Scene:
    """One channel whose signer and worker both have code that says yes to every signature."""

    def __init__(self, channels: bytes = b"") -> None:
        """channels: creation code of another Channels than the stored one, without its argument."""
        self.payer, self.signer, self.worker = key("payer"), key("signer"), key("worker")
        self.relayer, self.stranger = key("relayer"), key("stranger")
        self.chain = DelegatingChain([self.payer, self.relayer, self.worker])
        self.gem = self.chain.deploy(self.payer, "Gem", self.payer.address)
        argument = encode(["address"], [self.gem])
        code = channels or bytes.fromhex(artefact("Channels")["bytecode"][2:])
        self.channels = self.chain.deploy_code(self.payer, code + argument)
        self.chain.call(self.payer, "Gem", self.gem, "approve", self.channels, 2**256 - 1)
        addresses = [each.address.lower() for each in (self.payer, self.signer, self.worker)]
        self.config = Config(addresses[0], addresses[1], addresses[2], MONTH, 0)
        self.id = self.config.channel_id()
        self.row = (*addresses, MONTH, 0)
        self.ask(
            "deposit_many", self.signer.address, MONTH, 0, [self.worker.address], [100 * GEM], by=self.payer
        )
        self.yes = self.chain.deploy_source(self.relayer, YES)
        for account in (self.signer, self.worker):
            assert self.chain.code(account) == b""
            self.chain.delegate(self.relayer, account, self.yes)
            assert self.chain.code(account) == b"\xef\x01\x00" + bytes.fromhex(self.yes[2:])

    def ask(self, function: str, *values: object, by: LocalAccount | None = None) -> Any:
        """One call of Channels, by the relayer unless said otherwise."""
        return self.chain.call(by or self.relayer, "Channels", self.channels, function, *values)

    def balance(self, who: LocalAccount) -> int:
        found: int = self.chain.call(self.relayer, "Gem", self.gem, "balanceOf", who.address)
        return found

    def domain(self, name: str = "GemChannels") -> Domain:
        return Domain(name, CHAIN_ID, (self.gem if name == "Gem" else self.channels).lower())

    def sign(self, message: Message, by: LocalAccount) -> Sig:
        """A signature in the contracts' form; Python takes it too, code or not."""
        domain = self.domain(message.DOMAIN)
        raw = message.sign(domain, bytes(by.key))
        message.check(domain, raw, by.address.lower())
        return raw[64], int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:64], "big")

    def voucher(
        self, paid: int, seq: int, by: LocalAccount | None = None
    ) -> tuple[tuple[int, int, int], Sig]:
        fields = (paid, GEM, seq)
        return fields, self.sign(Voucher(self.id, *fields), by or self.signer)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_code_says_yes_to_any_signature(scene: Scene) -> None:
    """Control: who would ask the account by EIP-1271 would be told that this is signed."""
    question = MAGIC + encode(["bytes32", "bytes"], [bytes(32), b"nonsense"])
    for account in (scene.signer, scene.worker):
        assert scene.chain.send(scene.relayer, account.address, question)[:4] == MAGIC
    assert scene.chain.send(scene.relayer, scene.stranger.address, question) == b""


def test_vouchers_of_a_signer_with_code_are_paid(scene: Scene) -> None:
    fields, sig = scene.voucher(3 * GEM, 1)
    assert scene.ask("claim", scene.row, fields, sig) == 3 * GEM
    assert scene.balance(scene.worker) == 3 * GEM
    fields, sig = scene.voucher(5 * GEM, 2)
    scene.ask("claim_many", [scene.row], [fields], [sig], by=scene.worker)
    assert scene.balance(scene.worker) == 5 * GEM


def test_a_worker_with_code_is_bound_by_what_it_signs(scene: Scene) -> None:
    relayer = scene.relayer.address.lower()
    fields, sig = scene.voucher(3 * GEM, 1)
    to = scene.stranger.address.lower()
    auth = ClaimAuth(scene.id, 0, to, relayer, GEM // 10, LATER)
    signed = scene.sign(auth, scene.worker)
    values = (auth.to, auth.relayer, auth.fee, auth.deadline)
    assert scene.ask("claim_auth", scene.row, fields, sig, values, signed) == 3 * GEM
    assert scene.balance(scene.stranger) == 3 * GEM - GEM // 10
    fields, sig = scene.voucher(4 * GEM, 2)
    end = CloseAuth(scene.id, relayer, GEM // 10, LATER)
    scene.ask("close_auth", scene.row, fields, sig, relayer, end.fee, LATER, scene.sign(end, scene.worker))
    debit = Debit(scene.id, GEM // 4, b"\7" * 32)
    scene.ask(
        "submit_debit", scene.row, debit.debited, debit.assignment_hash, scene.sign(debit, scene.worker)
    )
    before = scene.balance(scene.worker)
    scene.chain.pass_time(MONTH + 1)
    scene.ask("finish_close", scene.row)
    assert scene.balance(scene.worker) - before == GEM - GEM // 4


def test_an_owner_with_code_sends_gem_by_its_signature(scene: Scene) -> None:
    scene.chain.call(scene.payer, "Gem", scene.gem, "transfer", scene.signer.address, 2 * GEM)
    owner, to = scene.signer.address.lower(), scene.stranger.address.lower()
    sent = TransferAuth(owner, to, 2 * GEM, 0, LATER, b"\1" * 32)
    v, r, s = scene.sign(sent, scene.signer)
    values = (owner, to, 2 * GEM, 0, LATER, sent.nonce)
    row = (v, r.to_bytes(32, "big"), s.to_bytes(32, "big"))
    scene.chain.call(scene.relayer, "Gem", scene.gem, "transferWithAuthorization", *values, *row)
    assert scene.balance(scene.stranger) == 2 * GEM
    again = (*values[:5], b"\2" * 32)
    with pytest.raises(Revert):
        scene.chain.call(scene.relayer, "Gem", scene.gem, "transferWithAuthorization", *again, *row)


def test_the_spend_of_a_requester_with_code_is_redeemed(scene: Scene) -> None:
    arguments = encode(["address", "address"], [scene.gem, scene.yes])
    code = bytes.fromhex(artefact("Campaigns")["bytecode"][2:])
    campaigns = scene.chain.deploy_code(scene.payer, code + arguments)
    scene.chain.call(scene.payer, "Gem", scene.gem, "approve", campaigns, 2**256 - 1)
    agreed = replace(
        terms(),
        requester=scene.worker.address.lower(),
        hub=scene.stranger.address.lower(),
        window=3 * 86_400,
        ends=1_700_000_000 + MONTH,
    )
    scene.chain.call(scene.payer, "Campaigns", campaigns, "fund", agreed.abi(), 5)
    domain = Domain("GemCampaigns", CHAIN_ID, campaigns.lower())

    def redeemed(by: LocalAccount) -> Any:
        raw = Spend(agreed.campaign_id(), GEM, 1).sign(domain, bytes(by.key))
        sig = raw[64], int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:64], "big")
        return scene.chain.call(scene.relayer, "Campaigns", campaigns, "redeem", agreed.abi(), (GEM, 1), sig)

    with pytest.raises(Revert, match="bad spend"):
        redeemed(scene.stranger)
    assert redeemed(scene.worker) == GEM == scene.balance(scene.stranger)


def test_code_that_says_yes_makes_no_bad_signature_good(scene: Scene) -> None:
    fields, _ = scene.voucher(3 * GEM, 1)
    good = scene.sign(Voucher(scene.id, *fields), scene.signer)
    bad = (
        scene.sign(Voucher(scene.id, *fields), scene.stranger),
        (good[0], good[1], good[2] + 1),
        (55 - good[0], good[1], good[2]),
        (0, 0, 0),
    )
    for sig in bad:
        assert scene.ask("claim", scene.row, fields, sig) == 0, "a bad voucher is paid"
    assert scene.balance(scene.worker) == 0
    relayer = scene.relayer.address.lower()
    auth = ClaimAuth(scene.id, 0, relayer, relayer, GEM, LATER)
    end = CloseAuth(scene.id, relayer, 0, LATER)
    debit = Debit(scene.id, GEM, b"\7" * 32)
    values = (auth.to, auth.relayer, auth.fee, auth.deadline)
    for by in (scene.stranger, scene.signer):
        with pytest.raises(Revert, match="bad authorization"):
            scene.ask("claim_auth", scene.row, fields, good, values, scene.sign(auth, by))
        with pytest.raises(Revert, match="bad authorization"):
            scene.ask("close_auth", scene.row, fields, good, relayer, 0, LATER, scene.sign(end, by))
    scene.ask("start_close", scene.row, fields, good, by=scene.payer)
    for by in (scene.stranger, scene.signer):
        with pytest.raises(Revert, match="bad debit"):
            scene.ask("submit_debit", scene.row, debit.debited, debit.assignment_hash, scene.sign(debit, by))
    raw = Voucher(scene.id, *fields).sign(scene.domain(), bytes(scene.stranger.key))
    with pytest.raises(BadSignature):
        Voucher(scene.id, *fields).check(scene.domain(), raw, scene.signer.address.lower())


@pytest.mark.long
def test_control_a_contract_that_asks_the_code_pays_bad_vouchers(tmp_path: Path) -> None:
    for name in ("Channels.vy", "eip712_domain.vy"):
        shutil.copy(SOURCES / name, tmp_path)
    (tmp_path / "ecdsa.vy").write_text(ASKS_THE_CODE, "utf-8")
    broken: Any = boa.load_partial(str(tmp_path / "Channels.vy"))
    scene = Scene(broken.compiler_data.bytecode)
    with pytest.raises(AssertionError, match="a bad voucher is paid"):
        test_code_that_says_yes_makes_no_bad_signature_good(scene)


def test_taking_the_code_away_again_changes_nothing(scene: Scene) -> None:
    fields, sig = scene.voucher(3 * GEM, 1)
    scene.chain.delegate(scene.relayer, scene.signer, "0x" + "00" * 20)
    assert scene.chain.code(scene.signer) == b""
    assert scene.ask("claim", scene.row, fields, sig) == 3 * GEM
