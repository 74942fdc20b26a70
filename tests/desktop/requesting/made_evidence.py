# SPDX-License-Identifier: Apache-2.0
"""Evidence that a dishonest hub and its people could make: every signature is right, only the truth is missing."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol import merkle
from gems_protocol.campaign import Terms
from gems_protocol.case import Case, Kind, write
from gems_protocol.evidence import SignedPanel, SubmissionEvidence, VerdictEvidence, VoteEvidence
from gems_protocol.messages import Assignment, BatchSubmission, BatchVote, Panel, Submission, Vote
from gems_protocol.signature import address_of
from tests.platform.conftest import key
from tests.platform.world import World


@dataclass(frozen=True)
class Attempt:
    """One attempt of `miner` at a task, as the hub's key says."""

    live: World
    terms: Terms
    index: int = 0
    attempt: int = 0
    miner: str = "anna"
    reward: int = -1

    @property
    def assignment(self) -> Assignment:
        reward = self.terms.mr.units if self.reward < 0 else self.reward
        words = (0, bytes(32), b"\x62" * 32)
        place = (self.terms.campaign_id(), self.index, self.attempt, address_of(key(self.miner)))
        return Assignment(*place, reward, 0, *words, self.live.clock.at + 86_400)

    def evidence(
        self, judges: range, round_: int = 0, accept: bool = True, *more: SignedPanel
    ) -> VerdictEvidence:
        """A round in which all `judges` (numbers of verifiers) vote the same about the miner's result."""
        domain, hub = self.live.settings.campaigns_domain, key("hub signer")
        given = self.assignment
        sent = Submission(given.struct_hash(), b"\x51" * 32, b"\x63" * 32)
        leaf = sent.struct_hash()
        batch = BatchSubmission(merkle.root([leaf]), 1, b"\x64" * 32, self.live.clock.at)
        people = sorted(
            (key(f"verifier {number}") for number in judges), key=lambda k: int(address_of(k), 16)
        )
        where = (given.campaign_id, given.index, given.attempt, round_)
        panel = Panel(*where, tuple(address_of(one) for one in people))
        vote = Vote(*where, sent.result_hash, accept)
        cast = BatchVote(merkle.root([vote.struct_hash()]), 1, b"\x65" * 32, self.live.clock.at)
        votes = tuple(
            VoteEvidence(vote, address_of(one), cast, 0, (), cast.sign(domain, one)) for one in people
        )
        work = SubmissionEvidence(sent, batch, 0, (), batch.sign(domain, key(self.miner)))
        panels = (*more, SignedPanel(panel, panel.sign(domain, hub)))
        return VerdictEvidence(given, given.sign(domain, hub), work, panels, votes, None, ())

    def case(self) -> bytes:
        """The attempt as the file that a worker would publish."""
        settings = self.live.settings
        return write(
            Case(
                Kind.CLAIM,
                settings.chain_id,
                settings.gem,
                settings.campaigns,
                "0x" + "33" * 20,
                settings.hub,
                self.terms,
                self.evidence(range(3)),
                None,
                b"",
                self.live.clock.at,
            )
        )
