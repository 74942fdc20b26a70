# SPDX-License-Identifier: Apache-2.0
"""From a draft to an open campaign in one act that can be cut off anywhere and repeated: nothing is paid twice.

What is about to be sent is kept first: the signed offer before it is handed in, the signed transaction before it goes
to the chain. The same transaction can be in one block only, and another one is signed only when its nonce is used up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from eth_utils.crypto import keccak

from gems_platform.client.media import Told, Uploaded, upload_all
from gems_platform.client.requesting import kept_terms, launch_file
from gems_platform.client.requesting.draft import Draft
from gems_platform.client.requesting.launch_file import Launch
from gems_platform.client.requesting.private_file import Private, keep_private
from gems_platform.client.requesting.requester import Requester
from gems_platform.client.requesting.sent_tasks import keep_sent, sent_of
from gems_platform.client.requesting.transactions import TransactionFailed, nonce_of, send_and_wait
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError

_OPENS_S, _STEP_S = 120, 0.25
_SOON_S = 3_600  # a launch that ends sooner than this and was not funded is begun anew


class NotLaunched(GemsError):
    """A launch stopped before its campaign was open; it may be repeated."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a launch does next or has done: `text` in words, `upload` while files go up."""

    text: str
    upload: Uploaded | None = None


Say = Callable[[Step], object]


def _files(files: Uploaded) -> Step:
    part = f"{files.files} of {files.of_files} files, {files.size} of {files.of_size} bytes"
    return Step(f"{part}; {files.skipped} were there", files)


async def prepare(requester: Requester, draft: Draft, name: str, folder: Path) -> Launch:
    """The kept launch of that name, or a new one from the draft, kept before anything is sent."""
    now = await requester.now()
    kept = launch_file.read(folder, name)
    if kept is not None and (kept.done or kept.terms.ends > now + _SOON_S or await _funded(requester, kept)):
        return kept
    terms = requester.terms_of(draft, now)
    launch = Launch(name, terms, requester.offer_of(draft, terms), dict(draft.media))
    keep_sent(folder, launch.campaign_id, sent_of(draft))
    kept_terms.keep(folder, terms)
    if draft.gold or draft.seeds is not None:
        private = Private(draft.gold, tuple(task.source for task in draft.tasks), draft.seeds)
        keep_private(folder, launch.campaign_id, private)
    launch_file.keep(folder, launch)
    return launch


async def run(requester: Requester, launch: Launch, folder: Path, say: Say = lambda _: None) -> str:
    """Upload, hand in, fund, wait until it is open; the campaign's id.

    Raises NotLaunched, TransactionFailed, CallReverted and what the lines raise; all of it may be done again.
    """
    if launch.done:
        return launch.campaign_id
    if not launch.offered:
        told: Told = lambda files: say(_files(files))  # noqa: E731
        await upload_all(requester.platform, launch.media, told)
        await requester.offer(launch.terms, launch.body)
        launch = replace(launch, offered=True)
        launch_file.keep(folder, launch)
        say(Step(f"The platform has the campaign {launch.campaign_id}; it is not funded yet."))
    launch = await _fund(requester, launch, folder, say)
    await _until_open(requester, launch.campaign_id)
    launch_file.keep(folder, launch_file.finished(launch))
    say(Step("It is open: workers see it."))
    return launch.campaign_id


async def left_to_pay(requester: Requester, launch: Launch) -> Amount:
    """What is still to go into the escrow."""
    if launch.done:
        return Amount(0)
    whole = launch.terms.cost() * launch.tasks
    funded = await _funded(requester, launch)
    return Amount(max(0, whole.units - funded))


async def _funded(requester: Requester, launch: Launch) -> int:
    return await requester.chain.campaign_funded(launch.terms.campaign_id())


async def _fund(requester: Requester, launch: Launch, folder: Path, say: Say) -> Launch:
    if launch.funding is not None:
        if await _is_under_way(requester, launch.funding):
            say(Step("Sending the payment that was signed before; it can be taken only once."))
            await send_and_wait(requester.chain, launch.funding)
        launch = replace(launch, funding=None)
    missing = (await left_to_pay(requester, launch)).units // launch.terms.cost().units
    if not missing:
        return launch
    amount = launch.terms.cost() * missing
    held = Amount(await requester.chain.gem_balance(requester.address))
    if held.units < amount.units:
        raise NotLaunched(
            f"The account holds {held.exact()} GEM; {amount.exact()} GEM go into escrow.",
            safe="No money moved. The campaign is at the platform, where only you see it.",
            action=f"Send GEM to {requester.address}, then launch again: it goes on here.",
        )
    signed = await requester.signed_funding(launch.terms, missing)
    launch = replace(launch, funding=signed)
    launch_file.keep(folder, launch)
    transaction = await send_and_wait(requester.chain, signed)
    say(Step(f"{amount.exact()} GEM are in escrow for {missing} tasks (transaction 0x{transaction.hex()})."))
    return replace(launch, funding=None)


async def _is_under_way(requester: Requester, raw: bytes) -> bool:
    """Whether a kept transaction may still come into a block; what is in one already is seen in the escrow."""
    if await requester.chain.receipt(keccak(raw)) is not None:
        return False
    # what comes into a block between the two questions has used up its nonce, too
    return await requester.chain.nonce(requester.address, mined=True) <= nonce_of(raw)


async def _until_open(requester: Requester, campaign_id: str) -> None:
    for _ in range(int(_OPENS_S / _STEP_S)):
        if (await requester.show(campaign_id))["state"] != "draft":
            return
        await asyncio.sleep(_STEP_S)
    raise NotLaunched(
        "The platform has not seen the payment yet.",
        safe="The money is in the escrow on the chain, in your campaign's name.",
        action="Launch again in a few minutes: it pays nothing twice.",
        retryable=True,
    )


__all__ = ["Launch", "NotLaunched", "Step", "TransactionFailed", "left_to_pay", "prepare", "run"]
