# SPDX-License-Identifier: Apache-2.0
"""Asks The Update Framework what the newest version is, and believes it only under the root that was shipped.

Loaded when a check begins: it brings tuf, securesystemslib and urllib3 along.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Never
from urllib.parse import quote

from tuf.api.exceptions import (
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    RepositoryError,
)
from tuf.api.metadata import Metadata, Root, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from gems_desktop.adapters.bounded_json import loads
from gems_desktop.adapters.update_index import MAX_PACKED, BadIndex, Index, parse, unpacked
from gems_desktop.adapters.update_layout import write_whole
from gems_desktop.adapters.update_source import Source, SourceEndless, SourceGone, SourceOdd
from gems_desktop.services.ports_updates import UpdateFailed

_METADATA, _TARGETS = "metadata", "targets"
_BASE = "gems:///"  # no such address: every path is asked of the source
_FILE_S, _ALL_S = (
    120.0,
    300.0,
)  # for one file of metadata, and for all that a check asks, however slowly they come
_LARGEST = {"root": 100_000, "timestamp": 16_384, "snapshot": 100_000, "targets": 1_000_000}
_DAY_S = 86_400
_TIMESTAMP_LIVES_S = 15 * _DAY_S  # fourteen days, and one for clocks
_AFTER_ROOT_S = 3_650 * _DAY_S  # so long after the shipped root's end it is the clock that is wrong
_COUNTED = ("root", "timestamp", "snapshot", "targets")
logging.getLogger("tuf").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Trust:
    """What a check needs. cache: TUF's own copies. newest: the second counter, elsewhere. root: as shipped."""

    cache: Path
    newest: Path
    root: bytes
    built_at: int = 0


def newest_index(trust: Trust, source: Source, target: str, now: int) -> Index:
    """The verified index of the newest version; raises UpdateFailed. now: Unix time."""
    _check_clock(trust, now)
    try:
        trust.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        trust.cache.chmod(0o700)
        return _ask(trust, source, target, now)
    except ExpiredMetadataError as error:
        raise UpdateFailed("clock" if _far_future(trust.root, now) else "expired") from error
    except DownloadError as error:
        _failed_download(error)
    except DeserializationError as error:
        raise UpdateFailed("source") from error
    except (RepositoryError, BadIndex, ValueError) as error:
        raise UpdateFailed("refused") from error
    except OSError as error:
        raise UpdateFailed("disk") from error


def _ask(trust: Trust, source: Source, target: str, now: int) -> Index:
    config = UpdaterConfig(
        max_root_rotations=64, max_delegations=1,
        root_max_length=_LARGEST["root"], timestamp_max_length=_LARGEST["timestamp"],
        snapshot_max_length=_LARGEST["snapshot"], targets_max_length=_LARGEST["targets"],
    )  # fmt: skip
    updater = Updater(
        str(trust.cache), f"{_BASE}{_METADATA}/", str(trust.cache), f"{_BASE}{_TARGETS}/",
        _Fetcher(source), config, bootstrap=trust.root,
    )  # fmt: skip
    updater.refresh()
    _check_counters(trust, now)
    info = updater.get_targetinfo(target)
    if info is None:  # a source of ours that has nothing for this system
        raise UpdateFailed("source")
    if info.length > MAX_PACKED or "sha256" not in info.hashes:
        raise UpdateFailed("refused")
    kept = trust.cache / quote(target, "")
    path = updater.find_cached_target(info, str(kept)) or updater.download_target(info, str(kept))
    return parse(unpacked(Path(path).read_bytes()))


class _Fetcher(FetcherInterface):
    """Gives TUF's client the files of a source within bounds of time; it bounds the bytes itself."""

    def __init__(self, source: Source) -> None:
        self._source, self._until = source, time.monotonic() + _ALL_S

    def _fetch(self, url: str) -> Iterator[bytes]:
        path, left = url.removeprefix(_BASE), self._until - time.monotonic()
        if left <= 0:
            raise DownloadError("too slow")
        try:
            yield from self._source.read(path, 0, MAX_PACKED, min(left, _FILE_S))
        except SourceOdd as error:
            raise DownloadHTTPError("not there", error.status) from error
        except SourceEndless as error:
            raise DownloadLengthMismatchError("endless") from error
        except SourceGone as error:
            raise DownloadError("gone") from error


def _failed_download(error: DownloadError) -> Never:
    if isinstance(error, DownloadLengthMismatchError):
        raise UpdateFailed("refused") from error
    if isinstance(error, DownloadHTTPError):
        raise UpdateFailed("source" if 400 <= error.status_code < 500 else "offline") from error
    raise UpdateFailed("offline") from error


def _check_counters(trust: Trust, now: int) -> None:
    """Compare what was just verified with the highest ever seen, kept apart from TUF's copies; then remember it.

    A counter counts under the keys of its role: once the root names others (after a theft), it begins anew.
    """
    root = Metadata[Root].from_bytes((trust.cache / "root.json").read_bytes()).signed
    seen: dict[str, Any] = {}
    with suppress(OSError, ValueError):
        kept = loads(trust.newest.read_bytes())
        seen = kept if isinstance(kept, dict) else {}
    fresh: dict[str, dict[str, Any]] = {}
    for role in _COUNTED:
        signed = Metadata.from_bytes((trust.cache / f"{role}.json").read_bytes()).signed
        keys = "root" if role == "root" else _digest(root.roles[role].keyids)
        before = seen.get(role)
        if isinstance(before, dict) and before.get("keys") == keys and _number(before) > signed.version:
            raise UpdateFailed("refused")
        fresh[role] = {"keys": keys, "version": signed.version}
        if role == "timestamp" and signed.expires.timestamp() > now + _TIMESTAMP_LIVES_S:
            raise UpdateFailed("clock")
    if fresh != seen:
        write_whole(trust.newest, json.dumps(fresh, sort_keys=True).encode())


def _number(kept: dict[str, Any]) -> int:
    version = kept.get("version")
    return version if isinstance(version, int) else 0


def _digest(keys: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:32]


def _check_clock(trust: Trust, now: int) -> None:
    """A clock that is behind what is known would let old metadata look fresh."""
    if now < trust.built_at - _DAY_S:
        raise UpdateFailed("clock")
    with suppress(OSError, RepositoryError, DeserializationError):
        last = Metadata[Timestamp].from_bytes((trust.cache / "timestamp.json").read_bytes()).signed
        if now < last.expires.timestamp() - _TIMESTAMP_LIVES_S:
            raise UpdateFailed("clock")


def _far_future(root: bytes, now: int) -> bool:
    shipped = Metadata[Root].from_bytes(root).signed
    return (
        datetime.fromtimestamp(min(now, 253_000_000_000), UTC).timestamp()
        > shipped.expires.timestamp() + _AFTER_ROOT_S
    )
