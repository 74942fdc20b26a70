# SPDX-License-Identifier: Apache-2.0
"""Bills: the hub's signed word on which tasks a Spend pays, checked before it is signed and kept beside the campaign.

Should the hub take the money of one of them once more in the escrow, the bill that names it is shown on chain.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_protocol import canonical, merkle
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage
from gems_protocol.messages import Bill, Domain, hash_from_hex, signature_from_hex, task_key
from gems_protocol.network import Network
from gems_protocol.signature import recover

_MOST = 500_000_000
_UNSIGNED = "No Spend was signed and no money moved."


class BillRefused(GemsError):
    """A bill that does not say what a Spend pays, so that none is signed."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The platform's bill for this campaign was refused: {what}",
            safe=_UNSIGNED,
            action="Ask again later; if it stays so, tell the platform's operator.",
        )


class BillsNotKept(GemsError):
    """The campaign's bills cannot be written or read on this computer."""


@dataclass(frozen=True, slots=True)
class KeptBill:
    """A bill that was checked, with every task key that it names, ascending."""

    bill: Bill
    signature: bytes
    keys: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class BillProof:
    """That a bill names a task, as the contract takes it: the key is leaf `index` of the bill's `count`."""

    bill: Bill
    signature: bytes
    key: bytes
    index: int
    path: tuple[bytes, ...]

    @property
    def place(self) -> tuple[int, int, list[bytes]]:
        """The contract's struct Path: (index, count, hashes)."""
        return self.index, self.bill.count, list(self.path)

    def signer(self, domain: Domain) -> str:
        """The hub's key that signed the bill; it may have another one by now."""
        return recover(self.bill.digest(domain), self.signature)


def keys_of(campaign_id: bytes, lines: list[dict[str, Any]]) -> tuple[bytes, ...]:
    """The task keys of the lines of `spend-due`, each once, ascending; raises BillRefused."""
    places = set()
    for line in lines:
        index, attempt = line["index"], line["attempt"]
        if type(index) is not int or type(attempt) is not int:
            raise BillRefused("a line names no task.")
        if not 0 <= index < 1 << 32 or not 0 <= attempt < 1 << 8:
            raise BillRefused("a line names no task.")
        places.add((index, attempt))
    return tuple(sorted(task_key(campaign_id, index, attempt) for index, attempt in places))


def checked(due: dict[str, Any], network: Network, campaign_id: str, before: KeptBill | None) -> KeptBill:
    """The bill of an answer to `spend-due` whose sum was checked already.

    before: the newest one that is kept. Raises BillRefused unless the hub signed exactly the sum and the tasks of
    the lines, and left out nothing that it named before.
    """
    told = due.get("bill")
    if not isinstance(told, dict):
        raise BillRefused("there is none.")
    try:
        bill = Bill.from_json(told["message"])
        signature = signature_from_hex(told["signature"])
        bill.check(network.campaigns_domain, signature, network.platform_signer)
    except BadSignature as error:
        raise BillRefused("the hub did not sign it.") from error
    except (MalformedMessage, KeyError) as error:
        raise BillRefused("it is malformed.") from error
    keys = keys_of(bill.campaign_id, due["lines"])
    if bill.campaign_id != bytes.fromhex(campaign_id[2:]):
        raise BillRefused("it is of another campaign.")
    if bill.spent != int(due["spent"]):
        raise BillRefused("its sum is not the one that is asked for.")
    if not keys or bill.count != len(keys) or bill.root != merkle.root(keys):
        raise BillRefused("it does not name exactly the tasks of its lines.")
    if before is not None and not set(before.keys) <= set(keys):
        raise BillRefused("it leaves out a task that an earlier bill named.")
    return KeptBill(bill, signature, keys)


def path_of(folder: Path, campaign_id: str) -> Path:
    """Where a campaign's bills are."""
    return folder / f"{campaign_id}.bills.json"


def read_bills(folder: Path, campaign_id: str) -> list[KeptBill]:
    """Every bill that was kept, oldest first; raises BillsNotKept for a damaged file."""
    path = path_of(folder, campaign_id)
    found: list[KeptBill] = []
    keys: set[bytes] = set()
    try:
        for value in canonical.loads(path.read_bytes(), _MOST)["bills"]:
            keys |= {hash_from_hex(key) for key in value["fresh"]}
            bill, every = Bill.from_json(value["message"]), tuple(sorted(keys))
            if bill.root != merkle.root(every) or bill.count != len(every):
                raise MalformedMessage("A bill is not that of its tasks.")
            found.append(KeptBill(bill, signature_from_hex(value["signature"]), every))
    except FileNotFoundError:
        return []
    except (OSError, MalformedMessage, KeyError, TypeError, ValueError) as error:
        raise BillsNotKept(
            f"The file {path} with the campaign's bills is damaged.",
            safe=_UNSIGNED,
            action="Put back a copy of it. Without one move it away: the next bill names every task again.",
        ) from error
    return found


def keep_bill(folder: Path, campaign_id: str, kept: KeptBill) -> None:
    """Add a bill to its campaign's, whole or not at all; the newest one again changes nothing.

    Each is stored with the tasks that it added. Raises BillsNotKept.
    """
    earlier = read_bills(folder, campaign_id)
    if earlier and earlier[-1].bill == kept.bill:
        return
    values, before = [], set[bytes]()
    for one in (*earlier, kept):
        fresh = [key for key in one.keys if key not in before]
        before.update(fresh)
        values.append(
            {
                "message": one.bill.to_json(),
                "signature": "0x" + one.signature.hex(),
                "fresh": ["0x" + key.hex() for key in fresh],
            }
        )
    path = path_of(folder, campaign_id)
    fresh_file = path.with_suffix(".new")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with open(os.open(fresh_file, mode, 0o600), "w", encoding="utf-8") as out:
            json.dump({"bills": values}, out)
            out.flush()
            os.fsync(out.fileno())
        fresh_file.replace(path)
    except OSError as error:
        raise BillsNotKept(
            f"The file {path} with the campaign's bills cannot be written: {error.strerror or error}.",
            safe=_UNSIGNED,
            action="Make room for it, or give another folder with --private.",
        ) from error


def proof_of(folder: Path, campaign_id: str, key: bytes, redeemed: int | None = None) -> BillProof | None:
    """The newest kept bill that names the task `key`, with the path to its root; None when none does.

    redeemed: base units that the hub has taken on chain; only bills up to that sum count then.
    """
    for one in reversed(read_bills(folder, campaign_id)):
        if key in one.keys and (redeemed is None or one.bill.spent <= redeemed):
            index = one.keys.index(key)
            return BillProof(one.bill, one.signature, key, index, tuple(merkle.proofs(one.keys)[index]))
    return None
