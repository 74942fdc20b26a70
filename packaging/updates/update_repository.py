# SPDX-License-Identifier: Apache-2.0
"""The signed metadata of updates, as The Update Framework has it: what is there, in which version, until when.

Every role's newest file is `metadata/N.ROLE.json` (`timestamp.json` for the one without a number), as clients with
consistent snapshots ask for them. Metadata that lacks signatures waits in `waiting/` and is never served.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import update_keys
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    Key,
    Metadata,
    MetaFile,
    Role,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

#: Days that what a role signed is believed. The client takes no timestamp that is to live longer.
LIVES = {"root": 730, "targets": 365, "snapshot": 90, "timestamp": 14}
_PLAIN = JSONSerializer(compact=False, validate=True)


class NotEnough(Exception):
    """A file waits for more signatures; its path."""


def now() -> int:
    """Unix time, or SOURCE_DATE_EPOCH where a build is to be repeated."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


class Repository:
    """A folder with metadata/ and targets/ that any web server or USB stick can hold."""

    def __init__(self, folder: Path, at: int | None = None) -> None:
        """at: the time of signing, Unix; by default `now`."""
        self.folder, self.at = folder, now() if at is None else at
        self.metadata, self.targets, self.waiting = (
            folder / name for name in ("metadata", "targets", "waiting")
        )

    def newest(self, role: str) -> Metadata[Any] | None:
        """The newest signed metadata of a role."""
        if role == "timestamp":
            paths = [path for path in [self.metadata / "timestamp.json"] if path.exists()]
        else:
            paths = sorted(
                self.metadata.glob(f"*.{role}.json"), key=lambda path: int(path.name.split(".")[0])
            )
        return Metadata.from_file(str(paths[-1])) if paths else None

    def create(self, keys: Sequence[Path]) -> None:
        """Make the first root from the keys in `keys`, and a release of nothing."""
        if self.newest("root") is not None:
            raise SystemExit(f"{self.metadata} holds a root already")
        for folder in (self.metadata, self.targets):
            folder.mkdir(parents=True, exist_ok=True)
        root = Root(expires=self._until("root"), consistent_snapshot=True)
        self._give_keys(root, {role: update_keys.load(keys, role) for role in update_keys.ROLES})
        self._sign(Metadata(root), update_keys.load(keys, "root"))
        self.release({}, keys)

    def rotate(self, old: Sequence[Path], new: Sequence[Path]) -> None:
        """Publish a root with the keys in `new` for every role that has some there; both kinds sign it."""
        root = self._root()
        signed = root.signed
        signed.version += 1
        signed.expires = self._until("root")
        given = {role: update_keys.load(new, role) for role in update_keys.ROLES}
        self._give_keys(signed, {role: signers for role, signers in given.items() if signers})
        root.signatures.clear()
        self._sign(root, [*update_keys.load(old, "root"), *given["root"]], self._root())
        everything = [*new, *old]
        self.release(None, everything)

    def release(self, changed: dict[str, Path] | None, keys: Sequence[Path]) -> None:
        """Sign the targets with `changed` (name -> file) in place of what had those names; then publish.

        None: the same targets again, signed anew. Raises NotEnough when too few keys are in `keys`.
        """
        before = self.newest("targets")
        targets = Targets(expires=self._until("targets"))
        if before is not None:
            targets.version = before.signed.version + 1
            targets.targets = dict(before.signed.targets)
        for name, path in sorted((changed or {}).items()):
            targets.targets[name] = TargetFile.from_file(name, str(path))
        self._sign(Metadata(targets), self._allowed("targets", keys))
        self.publish(keys)

    def add_target(self, name: str, content: bytes) -> Path:
        """Put a target where clients with consistent snapshots ask for it; its path."""
        folder, _, base = name.rpartition("/")
        path = self.targets / folder / f"{hashlib.sha256(content).hexdigest()}.{base}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def add_signature(self, role: str, keys: Sequence[Path]) -> None:
        """Sign what waits of `role`; when it has enough signatures it moves to metadata/."""
        path = self.waiting / f"{role}.json"
        waiting: Metadata[Any] = Metadata.from_file(str(path))
        self._sign(waiting, update_keys.load(keys, role), self.newest("root") if role == "root" else None)
        path.unlink()

    def publish(self, keys: Sequence[Path]) -> None:
        """Sign a snapshot of the newest targets, and a timestamp of it."""
        targets, before = self.newest("targets"), self.newest("snapshot")
        assert targets is not None  # noqa: S101
        snapshot = Snapshot(expires=self._until("snapshot"))
        snapshot.version = before.signed.version + 1 if before else 1
        snapshot.meta["targets.json"] = MetaFile(targets.signed.version)
        self._sign(Metadata(snapshot), self._allowed("snapshot", keys))
        self.refresh(keys)

    def refresh(self, keys: Sequence[Path]) -> None:
        """Sign a timestamp that lives for another fourteen days; the snapshot too when it is about to end."""
        snapshot, before = self.newest("snapshot"), self.newest("timestamp")
        if snapshot is None:
            raise SystemExit("nothing was published yet")
        if snapshot.signed.expires.timestamp() < self.at + 30 * 86_400:
            self.publish(keys)
            return
        stamp = Timestamp(expires=self._until("timestamp"))
        stamp.version = before.signed.version + 1 if before else 1
        stamp.snapshot_meta = MetaFile(snapshot.signed.version)
        self._sign(Metadata(stamp), self._allowed("timestamp", keys))

    def _root(self) -> Metadata[Root]:
        root = self.newest("root")
        if root is None:
            raise SystemExit(f"{self.metadata} holds no root: make one with `init`")
        return root

    def _allowed(self, role: str, keys: Sequence[Path]) -> list[CryptoSigner]:
        """The keys in `keys` that the root names for `role`."""
        named = self._root().signed.roles[role].keyids
        return [signer for signer in update_keys.load(keys, role) if signer.public_key.keyid in named]

    def _until(self, role: str) -> datetime:
        return datetime.fromtimestamp(self.at, UTC).replace(microsecond=0) + timedelta(days=LIVES[role])

    @staticmethod
    def _give_keys(root: Root, given: dict[str, list[CryptoSigner]]) -> None:
        for role, signers in given.items():
            count, threshold = update_keys.ROLES[role]
            if len(signers) != count:
                raise SystemExit(f"{role} needs {count} keys, there are {len(signers)}")
            root.roles[role] = Role([], threshold)
            for signer in signers:
                key: Key = signer.public_key
                root.add_key(key, role)
        used = {keyid for role in root.roles.values() for keyid in role.keyids}
        root.keys = {keyid: key for keyid, key in root.keys.items() if keyid in used}

    def _sign(
        self, metadata: Metadata[Any], signers: Sequence[CryptoSigner], judge: Metadata[Root] | None = None
    ) -> None:
        """Sign and write; with too few signatures it waits. judge: a root before this one, which must agree too."""
        for signer in signers:
            metadata.sign(signer, append=True)
        metadata.signatures = dict(sorted(metadata.signatures.items()))
        role = metadata.signed.type
        path = self.metadata / (
            f"{metadata.signed.version}.{role}.json" if role != "timestamp" else "timestamp.json"
        )
        own = metadata.signed if role == "root" else self._root().signed
        judges = [own] if judge is None else [own, judge.signed]
        if not all(_enough(root, role, metadata) for root in judges):
            self.waiting.mkdir(exist_ok=True)
            metadata.to_file(str(self.waiting / f"{role}.json"), _PLAIN)
            raise NotEnough(self.waiting / f"{role}.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        metadata.to_file(str(path), _PLAIN)


def _enough(root: Root, role: str, metadata: Metadata[Any]) -> bool:
    result = root.get_verification_result(role, metadata.signed_bytes, metadata.signatures)
    verified: Callable[[], bool] | bool = result.verified
    return bool(verified)
