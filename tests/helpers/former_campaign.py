# SPDX-License-Identifier: Apache-2.0
"""One campaign as two earlier versions signed it: its hashes and signatures were made by their code, not by ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

CAMPAIGN_ID = "0x6c5ca2ee30cfba53592c2f7dd9629a570d10b6beb0a17173f69a5424bdc43b71"
TASK = {"text": "It rains."}
HUB = "0x893484a978033c80f3c57da77ad9dc50ef326af3"
TERMS: dict[str, Any] = {
    "requester": "0x53b70be1ff0b5a073af099e1fee6791b0f97c273", "hub": HUB, "mr": "500000000000000000",
    "ms": "0", "vs": "0", "floor": "100000000000000000", "z": 5, "panel": 3, "quorum": 2, "rounds": 3,
    "redo": "3600", "window": "259200", "ends": "1802592000", "verifier_root": "0x" + "00" * 32,
    "seed_tip": "0x" + "00" * 32, "arbiter": "0x" + "00" * 20,
    "content_root": "0x94ac1594115b8b1f65414af7ca8b8ce9587e2cfa2c9f033357b8b873e3cee59e",
    "salt": "0x" + "07" * 32,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """A manifest with its hash and the requester's signature over its offer (chain 31337, contract 0x33...)."""

    manifest: dict[str, Any]
    manifest_hash: str
    offer_signature: str


_SHORT: dict[str, Any] = {
    "title": "Moods", "description": "Say whether a sentence is good or bad.", "instructions": "Choose one.",
    "module": {
        "name": "sentiment", "version": "1", "family": "text-classification", "difficulty": "easy",
        "config": '<View><Text name="text" value="$text"/><Choices name="mood" toName="text">'
        '<Choice value="good"/><Choice value="bad"/></Choices></View>',
    },
    "policy": {"name": "consensus", "panel": 2, "quorum": 2},
    "expected_seconds": 5, "lease_s": 86400, "languages": ["en"], "content_warning": "",
}  # fmt: skip

#: Before there were parameters of policies and known answers.
LEFT_OUT = Signed(
    _SHORT,
    "0x011b17388fcb9f1c3489a9068c6f70641e8acdbed5398e372f69adf8492e52dc",
    "0xaa38409f18585027fe38c8e605b822ae87e6436a4ae0c3e497ae7bf805ec5e6f"
    "275c64428e96487f1f8dfedc45e62204a29f0408199712e7ff6be3bff73c35f51b",
)
#: When both were always written.
SPELLED_OUT = Signed(
    {**_SHORT, "policy": {**_SHORT["policy"], "params": {}}, "gold_root": "0x" + "00" * 32},
    "0xa0ed9d1cb20ec025de85833aa78869f578e24086501f754a2a131e81faffe5d9",
    "0x17b20f0ef7bb940d6e9177e23655635faef4cddb7ef947eb7149bd2c914a02ae"
    "534674fd584000256ac2cf4f8838306e1c2bd0f0c2bad16b27fcd962829835411b",
)
