# SPDX-License-Identifier: Apache-2.0
"""Writes a new platform's folder: its settings with every choice explained, and its keys in files of their own."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from gems_platform.operating.faults import refused
from gems_protocol.network import Network
from gems_protocol.signature import address_of

SETTINGS = "platform.toml"
KEYS = ("hub_signer", "hub_payer", "relayer")
_WHAT = {
    "hub_signer": "the hot key: signs vouchers, assignments, panels and receipts",
    "hub_payer": "the treasury: holds GEM and pays for channels",
    "relayer": "sends workers' claims and pays their gas",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The chain and the contracts that a platform serves; addresses are lowercase 0x-hex."""

    chain_id: int
    rpc_url: str
    gem: str
    channels: str
    campaigns: str
    name: str = "Gems"
    public_url: str = ""
    practice: bool = False

    @classmethod
    def of_network(cls, network: Network) -> Place:
        """As a network's description says."""
        where = (network.gem, network.channels, network.campaigns)
        return cls(
            network.chain_id,
            network.rpc_urls[0],
            *where,
            network.name,
            network.platform_url,
            network.practice,
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A folder that was set up; `addresses` of the keys by name."""

    settings: Path
    addresses: dict[str, str]
    generated: tuple[str, ...]


def set_up(folder: Path, place: Place, store_url: str = "", keys: Path | None = None) -> Made:
    """Write settings and keys into a folder; keys: a folder with <name>.key files to use instead of new ones.

    Raises CannotOperate when there is a platform already, or a key that cannot be used; then nothing was written.
    """
    path = folder / SETTINGS
    for taken in (path, *(folder / "keys" / f"{name}.key" for name in KEYS)):
        if taken.exists():
            raise refused(f"{taken} is there already.", "Name another folder. Nothing is ever written over.")
    given = {name: _given(keys / f"{name}.key") for name in KEYS} if keys is not None else {}
    made = {name: given.get(name) or secrets.token_bytes(32) for name in KEYS}
    if len(set(made.values())) != len(KEYS):
        raise refused("Two of the keys are the same.", "Use one key for each purpose.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "keys").mkdir(mode=0o700, exist_ok=True)
        for name, key in made.items():
            if name not in given:
                write_private(folder / "keys" / f"{name}.key", key.hex().encode() + b"\n")
        where = keys.resolve() if keys is not None else Path("keys")
        write_private(path, settings_text(place, store_url, where).encode())
    except OSError as error:
        raise refused(f"{folder} cannot be written.", "Name a folder of yours.") from error
    addresses = {name: address_of(key) for name, key in made.items()}
    return Made(path, addresses, tuple(name for name in KEYS if name not in given))


def write_private(path: Path, data: bytes) -> None:
    """A new file that only its owner reads, on the disk before this returns; raises FileExistsError, OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _given(path: Path) -> bytes:
    try:
        found = bytes.fromhex(path.read_text("ascii").strip().removeprefix("0x"))
    except (OSError, ValueError) as error:
        raise refused(f"{path} is no file of 64 hex digits.", "Mend it, or let keys be made.") from error
    if len(found) != 32:
        raise refused(f"{path} is no file of 64 hex digits.", "Mend it, or let keys be made.")
    return found


def settings_text(place: Place, store_url: str, keys: Path) -> str:
    """The settings file: what must be said, then what is chosen most often, as comments with their defaults."""
    said = json.dumps  # a JSON string is a TOML string
    key_lines = "\n".join(
        f"{name}_key = {said(f'file:{(keys / name).as_posix()}.key')}  # {_WHAT[name]}" for name in KEYS
    )
    store = (
        f"store_url = {said(store_url)}" if store_url else '# store_url = "postgresql+psycopg://gems@db/gems"'
    )
    return f"""\
# The settings of a platform. Every option: gems_platform/settings.py; what it means: docs/guide/operating.md.
# Paths are counted from this file. Amounts are base units (18 decimals), times are seconds.

name = {said(place.name)}
data_dir = "data"
# What people reach it as: they sign in to this host. "" is where `gems platform serve` listens.
public_url = {said(place.public_url)}
practice = {str(place.practice).lower()}

# The chain and the contracts that this platform serves.
chain_id = {place.chain_id}
rpc_url = {said(place.rpc_url)}
gem = {said(place.gem)}
channels = {said(place.channels)}
campaigns = {said(place.campaigns)}

# The keys: "file:PATH" or "env:NAME". Nobody but the platform may read them, and nothing else may use them.
{key_lines}

# Rows: an SQLite file in data_dir for one process, or a PostgreSQL for several. Its password belongs into
# PGPASSWORD or a password file, not here.
{store}

# Media: a folder in data_dir, or a store that speaks S3 (credentials from the environment).
# media_url = "s3://bucket/prefix"
# media_endpoint = "https://s3.example"

# operators = ["0x..."]  # who may read the audit log over HTTP
# trusted_proxies = ["127.0.0.1"]  # whose X-Forwarded-For counts
# confirmations = 12  # blocks until what the chain shows counts
# collateral = 0  # what the treasury puts down for the hub's promises
# log_format = "json"
"""
