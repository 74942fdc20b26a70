# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a chain node, in sentences for people. All but a refusal by contract or node count as
the services' ChainUnreachable: nothing that the chain holds could be learnt."""

from __future__ import annotations

from gems_desktop.services import errors
from gems_protocol.errors import GemsError

from . import contract_refusals

_SAFE = "Your keys, your work and your vouchers are on this computer and are not affected."


class ChainUnreachable(errors.ChainUnreachable):
    """No node answered: wrong address or port, node down, or something else listens there."""

    def __init__(self, message: str) -> None:
        GemsError.__init__(
            self,
            message,
            safe=_SAFE,
            action="Check the address of the chain node in Settings and your connection; it is tried again.",
        )


class WrongChain(errors.ChainUnreachable):
    """The node is of another chain than the one this profile works on, or lacks its contracts."""

    retryable = False

    def __init__(self, message: str) -> None:
        GemsError.__init__(
            self, message, safe=_SAFE, action="Enter the address of a node of the right chain in Settings."
        )


class WrongContract(WrongChain):
    """What stands at the address of one of the network's contracts is not that contract, byte for byte."""

    def __init__(self, message: str) -> None:
        GemsError.__init__(
            self,
            message,
            safe="Nothing was signed and nothing was sent there. Your keys and your work are on this computer.",
            action="Do not work in this network until its publisher has explained it. If only one of your chain "
            "nodes says this, use another one, in Settings.",
        )


class NodeLied(errors.ChainUnreachable):
    """The node's answer is malformed, too large, contradicts itself, or contradicts another node."""

    def __init__(self, message: str) -> None:
        GemsError.__init__(
            self,
            message,
            safe=_SAFE + " Nothing was booked from this answer.",
            action="Use another chain node, or add a second one to compare with, in Settings.",
        )


class CallReverted(GemsError):
    """The contract refused the call. `reason` is its text, if it gave one; `data` the raw revert data."""

    def __init__(self, reason: str | None, data: bytes) -> None:
        known = contract_refusals.sentences(reason)
        if known is not None:
            message, safe, action = known
            super().__init__(message, safe=safe, action=action)
        else:
            super().__init__(
                f"The contract refused the call: {reason}.",
                safe=_SAFE,
                action="Refresh, and look at what the chain says now.",
            )
        self.reason = reason
        self.data = data


class TransactionRefused(GemsError):
    """The node did not take the transaction; `code` and the node's words are kept."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(
            f"The chain node did not take the transaction: {said}.",
            safe=_SAFE + " Nothing was spent.",
            action="Refresh and try again.",
        )
        self.code = code
        self.said = said
