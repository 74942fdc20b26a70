# SPDX-License-Identifier: Apache-2.0
"""The platform's answer to a batch: a receipt that its key signed over exactly this batch."""

from __future__ import annotations

import json

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.network import Network
from gems_desktop.services.records import SealedRecord
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import BatchReceipt, signature_from_hex


def checked_receipt(answer: object, sealed: SealedRecord, network: Network) -> str:
    """The receipt as JSON to be kept; raises PlatformLied."""
    try:
        told = answer["receipt"]  # type: ignore[index]
        message = BatchReceipt.from_json(told["message"])
        message.check(
            network.campaigns_domain, signature_from_hex(told["signature"]), network.platform_signer
        )
    except (BadSignature, MalformedMessage, KeyError, TypeError) as error:
        raise PlatformLied("a receipt is not signed by the platform.") from error
    if "0x" + message.root.hex() != sealed.root or message.count != sealed.count:
        raise PlatformLied("a receipt is for another batch.")
    return json.dumps(told)
