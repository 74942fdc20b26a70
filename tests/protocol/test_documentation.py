# SPDX-License-Identifier: Apache-2.0
"""docs/protocol.md says what the code does: names, types, fields, bounds and the numbers of its examples."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from eth_utils import keccak

from gems_protocol import evidence_json, merkle, messages
from gems_protocol.audit import SEED_DAYS
from gems_protocol.campaign import Manifest, ModuleInfo, PolicyInfo
from gems_protocol.gold import NEWCOMER_GOLD
from gems_protocol.lines import LineKind
from gems_protocol.messages import BatchSubmission, Domain, Message, Submission
from gems_protocol.signature import address_of
from gems_protocol.task import ALLOWED, TaskState
from gems_protocol.verification import (
    NAMES,
    PARAMS,
    Ballot,
    Standing,
    commissioned,
    evidence,
    girm,
    gram,
    policy_of,
)
from gems_protocol.verification.calibration import SHOWN_FROM
from gems_protocol.verification.evidence import posterior
from tests.helpers.protocol_evidence import EXPERT, voted
from tests.helpers.protocol_terms import terms

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text()
PROSE = " ".join(PAGE.split())


def section(title: str) -> str:
    """The text under a heading, with single spaces."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, title
    return " ".join(found[1].split())


def rows(title: str) -> dict[str, list[str]]:
    """The tables' rows under a heading by their first cell."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, title
    lines = [line.strip("|").split("|") for line in found[1].splitlines() if line.startswith("|")]
    return {line[0].strip(" *`"): [cell.strip() for cell in line[1:]] for line in lines}


def types() -> list[type[Message]]:
    return [
        found
        for found in vars(messages).values()
        if isinstance(found, type) and issubclass(found, Message) and found is not Message
    ]


@pytest.mark.parametrize("message", types(), ids=lambda message: message.__name__)
def test_every_message_is_documented_with_its_type_and_signer(message: type[Message]) -> None:
    text = section(message.__name__)
    assert text.startswith(f"`{message.TYPE}`")
    assert f"Domain {message.DOMAIN}. Signed by " in text


def test_what_each_signature_proves_is_said() -> None:
    table = rows("What a signature proves")
    assert set(table) - {"message", "---"} == {message.__name__ for message in types()}
    assert all(len(cells) == 3 and all(cells) for cells in table.values())


def test_the_worked_example_of_a_batch_is_right() -> None:
    """Recomputed by hand from the page's rules, and by the program."""
    told = {
        name: bytes.fromhex(cells[0].strip("`")) for name, cells in list(rows("A worked example").items())[2:]
    }
    submissions = [Submission(*(bytes([tens + unit]) * 32 for unit in (1, 2, 3))) for tens in (16, 32, 48)]
    domain, key = (
        Domain("GemCampaigns", 31337, "0x000000000000000000000000000000000000ca3f"),
        keccak(text="gems"),
    )
    leaves = [keccak(b"\0" + submission.struct_hash()) for submission in submissions]
    node = keccak(b"\1" + leaves[0] + leaves[1])
    root = keccak(b"\1" + node + leaves[2])
    batch = BatchSubmission(root, 3, b"\x44" * 32, 1_800_000_000)
    head = keccak(text="EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
    place = (31337).to_bytes(32, "big") + bytes(12) + bytes.fromhex(domain.contract[2:])
    separator = keccak(head + keccak(text="GemCampaigns") + keccak(text="1") + place)
    body = root + (3).to_bytes(32, "big") + b"\x44" * 32 + (1_800_000_000).to_bytes(32, "big")
    struct_hash = keccak(keccak(text=BatchSubmission.TYPE) + body)
    assert told == {
        "typeHash of Submission": keccak(text=Submission.TYPE),
        **{f"hashStruct {at}": submission.struct_hash() for at, submission in enumerate(submissions)},
        **{f"leaf {at}": leaf for at, leaf in enumerate(leaves)},
        "node of leaf 0 and leaf 1": node,
        "root: node of that and leaf 2": root,
        "typeHash of BatchSubmission": keccak(text=BatchSubmission.TYPE),
        "hashStruct of the batch": struct_hash,
        "domainSeparator": separator,
        "digest": keccak(b"\x19\x01" + separator + struct_hash),
        "signature": batch.sign(domain, key),
    }
    hashes = [submission.struct_hash() for submission in submissions]
    assert (root, batch.struct_hash(), batch.digest(domain)) == (
        merkle.root(hashes),
        struct_hash,
        told["digest"],
    )
    assert merkle.proofs(hashes) == [[leaves[1], leaves[2]], [leaves[0], leaves[2]], [node]]
    text = section("A worked example")
    (shown,) = re.findall(r"```json (.*?) ```", text)
    assert json.loads(shown) == {"message": batch.to_json(), "signature": "0x" + told["signature"].hex()}
    assert address_of(key) in text


def test_every_state_and_move_and_line_is_documented() -> None:
    life = rows("The life of a task")
    documented = {state: cells[0] for names, cells in life.items() for state in names.split(", ")}
    for state in TaskState:
        cell = documented[state.value]
        moves = {event.__name__ for event in ALLOWED[state]} - {"Cancelled"}
        assert sorted(name for name in moves if name not in cell) == [], state
        named = set(re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b", cell)) & {
            event.__name__ for events in ALLOWED.values() for event in events
        }
        assert named - {"Cancelled"} == moves, state
    assert [kind.value for kind in LineKind if f"`{kind.value}`" not in section("Channels")] == []


def test_every_policy_and_parameter_is_documented_with_its_default() -> None:
    policies, parameters = rows("Policies"), rows("Campaigns")
    assert set(NAMES) <= set(policies)
    assert set(parameters) - {"parameter", "---"} == PARAMS
    defaults = {
        "theta_ppm": evidence.THETA_PPM,
        "audit_ppm": 100_000,
        "factor_ppm": gram.FACTOR_PPM,
        "floor_ppm": 0,
        "entry_tasks": 0,
        "least_grade": 0,
        "hold_s": 0,
        "practice_ppm": 0,
    }
    assert {name: int(parameters[name][-1].replace(",", "")) for name in defaults} == defaults
    assert policy_of("gram", {}) == policy_of("gram", {"audit_ppm": defaults["audit_ppm"]})
    assert f"{commissioned.LARGEST_PPM:,}" in parameters["commission_ppm"][-1]


def test_the_worst_cases_are_those_of_the_table() -> None:
    table, campaign = rows("Policies"), terms()
    mr, vr = campaign.mr, campaign.vr()
    cost = {
        "evidence": ("`Mr + panel * Vr`", mr + vr * 7),
        "consensus": ("`Mr + 2 * panel * Vr`", mr + vr * 4),
        "gram": ("`Mr + 4 Vr`", mr + vr * 4),
        "girm": ("`6 Mr`", mr * 6),
        "commissioned": ("`Mr + Mr * commission_ppm`", mr + mr.share(Fraction(1, 2))),
    }
    for name, (text, amount) in cost.items():
        assert table[name][-1] == text
        assert policy_of(name, {}).worst_case(campaign) == amount


def test_the_fields_of_evidence_and_manifest_are_documented() -> None:
    proof = section("Verdict evidence")
    value = evidence_json.to_json(voted({"a": True}, policy=policy_of("consensus", {}), terms=terms()))
    parts = [*value, *value["submission"], *value["votes"][0], "secret", "seed", "day"]
    assert [name for name in parts if f'"{name}"' not in proof] == []
    bounds = f"{evidence_json.MAX_PANELS} panels, {evidence_json.MAX_VOTES} votes, {evidence_json.MAX_VOTES + 1} notes"
    assert bounds in proof
    assert f"proofs of {evidence_json.MAX_PROOF} hashes" in proof
    fields = [
        *(Manifest.__dataclass_fields__.keys() - {"spelled_out"}),
        *PolicyInfo.__dataclass_fields__,
        *ModuleInfo.__dataclass_fields__,
    ]
    assert [name for name in fields if f'"{name}"' not in section("Campaigns")] == []


def test_the_examples_of_evidence_are_right() -> None:
    text = section("Evidence")
    assert (EXPERT.accuracy, Standing().accuracy) == (Fraction(12, 13), Fraction(2, 3))
    both = posterior([Ballot(True, 0, EXPERT.accuracy)], Standing().accuracy, 3)[0]
    apart = posterior([Ballot(False, 1, EXPERT.accuracy)], Standing().accuracy, 3)
    assert f"{both * 74}/74 if they agree" in text
    assert f"{apart[1] * 23}/23 for the expert's and {apart[0] * 23}/23 for the newcomer's" in text
    assert f"else {evidence.OPEN_CLASSES}." in text
    assert f"at least {SHOWN_FROM} known answers" in text


def test_the_numbers_of_audits_gold_and_girm_are_right() -> None:
    assert f"a chain of {SEED_DAYS}" in section("The audit draw")
    assert f"`{SEED_DAYS - 1} - (floor(ends / 86400) - d)`" in section("The audit draw")
    assert f"until {NEWCOMER_GOLD} of them were known" in section("Gold")
    numbers = section("GRAM and GIRM in numbers")
    assert (round(girm.fee_ppm(9), -4), girm.audit_ppm(10) // 10_000) == (690_000, 42)
    assert '"69 % fee, 42 % audit", mixes f(9) and p(10)' in numbers
    for plain in (
        "exactly 1 Mr at N = 0",
        "a guesser between two classes keeps half",
        f"{gram.FACTOR_PPM:,}",
    ):
        assert plain in numbers
    assert "GRAM and GIRM deter, they do not correct honest errors" in PROSE
