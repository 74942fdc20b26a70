# SPDX-License-Identifier: Apache-2.0
"""Terms, manifests and task data: read strictly, hashed once, and funded for what their policy can cost."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from gems_protocol import merkle
from gems_protocol.campaign import NO_GOLD, Manifest, PolicyInfo, Terms, content_root, input_hash, task_bytes
from gems_protocol.errors import MalformedMessage
from gems_protocol.messages import Domain, Offer, signature_from_hex
from gems_protocol.verification import policy_for, policy_of
from tests.helpers.former_campaign import CAMPAIGN_ID, LEFT_OUT, SPELLED_OUT, TERMS, Signed
from tests.helpers.protocol_terms import terms, who

CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})

MANIFEST: dict[str, Any] = {
    "title": "Birds", "description": "", "instructions": "Look.", "expected_seconds": 20, "lease_s": 3600,
    "module": {"name": "m", "version": "1", "family": "choice", "difficulty": "easy", "config": "<View/>"},
    "policy": {"name": "consensus", "panel": 2, "quorum": 2, "params": {"hold_s": 60}}, "languages": ["en"],
    "content_warning": "", "gold_root": "0x" + "00" * 32,
}  # fmt: skip


def test_manifests_are_read_strictly_and_hashed() -> None:
    manifest = Manifest.from_json(MANIFEST)
    assert manifest.to_json() == MANIFEST
    assert Manifest.from_json(json.loads(manifest.canonical())).manifest_hash() == manifest.manifest_hash()
    assert policy_for(manifest.policy, terms()) == CONSENSUS
    changes: list[dict[str, Any]] = [
        {"title": 1}, {"languages": [1]}, {"lease_s": 1}, {"policy": {}}, {"x": 1}, {"module": []},
        {"gold_root": "0x"}, {"gold_root": None},
    ]  # fmt: skip
    wrong: list[Any] = [{"x": 1.5}, {"x": -1}, {"x": True}, {"x": 1 << 32}, {"hold_s": 31 * 86_400}, [], None]
    changes += [{"policy": {**MANIFEST["policy"], "params": params}} for params in wrong]
    for change in changes:
        with pytest.raises(MalformedMessage):
            Manifest.from_json({**MANIFEST, **change})
    assert (manifest.policy.hold_s, PolicyInfo("consensus", 2, 2).hold_s) == (60, 0)


@pytest.mark.parametrize("signed", [LEFT_OUT, SPELLED_OUT])
def test_a_manifest_is_written_as_it_was_signed(signed: Signed) -> None:
    manifest = Manifest.from_json(signed.manifest)
    assert manifest.to_json() == signed.manifest
    assert "0x" + manifest.manifest_hash().hex() == signed.manifest_hash
    assert "0x" + Terms.from_json(TERMS).campaign_id().hex() == CAMPAIGN_ID
    offer = Offer(Terms.from_json(TERMS).campaign_id(), manifest.manifest_hash())
    domain = Domain("GemCampaigns", 31337, "0x" + "33" * 20)
    offer.check(domain, signature_from_hex(signed.offer_signature), TERMS["requester"])


def test_what_says_nothing_is_left_out_of_new_manifests() -> None:
    old, spelled = (Manifest.from_json(signed.manifest) for signed in (LEFT_OUT, SPELLED_OUT))
    assert old == spelled and (old.gold_root, old.policy) == (NO_GOLD, PolicyInfo("consensus", 2, 2))
    new = replace(spelled, spelled_out=frozenset())
    assert new.to_json() == LEFT_OUT.manifest
    gold = replace(new, gold_root=bytes([7]) * 32, policy=replace(new.policy, params={"hold_s": 60}))
    assert Manifest.from_json(gold.to_json()) == gold
    assert gold.to_json()["gold_root"] == "0x" + "07" * 32
    assert gold.to_json()["policy"]["params"] == {"hold_s": 60}
    half = {**LEFT_OUT.manifest, "gold_root": "0x" + "00" * 32}
    assert Manifest.from_json(half).to_json() == half
    wrong: list[Any] = [[], None, "params", {**LEFT_OUT.manifest, "policy": None}]
    for value in wrong:
        with pytest.raises(MalformedMessage):
            Manifest.from_json(value)


def test_parameters_that_a_version_does_not_know_are_refused() -> None:
    with pytest.raises(MalformedMessage, match="parameters"):
        policy_for(PolicyInfo("consensus", 2, 2, {"luck_ppm": 1}), terms())


def test_the_escrow_has_to_cover_the_policy() -> None:
    info = Manifest.from_json(
        {**MANIFEST, "policy": {"name": "girm", "panel": 5, "quorum": 3, "params": {}}}
    ).policy
    with pytest.raises(MalformedMessage):
        policy_for(info, terms())
    assert policy_for(info, terms(z=1)).name == "girm"


def test_terms_are_read_strictly() -> None:
    good = terms()
    assert Terms.from_json(good.to_json()) == good
    assert good.cost() == good.mr + good.vr() * 6
    bad: list[dict[str, Any]] = [
        {"mr": 1}, {"mr": "01"}, {"mr": str(1 << 128)}, {"z": 0}, {"z": 11}, {"panel": 2}, {"panel": 9},
        {"quorum": 1}, {"quorum": 4}, {"rounds": 0}, {"rounds": 4}, {"hub": "0x"}, {"salt": "0x"}, {"z": True},
        {"ends": str(1 << 64)},
    ]  # fmt: skip
    for change in bad:
        with pytest.raises(MalformedMessage):
            Terms.from_json({**good.to_json(), **change})
    with pytest.raises(MalformedMessage):
        Terms.from_json({"requester": who("r")})


def test_task_data_is_hashed_in_order() -> None:
    tasks = [{"image": "a"}, {"image": "b"}]
    root = content_root(tasks)
    leaves = [input_hash(data) for data in tasks]
    assert merkle.verify(root, leaves[1], 1, 2, merkle.proofs(leaves)[1])
    assert root != content_root(tasks[::-1])
    with pytest.raises(MalformedMessage):
        task_bytes({"text": "x" * 64_000})
