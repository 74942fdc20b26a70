# SPDX-License-Identifier: Apache-2.0
"""`gems audit verify`: fair verdicts are told in words, and whatever was forged is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.cli import main
from gems_platform.client.requesting.audit_file import audit_file_of, look
from gems_platform.client.requesting.judging import policy_info, read_pay
from gems_platform.client.requesting.seeds import seed_of, seed_tip
from gems_protocol import audit, evidence_json
from gems_protocol.audit import AuditReveal
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.messages import BatchReceipt, Offer
from gems_protocol.verification import NEWCOMER, policy_for
from tests.helpers import protocol_evidence as proof
from tests.helpers.protocol_terms import CAMPAIGNS, key, who

DAY = 19_000
Change = Callable[[dict[str, Any]], None]


def campaign(policy: dict[str, Any], **change: Any) -> tuple[Terms, Manifest]:
    """A campaign with the usual stakes of its policy."""
    info = policy_info({"policy": policy})
    pay = read_pay({"mr": "1 GEM", "z": 1}, info)
    parties = {"requester": who("requester"), "hub": who("payer"), "ends": (DAY + 9) * audit.DAY_S}
    terms = pay.terms(**{**parties, **change})
    manifest = Manifest.from_json(
        {
            "title": "Numbers", "description": "", "instructions": "", "expected_seconds": 5, "lease_s": 60,
            "module": {"name": "m", "version": "1", "family": "choice", "difficulty": "easy",
                       "config": proof.CONFIG},
            "policy": {"name": info.name, "panel": info.panel, "quorum": info.quorum,
                       "params": dict(info.params)},
            "languages": [], "content_warning": "", "gold_root": "0x" + "00" * 32,
        }
    )  # fmt: skip
    return terms, manifest


def receipt_of(evidence: VerdictEvidence, day: int, by: str = "hub") -> dict[str, Any]:
    """What the platform signed when the batch with the answer came."""
    batch = evidence.submission.batch
    message = BatchReceipt(batch.root, batch.count, day * audit.DAY_S + 5)
    return {"message": message.to_json(), "signature": "0x" + message.sign(CAMPAIGNS, key(by)).hex()}


def packed(terms: Terms, manifest: Manifest, evidence: VerdictEvidence) -> dict[str, Any]:
    """As the platform gives it out."""
    offer = Offer(terms.campaign_id(), manifest.manifest_hash())
    return {
        "terms": terms.to_json(),
        "manifest": manifest.to_json(),
        "evidence": evidence_json.to_json(evidence),
        "domain": {"chain_id": CAMPAIGNS.chain_id, "contract": CAMPAIGNS.contract},
        "hub": who("hub"),
        "receipt": receipt_of(evidence, DAY),
        "offer_signature": "0x" + offer.sign(CAMPAIGNS, key("requester")).hex(),
    }


def blind(**answers: int) -> dict[str, Any]:
    """An Evidence verdict; names are verifiers of high accuracy."""
    terms, manifest = campaign({"name": "evidence"})
    policy = policy_for(manifest.policy, terms)
    known = dict.fromkeys(answers, proof.EXPERT)
    return packed(
        terms, manifest, proof.answered(answers, policy=policy, terms=terms, who_is=known, audit=None)
    )


def drawn(seed_last: bytes | None = None, **reveal: Any) -> dict[str, Any]:
    """A GIRM verdict of a newcomer, whose audits are certain; nobody voted in time."""
    tip = (
        {}
        if seed_last is None
        else {"seed_tip": seed_tip(seed_last, DAY * audit.DAY_S, (DAY + 9) * audit.DAY_S)}
    )
    terms, manifest = campaign({"name": "girm"}, **tip)
    seed = bytes(32) if seed_last is None else seed_of(seed_last, DAY, terms.ends)
    shown = AuditReveal(**{"secret": proof.SECRET, "seed": seed, "day": DAY, **reveal})
    votes = {"a": True, "b": True, "c": True, "d": False, "e": True}
    policy = policy_for(manifest.policy, terms)
    return packed(terms, manifest, proof.voted(votes, policy=policy, terms=terms, audit=shown))


def late_receipt(day: int, by: str = "hub") -> dict[str, Any]:
    """A draw with a receipt of another day, or of somebody else's."""
    value = drawn()
    return value | {"receipt": receipt_of(evidence_json.from_json(value["evidence"]), day, by)}


def told(value: dict[str, Any]) -> str:
    """Everything that a look at the file says."""
    found = look(audit_file_of(json.loads(json.dumps(value))))
    return "\n".join(found.lines) + ("" if found.verdict else "\nUNFAIR")


