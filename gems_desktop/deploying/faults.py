# SPDX-License-Identifier: Apache-2.0
"""What can go wrong while contracts are put on a chain, in words for whoever gave the command."""

from __future__ import annotations

from pathlib import Path

from gems_protocol.errors import GemsError


class DeploymentFailed(GemsError):
    """A contract could not be put on the chain."""


class OtherCode(DeploymentFailed):
    """Where a contract was to be stands something else."""

    def __init__(self, name: str, address: str, why: str) -> None:
        super().__init__(
            f"{name} is not what was to be at {address}: {why}.",
            safe="It is not used.",
            action="Begin anew with a key that does nothing else.",
        )


class NotInABlock(DeploymentFailed):
    """The chain has not taken a transaction into a block yet, or not deep enough."""

    retryable = True

    def __init__(self, name: str, waited_s: float) -> None:
        super().__init__(
            f"{name}: its transaction is not deep enough in the chain after {waited_s:.0f} seconds.",
            safe="Nothing is lost: what was sent is written down and is not sent a second time.",
            action="Give the same command again later; it goes on from here, with a higher fee if fees have risen.",
        )


class WrongChainId(DeploymentFailed):
    """The node is of another chain than the one that was named."""

    def __init__(self, wanted: int, found: int) -> None:
        super().__init__(
            f"The node is of chain {found}, and --chain-id says {wanted}.",
            safe="Nothing was signed and nothing was sent.",
            action="Use a node of the right chain, or name the chain that you mean.",
        )


class TooPoor(DeploymentFailed):
    """The deployer could not pay the gas."""

    def __init__(self, needed: int, has: int) -> None:
        super().__init__(
            f"The deployer has {has} wei, and the deployment may need {needed} wei.",
            safe="Nothing was sent.",
            action="Send the deployer some gas coin of this chain first.",
        )


class NotPlain(DeploymentFailed):
    """The token that was named is not GEM, or does not move amounts exactly."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The contract at --gem cannot be the token: {why}.",
            safe="Nothing was deployed.",
            action="Name a GEM contract that this version made, or leave --gem out to make one.",
        )


class BadBook(GemsError):
    """An address book, or the notes of a deployment that was cut off, cannot be used."""

    def __init__(self, path: Path, what: str, action: str) -> None:
        super().__init__(f"{path.name}: {what}.", safe="It was left as it is.", action=action)
