# SPDX-License-Identifier: Apache-2.0
"""The public EAS SDK from npm checks what we issue, and makes the vectors that we check (needs npm's registry)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from eth_utils import keccak

from gems_protocol.attestation.bundle import bundle
from gems_protocol.attestation.schema import NO_EVIDENCE, OutcomeClaim, RecordClaim, root_of

HERE = Path(__file__).resolve().parent
FILES = ("package.json", "package-lock.json", "verify.mjs", "make_vectors.mjs")
CHANGES = 20  # that verify.mjs makes to each attestation
KEY, WORKER, CHAIN, NOW = keccak(text="issuer"), "0x" + "a1" * 20, 31_337, 1_800_000_000


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this folder with the SDK installed as the lock says."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm on this machine")
    folder = tmp_path_factory.mktemp("eas")
    for name in FILES:
        shutil.copy(HERE / name, folder)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return folder


def node(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["node", *arguments], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_lock_names_no_addresses() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: told for name, told in lock["packages"].items() if name}
    assert packages and all("resolved" not in told and told["integrity"] for told in packages.values())


@pytest.mark.long
def test_the_sdk_verifies_what_we_issue_and_refuses_what_was_changed(sdk: Path) -> None:
    claims = [
        OutcomeClaim(
            keccak(text="c"), 0, 0, "ocr", "easy", "0x" + "cd" * 20, True, True, NOW, False, keccak(text="e")
        ),
        OutcomeClaim(
            keccak(text="d"), 7, 2, "détection", "", "0x" + "ef" * 20, False, False, NOW, True, NO_EVIDENCE
        ),
    ]
    issued = [claim.attestation(WORKER, CHAIN).sign(KEY) for claim in claims]
    root = root_of([one.attestation.uid() for one in issued])
    record = RecordClaim(2, 1, 1, 2, root).attestation(WORKER, CHAIN, NOW).sign(KEY)
    value = bundle(WORKER, [("Home", CHAIN, record.to_json(), [one.to_json() for one in issued])])
    (sdk / "bundle.json").write_text(json.dumps(value), "utf-8")
    told = json.loads(node(sdk, "verify.mjs", "bundle.json"))
    assert (told["verified"], told["refused"]) == (3, 3 * CHANGES)
    for shown, claim in zip(told["outcomes"], claims, strict=True):
        assert shown["campaignId"] == "0x" + claim.campaign_id.hex()
        assert (shown["index"], shown["attempt"]) == (str(claim.index), str(claim.attempt))
        assert (shown["family"], shown["difficulty"]) == (claim.family, claim.difficulty)
        assert shown["requester"].lower() == claim.requester
        assert (shown["accepted"], shown["firstTry"], shown["gold"]) == (
            claim.accepted,
            claim.first_try,
            claim.gold,
        )
        assert (shown["judgedAt"], shown["evidence"]) == (str(claim.judged_at), "0x" + claim.evidence.hex())


@pytest.mark.long
def test_the_stored_vectors_are_what_the_sdk_makes(sdk: Path) -> None:
    made = json.loads(node(sdk, "make_vectors.mjs"))
    assert made == json.loads((HERE / "vectors.json").read_text("utf-8"))
