# SPDX-License-Identifier: Apache-2.0
"""The address book of a chain: where the contracts are, since which block, and from which source they came."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gems_desktop.deploying.faults import BadBook
from gems_desktop.deploying.plan import Addresses
from gems_desktop.deploying.whole import write_whole
from gems_protocol.contracts import NAMES, artefact
from gems_protocol.contracts.deployed import Place, code_hash, expected_code

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "networks"
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.ASCII)
_HASH = re.compile(r"0x[0-9a-f]{64}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MOST = 65_536


@dataclass(frozen=True, slots=True)
class Entry:
    """One contract; block and tx are None where the deployment did not make it itself. Hashes as 0x-hex."""

    address: str
    block: int | None
    tx: str | None
    code_hash: str
    source_sha256: str
    compiler: str


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that a chain's address book says; `at` is Unix seconds."""

    chain_id: int
    deployer: str
    at: int
    contracts: dict[str, Entry]

    @property
    def addresses(self) -> Addresses:
        """Where the contracts are that a network's description names."""
        return Addresses(*(self.contracts[name].address for name in ("Gem", "Channels", "Campaigns")))

    @property
    def places(self) -> tuple[Place, ...]:
        """The contracts with what they were made with."""
        where = {name: self.contracts[name].address for name in NAMES}
        other = {"Campaigns": where["Judge"], "Judge": where["Campaigns"]}
        return tuple(
            Place(name, self.chain_id, address, where["Gem"], other.get(name, ""))
            for name, address in where.items()
        )


def entry(place: Place, block: int | None, tx: str | None) -> Entry:
    """The entry of a contract that stands there, exactly."""
    made = artefact(place.name)
    return Entry(
        place.address,
        block,
        tx,
        code_hash(expected_code(place)),
        made["source_sha256"],
        made["compiler"],
    )


def usual_path(chain_id: int) -> Path:
    """Where the book of a chain is kept when no other file is named."""
    return FOLDER / f"{chain_id}.json"


def write_book(path: Path, book: Book) -> None:
    """Write a new book; raises BadBook rather than write over one."""
    told = {"chain_id": book.chain_id, "deployer": book.deployer, "at": book.at}
    contracts = {name: asdict(book.contracts[name]) for name in NAMES}
    write_whole(path, json.dumps({**told, "contracts": contracts}, indent=1) + "\n", new=True)


def read_book(path: Path) -> Book:
    """The book in a file; raises BadBook."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _bad(path, "the address book cannot be read") from error
    try:
        if len(raw) > _MOST:
            raise ValueError("too large")
        return _book(json.loads(raw))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _bad(path, "this is no address book") from error


def _book(told: Any) -> Book:
    found = Book(
        _number(told["chain_id"]),
        _fits(_ADDRESS, told["deployer"]),
        _number(told["at"]),
        {name: _entry(told["contracts"][name]) for name in NAMES},
    )
    if set(told["contracts"]) != set(NAMES):
        raise ValueError("other contracts")
    return found


def _entry(told: Any) -> Entry:
    block, tx = told["block"], told["tx"]
    return Entry(
        _fits(_ADDRESS, told["address"]),
        None if block is None else _number(block),
        None if tx is None else _fits(_HASH, tx),
        _fits(_HASH, told["code_hash"]),
        _fits(_DIGEST, told["source_sha256"]),
        str(told["compiler"]),
    )


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 64:
        raise ValueError("not a number")
    return value


def _fits(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("not of its form")
    return value


def _bad(path: Path, what: str) -> BadBook:
    return BadBook(path, what, "Name the file that gems contracts deploy wrote, with --book.")
