# SPDX-License-Identifier: Apache-2.0
"""The vault: one small file with the wallet sealed behind a password or a key in the keyring."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gems_desktop.hardening import NO_LINK
from gems_desktop.services.errors import DiskFull, NewerVault, StoreUnreadable, VaultDamaged, WrongPassword

VERSION = 2  # 1 held sixteen bytes of English words and the key; it still opens
MEMORY_KIB = 65_536  # 64 MiB: 0.3 s on the reference machine, costly for a guesser
PASSES = 3
LANES = 4
_LIMITS = {"memory_kib": (8_192, 1_048_576), "passes": (1, 32), "lanes": (1, 16)}
_HEX = re.compile(r"([0-9a-f]{2}){1,512}", re.ASCII)
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SealedWallet:
    """What the file holds: nothing in it is secret without the key."""

    storage: str  # "password" | "keyring"
    address: str
    backed_up: bool
    memory_kib: int
    passes: int
    lanes: int
    salt: bytes
    nonce: bytes
    sealed: bytes
    version: int = VERSION
    floor: int = 0  # the policy file is of this generation or a later one
    floor_mac: bytes = b""  # proves `floor` to whoever holds the key


def derive(password: bytearray, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytearray:
    """The 32-byte key of a password (argon2id, RFC 9106)."""
    from argon2.low_level import Type, hash_secret_raw

    return bytearray(
        hash_secret_raw(bytes(password), salt, passes, memory_kib, lanes, hash_len=32, type=Type.ID)
    )


def _bound(version: int, storage: str, address: str) -> bytes:
    return f"gems vault {version} {storage} {address}".encode()


def seal(
    secret: bytearray, key: bytearray, *, storage: str, address: str, backed_up: bool, salt: bytes
) -> SealedWallet:
    """Seal `secret` under the 32-byte `key` (AES-256-GCM, bound to the address)."""
    nonce = os.urandom(12)
    sealed = AESGCM(bytes(key)).encrypt(nonce, bytes(secret), _bound(VERSION, storage, address))
    return SealedWallet(storage, address, backed_up, MEMORY_KIB, PASSES, LANES, salt, nonce, sealed)


def unseal(wallet: SealedWallet, key: bytearray) -> bytearray:
    """The secret; raises WrongPassword when the key is not the one."""
    try:
        bound = _bound(wallet.version, wallet.storage, wallet.address)
        return bytearray(AESGCM(bytes(key)).decrypt(wallet.nonce, wallet.sealed, bound))
    except InvalidTag:
        raise WrongPassword from None


class VaultFile:
    """vault.json of one profile: read whole, written whole (write, fsync, rename, fsync the folder)."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "vault.json"

    def read(self) -> SealedWallet | None:
        """What is stored, None if nothing is; raises VaultDamaged or StoreUnreadable."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreUnreadable from error
        try:
            return _parse(json.loads(raw))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise VaultDamaged from error

    def write(self, wallet: SealedWallet) -> None:
        """Store `wallet` durably, readable by the owner only; raises DiskFull or StoreUnreadable."""
        write_durably(self.path, json.dumps(_to_json(wallet), indent=1).encode())

    def mark_backed_up(self, wallet: SealedWallet) -> None:
        """Remember that the words were typed back."""
        self.write(replace(wallet, backed_up=True))

    def raise_floor(self, wallet: SealedWallet, floor: int, mac: bytes) -> None:
        """Remember that the policy file is of generation `floor` at least."""
        self.write(replace(wallet, floor=floor, floor_mac=mac))


def write_durably(path: Path, content: bytes) -> None:
    """Put a small file in place of `path`, for its owner only; raises DiskFull or StoreUnreadable."""
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, path)
        sync_folder(path.parent)
    except OSError as error:
        raise (DiskFull() if error.errno in (28, 122) else StoreUnreadable()) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _to_json(wallet: SealedWallet) -> dict[str, Any]:
    return {
        "version": wallet.version,
        "storage": wallet.storage,
        "address": wallet.address,
        "backed_up": wallet.backed_up,
        "kdf": {
            "name": "argon2id",
            "memory_kib": wallet.memory_kib,
            "passes": wallet.passes,
            "lanes": wallet.lanes,
            "salt": wallet.salt.hex(),
        },
        "cipher": "AES-256-GCM",
        "nonce": wallet.nonce.hex(),
        "sealed": wallet.sealed.hex(),
        "policy": {"generation": wallet.floor, "mac": wallet.floor_mac.hex()},
    }


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise ValueError("not hex")
    return bytes.fromhex(value)


def _parse(value: Any) -> SealedWallet:
    if isinstance(value, dict) and type(value.get("version")) is int and value["version"] > VERSION:
        raise NewerVault
    kdf = value["kdf"]
    numbers = {name: kdf[name] for name in _LIMITS}
    for name, (low, high) in _LIMITS.items():
        if type(numbers[name]) is not int or not low <= numbers[name] <= high:
            raise ValueError(f"{name} out of bounds")
    version = value["version"]
    known = (kdf["name"], value["cipher"]) == ("argon2id", "AES-256-GCM")
    if (
        not known
        or type(version) is not int
        or not 1 <= version <= VERSION
        or value["storage"] not in ("password", "keyring")
        or type(value["backed_up"]) is not bool
    ):
        raise ValueError("unknown form")
    if not _ADDRESS.fullmatch(value["address"]):
        raise ValueError("not an address")
    nonce = _bytes(value["nonce"])
    if len(nonce) != 12:
        raise ValueError("nonce length")
    policy = value.get("policy", {"generation": 0, "mac": ""})
    floor, floor_mac = policy["generation"], policy["mac"]
    if type(floor) is not int or not 0 <= floor < 1 << 53:
        raise ValueError("generation out of bounds")
    return SealedWallet(
        value["storage"],
        value["address"],
        value["backed_up"],
        **numbers,
        salt=_bytes(kdf["salt"]),
        nonce=nonce,
        sealed=_bytes(value["sealed"]),
        version=version,
        floor=floor,
        floor_mac=_bytes(floor_mac) if floor_mac else b"",
    )
