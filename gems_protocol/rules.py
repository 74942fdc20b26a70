# SPDX-License-Identifier: Apache-2.0
"""What one campaign's verdicts are computed by: its terms, its policy, and how its module compares answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gems_protocol import modules
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.keccak import keccak
from gems_protocol.modules.tree import Module
from gems_protocol.verification import Policy, policy_for
from gems_protocol.verification.evidence import OPEN_CLASSES


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one campaign; `config` is its module's labelling config."""

    terms: Terms
    policy: Policy
    family: bytes
    config: str

    @property
    def classes(self) -> int:
        """How many different answers a task can have."""
        return classes_of(self.config)

    def same(self, first: Any, second: Any) -> bool:
        """Whether two answers say the same by the module's own comparison; raises MalformedMessage."""
        module = _module(self.config)
        return modules.agree(
            modules.parse_answer(first, module), modules.parse_answer(second, module), module
        )

    def number(self, answer: Any, earlier: list[Any]) -> int:
        """Which of the earlier answers this one is: 0 the first, the next number when it is none of them."""
        for place, known in enumerate(earlier):
            if self.same(answer, known):
                return place
        return len(earlier)


def rules_of(terms: Terms, manifest: Manifest) -> Rules:
    """The rules of a campaign; raises MalformedMessage when its parts do not fit together."""
    policy = policy_for(manifest.policy, terms)
    return Rules(terms, policy, family_hash(manifest.module.family), manifest.module.config)


def family_hash(family: str) -> bytes:
    """keccak256 of a module family's name, as notes hold it."""
    return keccak(text=family)


@lru_cache(maxsize=64)
def _module(config: str) -> Module:
    return modules.parse(config)


@lru_cache(maxsize=64)
def classes_of(config: str) -> int:
    """The number of options when one choice among them is the whole answer; else a number for open answers."""
    controls = _module(config).controls()
    if len(controls) == 1 and controls[0].tag == "Choices":
        control = controls[0]
        if control.get("choice", "single") != "multiple" and len(control.options) > 1:
            return len(control.options)
    return OPEN_CLASSES
