# SPDX-License-Identifier: Apache-2.0
"""The forms of submissions."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from gems_platform.schemas import Hash, Signed, Strict


class Item(Strict):
    """One answer (Label Studio results) with the salt of its audit draw."""

    assignment_hash: Hash
    salt: Hash
    answer: Annotated[list[Any], Field(max_length=10_000)]


class NewSubmission(Strict):
    """A signed BatchSubmission and its items in the order of its root."""

    batch: Signed
    items: Annotated[list[Item], Field(min_length=1, max_length=1000)]
