# SPDX-License-Identifier: Apache-2.0
"""The policy's file: readable by anybody, but only the wallet itself can write one that counts.

Two lines: the HMAC-SHA256 of the second line, under a key that comes from the wallet's; and the state as JSON.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gems_desktop.services.errors import StoreUnreadable
from gems_desktop.services.signing import SignerConfig
from gems_desktop.signer import policy
from gems_desktop.signer.policy import Entry, State
from gems_desktop.signer.vault_file import SealedWallet, VaultFile, write_durably

_VERSION = 1
_MAX_BYTES = 1_000_000
_PURPOSE = b"gems policy 1"


def policy_key(key: bytearray) -> bytearray:
    """The key that authenticates the file (HKDF-SHA256 of the private key)."""
    return bytearray(HKDF(SHA256(), 32, None, _PURPOSE).derive(bytes(key)))


class PolicyFile:
    """policy.json of a profile, and the number in its vault below which the file must not fall."""

    def __init__(self, folder: Path, vault: VaultFile) -> None:
        self.path = folder / "policy.json"
        self._vault = vault

    def load(self, key: bytearray, wallet: SealedWallet, config: SignerConfig, clock: int) -> State:
        """The state; a distrusted one when the file is missing, edited or older than the wallet knows."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            raw = None
        except OSError as error:
            raise StoreUnreadable from error
        floor = wallet.floor
        mark = _floor_mac(key, wallet.address, floor)
        known_floor = hmac.compare_digest(mark, wallet.floor_mac)
        never_kept = wallet.version == 1 and floor == 0 and not wallet.floor_mac
        if raw is None and never_kept:
            return policy.begin(config)
        state = _read(raw, key, wallet.address) if raw is not None else None
        if state is None or not (known_floor or never_kept) or state.generation < floor:
            return policy.doubted(config, max(floor, 0 if state is None else state.generation), clock)
        return policy.here(state, config)

    def save(self, state: State, key: bytearray, address: str) -> None:
        """Write the state durably, then raise the vault's number; raises DiskFull, StoreUnreadable."""
        body = _to_line(state, address)
        mac = hmac.digest(key, body, "sha256").hex().encode()
        write_durably(self.path, mac + b"\n" + body + b"\n")
        wallet = self._vault.read()
        if wallet is not None and wallet.floor < state.generation:
            self._vault.raise_floor(wallet, state.generation, _floor_mac(key, address, state.generation))


def _floor_mac(key: bytearray, address: str, floor: int) -> bytes:
    return hmac.digest(key, f"floor {address} {floor}".encode(), "sha256")


def _to_line(state: State, address: str) -> bytes:
    value = {**asdict(state), "daily_limit": str(state.daily_limit), "spent": str(state.spent)}
    value["debits"] = [[name, str(debited)] for name, debited in state.debits]
    return json.dumps({"version": _VERSION, "address": address, **value}, sort_keys=True).encode()


def _read(raw: bytes, key: bytearray, address: str) -> State | None:
    if len(raw) > _MAX_BYTES:
        return None
    mac, _, rest = raw.partition(b"\n")
    body = rest.removesuffix(b"\n")
    if not hmac.compare_digest(hmac.digest(key, body, "sha256").hex().encode(), mac):
        return None
    try:  # what the wallet wrote itself; only another version of it can be read wrongly
        value: dict[str, Any] = json.loads(body)
        if value.pop("version") != _VERSION or value.pop("address") != address:
            return None
        state = State(**value)
        return replace(
            state,
            daily_limit=int(value["daily_limit"]),
            spent=int(value["spent"]),
            debits=tuple((str(name), int(debited)) for name, debited in value["debits"]),
            book=tuple(Entry(**entry) for entry in value["book"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
