# SPDX-License-Identifier: Apache-2.0
"""The forms of releases."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gems_platform.schemas import Hash, Signed, Strict

MOST = 1000  # releases of one batch


class Released(Strict):
    """One task that the worker was paid for."""

    task_key: Hash


class NewReleases(Strict):
    """A signed BatchRelease and its tasks in the order of its root."""

    batch: Signed
    releases: Annotated[list[Released], Field(min_length=1, max_length=MOST)]
