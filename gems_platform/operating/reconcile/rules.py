# SPDX-License-Identifier: Apache-2.0
"""What has to agree, rule by rule; each difference is named with its probable cause and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from gems_platform.channels.chain import ChannelOnChain
from gems_platform.operating.reconcile.facts import Books, CampaignBooks, ChannelBooks, Difference, OnChain
from gems_protocol.amount import Amount

_BEHIND = "the platform has not read this block yet, or its duties stand still"
_WAIT = "Run it again in a minute; if it stays, look at /status and at the worker's log."
_EDITED = "the store was changed by hand, or is damaged"
_KEEP = "Stop signing: stop the workers, keep the store as it is, and compare with a backup."
_LOST = "the store came from a backup, and what was signed after it is not known here"
_HAND_BACK = "Wait until the worker's client has handed its vouchers back; it does so by itself."


def differences(books: Books, chain: OnChain) -> tuple[Difference, ...]:
    """Everything that does not agree."""
    found = [one for channel in books.channels for one in of_channel(channel, chain.channels[channel.id])]
    found += [
        one
        for campaign in books.campaigns
        for one in of_campaign(campaign, chain.funded[campaign.id], chain.redeemed[campaign.id])
    ]
    return (*found, *of_intents(books, chain), *of_all(books, chain))


def of_channel(books: ChannelBooks, chain: ChannelOnChain) -> Iterator[Difference]:
    """Deposit, vouchers, lines, ledger and claims of one channel."""
    about = f"channel {books.id} of {books.worker}"

    def differs(what: str, here: int, there: int, cause: str, do: str) -> Difference:
        return Difference(about, f"{what}: {_gem(here)} and {_gem(there)}", cause, do)

    signed = books.paid + books.bonded
    if books.settled != signed:
        yield differs(
            "lines that vouchers settled, and the newest voucher", books.settled, signed, _EDITED, _KEEP
        )
    if not books.signed:
        yield Difference(about, "the newest voucher's signature does not hold", _EDITED, _KEEP)
    if books.newest > books.seq:
        what = f"a line was settled by voucher {books.newest}, the newest is {books.seq}"
        yield Difference(about, what, _EDITED, _KEEP)
    if books.earned != books.settled + books.waiting - books.unbonded:
        there = books.settled + books.waiting - books.unbonded
        cause = f"{_LOST}; or the ledger was changed by hand"
        yield differs(
            "the ledger's movements to the worker, and its lines", books.earned, there, cause, _HAND_BACK
        )
    if books.put_up + books.unbonded != books.debited:
        cause = f"{_LOST}; or the ledger was changed by hand"
        here = books.put_up + books.unbonded
        yield differs(
            "stakes, bonds and steps by the ledger, and signed debits", here, books.debited, cause, _HAND_BACK
        )
    over = signed - books.debited - chain.deposit
    if over > 0 and not books.stopped:
        cause = "vouchers promise more than the deposit covers"
        yield differs(
            "promised, and deposit on chain",
            signed - books.debited,
            chain.deposit,
            cause,
            "Top the treasury up.",
        )
    if chain.claimed > books.paid and not (books.stopped or chain.closing):
        yield differs("claimed on chain, and paid by vouchers", chain.claimed, books.paid, _LOST, _HAND_BACK)
    if books.deposit != chain.deposit:
        yield differs("deposit as known and on chain", books.deposit, chain.deposit, _BEHIND, _WAIT)
    if books.claimed != chain.claimed:
        yield differs("claimed as known and on chain", books.claimed, chain.claimed, _BEHIND, _WAIT)
    for what, total in (("the published daily file", books.published), ("the watch-tower", books.kept)):
        if total is not None and total > signed:
            yield differs(f"{what}, and the newest voucher", total, signed, _LOST, _HAND_BACK)
    if books.doubted:
        what = "its newest voucher is not known for certain since the restore"
        yield Difference(about, what, _LOST, _HAND_BACK)


def of_campaign(books: CampaignBooks, funded: int, redeemed: int) -> Iterator[Difference]:
    """Escrow, Spends, ledger and what was redeemed of one campaign."""
    about = f"campaign {books.id}"

    def differs(what: str, here: int, there: int, cause: str, do: str) -> Difference:
        return Difference(about, f"{what}: {_gem(here)} and {_gem(there)}", cause, do)

    if books.funded != funded:
        yield differs("escrow as known and on chain", books.funded, funded, _BEHIND, _WAIT)
    if books.redeemed != redeemed:
        yield differs("redeemed as known and on chain", books.redeemed, redeemed, _BEHIND, _WAIT)
    if not books.ok:
        yield Difference(about, "the Spend's signature does not hold", _EDITED, _KEEP)
    if redeemed > books.spend:
        do = "Nothing is lost: the sum on chain counts. It agrees when the requester signs for what is done again."
        yield differs("redeemed on chain, and signed by the requester", redeemed, books.spend, _LOST, do)
    if books.spend > books.spent:
        do = "It agrees when workers' clients have sent their work of that time again and it is judged."
        yield differs("signed by the requester, and spent by the ledger", books.spend, books.spent, _LOST, do)
    if books.spent > funded:
        cause = "more was given out than the escrow holds; or the chain was reorganised"
        yield differs("spent by the ledger, and escrow on chain", books.spent, funded, cause, _KEEP)
    if books.net != 0 or books.negative:
        what = f"the ledger does not add up: {', '.join(books.negative) or _gem(books.net)}"
        yield Difference(about, what, _EDITED, _KEEP)


def of_intents(books: Books, chain: OnChain) -> Iterator[Difference]:
    """What is under way or over, against the senders' nonces."""
    for intent in books.intents:
        about, count = (
            f"transaction {intent.nonce} of {intent.sender} ({intent.name})",
            chain.nonces[intent.sender],
        )
        if intent.state == "done" and intent.nonce >= count:
            yield Difference(
                about, "it is over here, and not on the chain", "the chain was reorganised", _WAIT
            )
        if intent.state == "sent" and intent.nonce < count and not chain.mined.intersection(intent.sent):
            cause = "another program uses this key; or it was mined in this very moment"
            yield Difference(
                about, "it is under way here, and its number went to another transaction", cause, _WAIT
            )


def of_all(books: Books, chain: OnChain) -> Iterator[Difference]:
    """Sums over everything."""
    left = sum(one.deposit - one.claimed for one in chain.channels.values() if not _ended(one))
    if left > chain.in_channels:
        what = f"left in channels, and held by the contract: {_gem(left)} and {_gem(chain.in_channels)}"
        yield Difference("Channels", what, "the node lies, or it is another contract", "Ask another node.")
    if chain.reserved > chain.collateral:
        what = f"reserved, and collateral: {_gem(chain.reserved)} and {_gem(chain.collateral)}"
        yield Difference("Judge", what, "the node lies, or it is another contract", "Ask another node.")
    if books.lines_without_channel:
        what = f"{books.lines_without_channel} workers without a channel have lines that a voucher settled"
        yield Difference("lines", what, _EDITED, _KEEP)


def _ended(channel: ChannelOnChain) -> bool:
    return channel.closing == 2**256 - 1


def _gem(units: int) -> str:
    return f"{Amount(units).exact() if units >= 0 else '-' + Amount(-units).exact()} GEM"
