# SPDX-License-Identifier: Apache-2.0
"""The message that releases paid tasks, built here from the tasks alone: to whom they go is pinned, never asked."""

from __future__ import annotations

from typing import Any

from gems_desktop.services.signing import MAX_RELEASES
from gems_desktop.signer.guard import refused
from gems_protocol import merkle
from gems_protocol.messages import BatchRelease, Release, hash_from_hex, task_key

FIELDS = frozenset({"tasks", "batch_id", "sealed_at"})


def batch_of(fields: dict[str, Any], hub: str) -> BatchRelease:
    """The batch of exactly these tasks ([campaign id, index, attempt] each) to `hub`; raises SignerRefused."""
    if not hub:
        raise refused("this network names no hub that tasks could be released to.")
    tasks, sealed_at = fields["tasks"], fields["sealed_at"]
    if type(tasks) is not list or not 0 < len(tasks) <= MAX_RELEASES:
        raise refused("the number of released tasks is out of its bounds.")
    if type(sealed_at) is not int or not 0 <= sealed_at < 1 << 64:
        raise refused("the time of the releases is malformed.")
    keys = [_key(task) for task in tasks]
    if len(set(keys)) != len(keys):
        raise refused("a task is released twice.")
    leaves = [Release(key, hub).struct_hash() for key in keys]
    return BatchRelease(merkle.root(leaves), len(leaves), hash_from_hex(fields["batch_id"]), sealed_at)


def _key(task: Any) -> bytes:
    if type(task) is not list or len(task) != 3:
        raise refused("a released task is malformed.")
    campaign, index, attempt = task
    numbers = type(index) is int and type(attempt) is int
    if not numbers or not 0 <= index < 1 << 32 or not 0 <= attempt < 1 << 8:
        raise refused("a released task is malformed.")
    return task_key(hash_from_hex(campaign), index, attempt)
