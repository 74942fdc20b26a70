# SPDX-License-Identifier: Apache-2.0
"""What a deployment has signed, on disk before it is sent: after a cut the same transactions are found again, and
none is made twice."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gems_desktop.deploying.faults import BadBook
from gems_desktop.deploying.whole import write_whole


@dataclass(frozen=True, slots=True)
class Sent:
    """A signed transaction: its hash and bytes as 0x-hex, and its highest fee in wei per gas."""

    tx: str
    raw: str
    fee: int


@dataclass(frozen=True, slots=True)
class Which:
    """What makes two runs the same deployment; addresses lowercase 0x-hex, gem "" for a new one."""

    chain_id: int
    deployer: str
    holder: str
    gem: str
    sources: tuple[str, ...]


@dataclass(slots=True)
class Journal:
    """The notes of one deployment; without a file they are forgotten at the end."""

    which: Which
    first_nonce: int
    path: Path | None = None
    sent: dict[str, list[Sent]] = field(default_factory=dict)

    def note(self, name: str, one: Sent) -> None:
        """Write down what is about to be sent for a contract."""
        self.sent.setdefault(name, []).append(one)
        self.keep()

    def keep(self) -> None:
        """Put the notes on the disk."""
        if self.path is not None:
            write_whole(self.path, self._text())

    def end(self) -> None:
        """The address book says it all now."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _text(self) -> str:
        told = {
            "chain_id": self.which.chain_id,
            "deployer": self.which.deployer,
            "holder": self.which.holder,
            "gem": self.which.gem,
            "sources": list(self.which.sources),
            "first_nonce": self.first_nonce,
            "sent": {
                name: [{"tx": one.tx, "raw": one.raw, "fee": str(one.fee)} for one in all_of]
                for name, all_of in self.sent.items()
            },
        }
        return json.dumps(told, indent=1) + "\n"


def taken_up(path: Path, which: Which) -> Journal | None:
    """The notes of this deployment if it was cut off before; raises BadBook for those of another one."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _bad(path, "the notes of a deployment cannot be read") from error
    try:
        found = _journal(path, told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _bad(path, "the notes of a deployment are malformed") from error
    if found.which != which:
        raise _bad(path, "these are the notes of another deployment")
    return found


def _journal(path: Path, told: Any) -> Journal:
    which = Which(
        int(told["chain_id"]), told["deployer"], told["holder"], told["gem"], tuple(told["sources"])
    )
    sent = {
        str(name): [Sent(one["tx"], one["raw"], int(one["fee"])) for one in all_of]
        for name, all_of in told["sent"].items()
    }
    return Journal(which, int(told["first_nonce"]), path, sent)


def _bad(path: Path, what: str) -> BadBook:
    return BadBook(path, what, "Look at it, and move it aside if it is not needed any more.")
