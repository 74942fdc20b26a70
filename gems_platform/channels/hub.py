# SPDX-License-Identifier: Apache-2.0
"""The hub's channel as the protocol's value, and back into its row."""

from __future__ import annotations

from gems_platform.channels.tables import ChannelRow
from gems_protocol.amount import Amount
from gems_protocol.channel import Config, Pockets
from gems_protocol.hub_channel import NO_DEBIT, HubChannel


def config(row: ChannelRow) -> Config:
    """What names the channel."""
    return Config(row.payer, row.signer, row.worker, row.delay, row.salt)


def channel(row: ChannelRow, bond_target: int) -> HubChannel:
    """The channel without its settled lines: the store's unsettled ones are all that is ever credited."""
    return HubChannel(
        config=config(row),
        deposit=Amount(row.deposit),
        pockets=Pockets(Amount(row.paid), Amount(row.bonded), Amount(row.from_rewards)),
        seq=row.seq,
        debited=Amount(row.debited),
        debit_signature=bytes.fromhex(row.debit_signature[2:]) if row.debit_signature else None,
        debit_hash=bytes.fromhex(row.debit_hash[2:]) if row.debit_hash else NO_DEBIT,
        bond_target=Amount(bond_target),
        closing=row.stopped,
    )
