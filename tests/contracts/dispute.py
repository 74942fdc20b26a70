# SPDX-License-Identifier: Apache-2.0
"""Signed evidence about one task of a campaign, as Judge and Campaigns take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import boa
from eth_account.signers.local import LocalAccount

from gems_protocol import merkle
from gems_protocol.messages import (
    Assignment,
    BatchReceipt,
    BatchRelease,
    BatchSubmission,
    BatchVote,
    Bill,
    Domain,
    Message,
    Panel,
    Receipt,
    Release,
    Submission,
    Vote,
    task_key,
)
from tests.contracts.signing import key
from tests.contracts.world import DAY, NOBODY, Terms, World, now

Row = tuple[Any, ...]
MINER = key("miner")
RESULT = b"\x51" * 32
OTHER = b"\x52" * 32
NO_PATH: Row = (0, 0, [])
ALONE: Row = (NO_PATH, bytes(32), 0)
NO_SIG: Row = (0, 0, 0)
NOTHING: Row = (bytes(32), NOBODY, 0, 0, [], 0, 0, NOBODY, False)
STATES = (
    "none",
    "accepted",
    "rejected",
    "accepted, appealed",
    "rejected, appealed",
    "paid",
    "reopened",
    "covered",
)
ARBITER = 15


def verifiers(count: int, first: int = 0) -> list[LocalAccount]:
    """Verifiers by rising address, as a panel has them; `first` tells panels apart."""
    found = [key(f"verifier {at}") for at in range(first, first + count)]
    return sorted(found, key=lambda account: int(account.address, 16))


def low(account: Any) -> str:
    """An address as Python's messages have it."""
    return str(getattr(account, "address", account)).lower()


def row(signature: bytes) -> Row:
    """A signature as the contracts' Sig."""
    return signature[64], int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")


