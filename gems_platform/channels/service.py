# SPDX-License-Identifier: Apache-2.0
"""A worker's channel with the hub: its name, its standing order, and the vouchers that settle what is owed."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gems_platform.accounts import repository as accounts
from gems_platform.channels import doubt, hub, repository
from gems_platform.channels.tables import ChannelRow
from gems_platform.errors import Conflict, Restored
from gems_platform.events import repository as events
from gems_platform.releases import repository as releases
from gems_platform.schemas import text
from gems_platform.settings import Settings
from gems_platform.tasks import repository as tasks
from gems_protocol.channel import Config, Refused
from gems_protocol.hub_channel import credit
from gems_protocol.lines import Line
from gems_protocol.messages import Voucher


def ensure(session: Session, settings: Settings, worker: str) -> ChannelRow:
    """The worker's channel, named when it was never asked for."""
    row = repository.of_worker(session, worker)
    if row is None:
        config = Config(settings.hub_payer, settings.hub, worker, settings.channel_delay_s, 0)
        row = ChannelRow(
            id=text(config.channel_id()),
            worker=worker,
            payer=config.payer,
            signer=config.signer,
            delay=config.delay,
            salt=config.salt,
            doubted_at=doubt.of_new_channel(session),
        )
        session.add(row)
        session.flush()
    return row


def config_json(row: ChannelRow) -> dict[str, Any]:
    """The channel's config as the interface writes it."""
    return {
        "payer": row.payer,
        "signer": row.signer,
        "worker": row.worker,
        "delay": row.delay,
        "salt": row.salt,
    }


def opened(session: Session, worker: str) -> dict[str, Any]:
    """The answer to opening a channel."""
    row = repository.own(session, worker)
    return {
        "config": config_json(row),
        "channel_id": row.id,
        "tx_hash": row.tx_hash,
        "deposit": str(row.deposit),
    }


def show(session: Session, settings: Settings, worker: str) -> dict[str, Any]:
    """A worker's channel with its best voucher; raises NotFound before it was asked for."""
    row = repository.own(session, worker)
    return {
        "config": config_json(row),
        "channel_id": row.id,
        "voucher": newest_voucher(row),
        "debited": str(row.debited),
        "debit_signature": row.debit_signature,
        "bond_target": str(accounts.account(session, worker).bond_target),
        "unreleased": len(tasks.open_batches(session, worker)),
        "deposit": str(row.deposit),
        "last_event": events.newest(session, worker),
        "unbonded": repository.steps(session, row),
        "unbond_step": str(settings.unbond_step),
        "restored": row.doubted_at > 0,
    }


def newest_voucher(row: ChannelRow) -> dict[str, Any] | None:
    """The channel's best voucher as the interface writes it; None before the first."""
    if row.voucher_signature is None:
        return None
    return {"message": _voucher(row).to_json(), "signature": row.voucher_signature}


def _voucher(row: ChannelRow) -> Voucher:
    return Voucher(bytes.fromhex(row.id[2:]), row.paid, row.bonded, row.seq)


def set_bond_target(session: Session, worker: str, target: int) -> dict[str, Any]:
    """Change the standing order."""
    accounts.account(session, worker).bond_target = target
    return {"bond_target": str(target)}


def settle(session: Session, settings: Settings, worker: str, now: int, only: Line | None = None) -> bool:
    """Credit everything that a worker is owed, or this line, in one voucher; False while the deposit does not cover it.

    Without an open channel the lines wait, and in a frozen one: a voucher that is signed after the one that the
    hub closes with would forfeit the rest of the channel (ADR 0073). So do they after a restore, until the worker
    has shown what was signed last (`doubt`).
    """
    row = repository.of_worker(session, worker)
    if row is None or row.deposit == 0 or row.silent:
        return False
    waiting = repository.unsettled(session, worker)
    if only is not None:
        waiting = [item for item in waiting if repository.line(item).key == only.key]
    if not waiting:
        return True
    target = accounts.account(session, worker).bond_target
    found = credit(hub.channel(row, target), [repository.line(item) for item in waiting])
    if isinstance(found, Refused):
        return False
    after = found.channel
    row.paid, row.bonded, row.seq = after.pockets.paid.units, after.pockets.bonded.units, after.seq
    row.from_rewards = after.pockets.from_rewards.units
    row.voucher_signature = sign(settings, row, found.voucher)
    repository.settle(session, waiting, row.seq)
    releases.owe(session, worker, waiting)
    body = {
        "voucher": {"message": found.voucher.to_json(), "signature": row.voucher_signature},
        "lines": [line.to_json() for line in found.lines],
    }
    events.add(session, worker, "voucher", now, body)
    return True


def sign(settings: Settings, row: ChannelRow, voucher: Voucher) -> str:
    """The hub's signature over a voucher: the one place that makes one. Raises Conflict in a channel that stopped."""
    if row.stopped:
        raise Conflict("Nothing is signed in a channel that closes.")
    if row.doubted_at:
        raise Restored()
    return text(voucher.sign(settings.channels_domain, settings.hub_signer_key))


def needs_deposit(session: Session, settings: Settings, row: ChannelRow) -> int:
    """Base units to deposit now so that vouchers keep the headroom; 0 when there is enough."""
    if row.silent:
        return 0
    promised = row.paid + row.bonded - row.debited + repository.owed(session, row.worker)
    missing = promised + settings.channel_headroom - row.deposit
    return max(missing, settings.channel_deposit) if missing > 0 else 0