def test_an_accepted_blind_verdict_is_told_step_by_step() -> None:
    said = told(blind(a=0))
    assert "signed by the requester" in said and "Round 0: 1 verifier, not the miner" in said
    assert "gave the miner's answer, blind" in said and "the miner's answer is now right with" in said
    assert "Verdict: accepted; the verifiers' votes decide" in said


def test_an_adopted_answer_is_named() -> None:
    said = told(blind(a=1, b=1))
    assert "Verdict: rejected" in said and "verifiers' answer stands" in said


def test_a_draw_is_recomputed_with_the_seed_of_its_day() -> None:
    said = told(drawn(b"\x05" * 32))
    assert f"Seed: that of day {DAY}" in said and "audited below 1000000: drawn" in said
    assert "Verdict: accepted" in said and "Seed: zero" in told(drawn())


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (drawn(secret=b"\x01" * 32), "not the one the platform committed to"),
        (drawn(b"\x05" * 32, seed=b"\x04" * 32), "not of the requester's chain"),
        (drawn(day=DAY - 1), "seed of another day"),
        (late_receipt(DAY + 1), "seed of another day"),
        (late_receipt(DAY, by="thief"), "not signed by the party"),
        (blind(a=0, b=0), "after the verdict"),
    ],
)
def test_a_wrong_draw_or_a_needless_verifier_is_not_fair(value: dict[str, Any], why: str) -> None:
    said = told(value)
    assert said.endswith("UNFAIR") and why in said


def _other_policy(value: dict[str, Any]) -> None:
    value["manifest"]["policy"]["params"]["theta_ppm"] = 990_000


def _other_terms(value: dict[str, Any]) -> None:
    value["terms"]["mr"] = "5"


def _other_hub(value: dict[str, Any]) -> None:
    value["hub"] = who("somebody")


def _other_answer(value: dict[str, Any]) -> None:
    value["evidence"]["votes"][0]["answer"] = proof.answer(2)


def _no_votes(value: dict[str, Any]) -> None:
    value["evidence"]["votes"][0]["vote"]["accept"] = False


def _better_note(value: dict[str, Any]) -> None:
    value["evidence"]["notes"][0]["message"]["gold"] = 900


@pytest.mark.parametrize(
    "change", [_other_policy, _other_terms, _other_hub, _other_answer, _no_votes, _better_note]
)
def test_any_forged_part_is_found(change: Change) -> None:
    value = blind(a=0)
    change(value)
    assert told(value).endswith("UNFAIR")


def test_an_assignment_for_less_than_promised_is_not_fair() -> None:
    terms, manifest = campaign({"name": "evidence"})
    policy = policy_for(manifest.policy, terms)
    given = proof.assignment(policy, terms, NEWCOMER, reward=1)
    evidence = replace(
        proof.built(given, answer=proof.answer(0), audit=None),
        panels=(proof.seated(given, 0, ["a"]),),
        votes=(proof.blind(given, 0, "a", 0),),
        notes=(proof.note("miner"), proof.note("a", proof.EXPERT)),
    )
    assert "other pay, stake" in told(packed(terms, manifest, evidence))


def test_the_command_says_fair_unfair_or_unreadable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "verdict.json"
    file.write_text(json.dumps(blind(a=0)))
    assert main(["audit", "verify", str(file)]) == 0
    assert "The verdict is fair." in capsys.readouterr().out
    assert main(["audit", "verify", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accepted"] is True
    value = blind(a=0)
    _other_answer(value)
    file.write_text(json.dumps(value))
    assert main(["audit", "verify", str(file)]) == 1
    assert "NOT FAIR" in capsys.readouterr().out
    for text in ("{", "[]", '{"terms": {}}', json.dumps({**blind(a=0), "hub": 1})):
        file.write_text(text)
        assert main(["audit", "verify", str(file)]) == 2
        assert "cannot be checked" in capsys.readouterr().err
    assert main(["audit", "verify", str(tmp_path / "none.json")]) == 2


def test_it_can_be_held_against_a_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, network = tmp_path / "verdict.json", tmp_path / "network.json"
    file.write_text(json.dumps(blind(a=0)))
    described: dict[str, Any] = dict.fromkeys(("gem", "channels", "hub_payer", "relayer"), "0x" + "11" * 20)
    described |= {
        "name": "n",
        "chain_id": CAMPAIGNS.chain_id,
        "rpc_urls": ["http://127.0.0.1:9"],
        "platform_url": "http://127.0.0.1:9",
        "platform_signer": who("hub"),
        "campaigns": CAMPAIGNS.contract,
        "practice": True,
    }
    network.write_text(json.dumps(described))
    assert main(["audit", "verify", str(file), "--network", str(network)]) == 0
    network.write_text(json.dumps({**described, "platform_signer": who("other")}))
    assert main(["audit", "verify", str(file), "--network", str(network)]) == 1
    assert "another platform" in capsys.readouterr().out