@dataclass(frozen=True)
class Task:
    """One attempt at one task. `batch`: how many leaves the miner's and the verifiers' batches have, 0 for none."""

    world: World
    terms: Terms
    index: int = 0
    attempt: int = 0
    miner: LocalAccount = MINER
    reward: int | None = None
    stake: int = 0
    result: bytes = RESULT
    batch: int = 0
    due: int = 0

    def but(self, **changes: Any) -> Task:
        """The same with other facts."""
        return replace(self, **changes)

    @property
    def domain(self) -> Domain:
        """Where all of it is signed."""
        found = self.world.domain("GemCampaigns")
        return Domain("GemCampaigns", found.chain_id, found.contract.lower())

    @property
    def hub(self) -> LocalAccount:
        """The hub's hot key."""
        return self.world.signer

    @property
    def key(self) -> bytes:
        """The task's key."""
        return task_key(self.terms.id(), self.index, self.attempt)

    @cached_property
    def assignment(self) -> Assignment:
        """What the hub gave."""
        reward = self.terms.mr if self.reward is None else self.reward
        due = self.due or now() + DAY
        words = (100_000, b"\x61" * 32, b"\x62" * 32)
        return Assignment(
            self.terms.id(), self.index, self.attempt, low(self.miner), reward, self.stake, *words, due
        )

    @property
    def given(self) -> Row:
        """Arguments: the assignment, the key that signed it, its signature."""
        a = self.assignment
        fields = (a.index, a.attempt, a.miner, a.reward, a.stake, a.audit_ppm)
        fields += (a.audit_commit, a.input_hash, a.due_at)  # type: ignore[assignment]
        return fields, self.hub.address, self.sig(a, self.hub)

    @property
    def submission(self) -> Submission:
        """What the miner handed in."""
        return Submission(self.assignment.struct_hash(), self.result, b"\x63" * 32)

    @property
    def work(self) -> Row:
        """The struct Work."""
        place, sig = self.signed(self.submission, BatchSubmission, self.miner)
        return self.submission.result_hash, self.submission.salt, place, sig

    def sig(self, message: Message, by: LocalAccount) -> Row:
        """A signature."""
        return row(message.sign(self.domain, bytes(by.key)))

    def signed(self, message: Message, kind: Any, by: LocalAccount) -> tuple[Row, Row]:
        """A place and a signature: alone, or as the middle leaf of a batch."""
        if not self.batch:
            return ALONE, self.sig(message, by)
        at = self.batch // 2
        leaves = [bytes([7, number]) * 16 for number in range(self.batch)]
        leaves[at] = message.struct_hash()
        root = merkle.root(leaves)
        place = ((at, self.batch, merkle.proofs(leaves)[at]), b"\x64" * 32, 1_700_000_000)
        return place, self.sig(kind(root, self.batch, place[1], place[2]), by)

    def verdict(
        self,
        panel: Sequence[LocalAccount],
        round: int = 0,
        accept: bool = True,
        votes: Sequence[int] | None = None,
        result: bytes | None = None,
    ) -> Row:
        """The struct Verdict: who sits, and the seats whose votes agree (all of them unless given)."""
        about = self.result if result is None else result
        terms, where = self.terms.id(), (self.index, self.attempt)
        names = tuple(low(account) for account in panel)
        vote = Vote(terms, *where, round, about, accept)
        ballots = []
        for seat in range(len(panel)) if votes is None else votes:
            place, sig = self.signed(vote, BatchVote, panel[seat])
            ballots.append((seat, place, self.member(panel[seat]), sig))
        panel_sig = self.sig(Panel(terms, *where, round, names), self.hub)
        return round, list(names), panel_sig, about, accept, ballots

    def member(self, account: LocalAccount) -> Row:
        """The verifier's way to the terms' verifier root, if they have one."""
        if self.terms.verifier_root == bytes(32):
            return NO_PATH
        leaves, at = LISTED, [low(one) for one in LIST].index(low(account))
        return at, len(leaves), merkle.proofs(leaves)[at]

    def claim(self, verdict: Row, before: Row = NOTHING, sender: Any = None) -> None:
        """Bring a verdict."""
        call = (self.terms.row(), *self.given, self.work, verdict, before)
        self.world.judge.claim(*call, sender=getattr(sender, "address", boa.env.eoa))

    def claim_silent(self, received_at: int, by: LocalAccount | None = None) -> None:
        """Say that the hub is silent; received_at 0: the work was anchored."""
        leaf, (place, _) = self.submission, self.signed(self.submission, BatchSubmission, self.miner)
        receipt: Message = Receipt(leaf.struct_hash(), received_at)
        if self.batch:
            receipt = BatchReceipt(self.root, self.batch, received_at)
        sig = self.sig(receipt, by or self.hub) if received_at else NO_SIG
        assert place is not None
        self.world.judge.claim_silent(self.terms.row(), *self.given, self.work, received_at, sig)

    @property
    def root(self) -> bytes:
        """The root of the miner's batch; the submission's hash where it was signed alone."""
        (path, _, _), _ = self.signed(self.submission, BatchSubmission, self.miner)
        if not self.batch:
            return self.submission.struct_hash()
        leaves = [bytes([7, number]) * 16 for number in range(self.batch)]
        leaves[path[0]] = self.submission.struct_hash()
        return merkle.root(leaves)

    def release(self, by: LocalAccount, to: Any = None) -> tuple[Row, Row]:
        """A recipient's release: place and signature."""
        return self.signed(Release(self.key, low(to or self.terms.hub)), BatchRelease, by)

    def post_release(self, standing: Row, seat: int, by: LocalAccount) -> None:
        """Show a release of the recipient at a seat."""
        where = (self.terms.row(), self.index, self.attempt, standing, seat)
        self.world.judge.post_release(*where, *self.release(by))

    def bill(self, spent: int, keys: Sequence[bytes]) -> Row:
        """Arguments of show_bill behind the standing: sum, root, path, signer, signature."""
        root, at = merkle.root(keys), list(keys).index(self.key)
        message = Bill(self.terms.id(), spent, root, len(keys))
        path = (at, len(keys), merkle.proofs(keys)[at])
        return spent, root, path, self.hub.address, self.sig(message, self.hub)

    # --- what stands -------------------------------------------------------------------------------------
    @property
    def word(self) -> int:
        """What Campaigns stores."""
        return int(self.world.campaigns.task(self.key))

    @property
    def state(self) -> str:
        """The state in words."""
        return STATES[self.word & 15]

    @property
    def until(self) -> int:
        """The end of the window."""
        return self.word >> 32 & (1 << 40) - 1

    def standing(self) -> Row:
        """What stands by the `Pending` event of the last call on either contract."""
        (found,) = [
            tuple(event.standing)
            for contract in (self.world.campaigns, self.world.judge)
            for event in contract.get_logs()
            if type(event).__name__ == "Pending" and event.word == self.word
        ]
        return found

    def where(self, standing: Row) -> Row:
        """Arguments that name the task and what stands."""
        return self.terms.row(), self.index, self.attempt, standing

    def finalize(self, standing: Row) -> None:
        """Pay what stands."""
        self.world.campaigns.finalize(*self.where(standing))


LIST = verifiers(9)
LISTED = [bytes(12) + bytes.fromhex(low(one)[2:]) for one in LIST]


def campaign(world: World, tasks: int = 40, collateral: int = 0, **changes: Any) -> Terms:
    """A funded campaign of the world's requester whose hub has set its signer, and put down collateral."""
    terms = world.terms(hub=world.payer.address, **changes)
    world.campaigns.fund(terms.row(), tasks, sender=world.requester.address)
    world.judge.set_signer(world.signer.address, sender=world.payer.address)
    if collateral:
        world.judge.add_collateral(world.payer.address, collateral, sender=world.payer.address)
    return terms
