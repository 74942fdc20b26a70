# SPDX-License-Identifier: Apache-2.0
"""Taking in a signed batch: its root, its count and its signature, then the receipt that the sender may show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.errors import Malformed
from gems_platform.observing import noted
from gems_platform.schemas import Signed, raw, text
from gems_platform.settings import Settings
from gems_platform.submissions.tables import ReceiptRow
from gems_protocol import merkle
from gems_protocol.messages import BatchReceipt, BatchSubmission, BatchVote


def check(
    settings: Settings,
    message: BatchSubmission | BatchVote,
    signature: str,
    sender: str,
    leaves: Sequence[bytes],
) -> None:
    """Raise BadSignature or Malformed unless `sender` signed exactly these leaves."""
    message.check(settings.campaigns_domain, raw(signature), sender)
    if message.count != len(leaves) or message.root != merkle.root(leaves):
        raise Malformed("The batch's root is not the root of its items.", safe="Nothing of it was taken.")


def keep(
    session: Session,
    settings: Settings,
    kind: str,
    sender: str,
    batch: Signed,
    message: BatchSubmission | BatchVote,
    leaves: Sequence[bytes],
    now: int,
) -> dict[str, Any]:
    """Store the batch for good and sign its receipt."""
    receipt = BatchReceipt(message.root, message.count, now)
    signed = {
        "message": receipt.to_json(),
        "signature": text(receipt.sign(settings.campaigns_domain, settings.hub_signer_key)),
    }
    row = ReceiptRow(
        root=text(message.root),
        kind=kind,
        worker=sender,
        batch=json.dumps({"message": message.to_json(), "signature": batch.signature}),
        leaves=json.dumps([text(leaf) for leaf in leaves]),
        receipt=json.dumps(signed),
        received_at=now,
    )
    session.add(row)
    session.flush()
    noted.accepted("answers" if kind == "submission" else "votes", len(leaves))
    return {"receipt": signed}
