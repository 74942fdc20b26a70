# SPDX-License-Identifier: Apache-2.0
"""A wallet of a network that is no practice, with a clock and somebody who answers, both in the test's hands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.services.signing import SignerConfig
from gems_desktop.signer.inprocess import InProcessSigner
from gems_desktop.signer.sentences import Question

WORDS = b"test test test test test test test test test test test junk"
OWN = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
RELAYER = "0x" + "77" * 20
FRIEND = "0x" + "5a" * 20
GEM = 10**18
NOON = 1_795_000_000 // 86_400 * 86_400 + 43_200


@dataclass
class Person:
    """Answers the questions and remembers them."""

    says: bool = True
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question, looks: dict[str, Any]) -> bool:
        self.asked.append(question)
        return self.says


@dataclass
class Bench:
    """A stored wallet; `reopen` is a new start of the signer."""

    config: SignerConfig
    person: Person
    time: list[float]

    def signer(self) -> InProcessSigner:
        return InProcessSigner(self.config, confirmer=self.person, clock=lambda: self.time[0])

    async def made(self) -> InProcessSigner:
        signer = self.signer()
        await signer.restore(bytearray(WORDS))
        await signer.protect(bytearray(b"pass"))
        return signer

    async def reopen(self) -> InProcessSigner:
        signer = self.signer()
        await signer.unlock(bytearray(b"pass"))
        return signer

    def file(self, name: str) -> Path:
        return Path(self.config.folder) / name

    def configured(self, **values: Any) -> Bench:
        return Bench(replace(self.config, **values), self.person, self.time)


@pytest.fixture(autouse=True)
def cheap_derivations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little memory for passwords: these tests are not about the cost."""
    import gems_desktop.signer.keystore as keystore
    import gems_desktop.signer.stored_wallet as stored
    import gems_desktop.signer.vault_file as vault

    monkeypatch.setattr(keystore, "_N", 1 << 12)
    for module in (stored, vault):
        monkeypatch.setattr(module, "MEMORY_KIB", 8_192)
        monkeypatch.setattr(module, "PASSES", 1)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    config = SignerConfig(
        str(tmp_path), 31337, "0x" + "11" * 20, "0x" + "22" * 20, "localhost:1", "http://localhost:1",
        (RELAYER,), GEM, gem="0x" + "33" * 20, daily_limit=100 * GEM, payout_delay_s=86_400,
    )  # fmt: skip
    return Bench(config, Person(), [float(NOON)])
