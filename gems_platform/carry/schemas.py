# SPDX-License-Identifier: Apache-2.0
"""The form of what is inside a carry file; each request in it has the form that it has online."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from gems_platform.schemas import Hash, Strict


class Batch(Strict):
    """A sealed batch: the body of `POST /v1/submissions` or of `POST /v1/votes`."""

    kind: Literal["work", "review"]
    root: Hash
    body: dict[str, Any]


class Appeal(Strict):
    """The body of `POST /v1/appeals`; root: the appeal's struct hash, by which the reply names it."""

    root: Hash
    body: dict[str, Any]


class Skip(Strict):
    """Reviews that are left to others: the batch, and the body of `POST /v1/reviews/{batch_id}/skip`."""

    batch_id: Hash
    body: dict[str, Any]


class Content(Strict):
    """Everything of one file."""

    batches: Annotated[list[Batch], Field(max_length=1000)]
    appeals: Annotated[list[Appeal], Field(max_length=200)]
    skips: Annotated[list[Skip], Field(max_length=200)]
