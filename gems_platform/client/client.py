# SPDX-License-Identifier: Apache-2.0
"""A requester as a program: drafts from files or data, what they cost, campaigns launched, watched and read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from gems_platform.client.campaign import Campaign
from gems_platform.client.chain import ChainLine
from gems_platform.client.floors import USUAL, Floor, currency_of, floor_of
from gems_platform.client.http import PlatformLine
from gems_platform.client.network import read_key, read_network
from gems_platform.client.requesting import launch_file, launching
from gems_platform.client.requesting.draft import Draft, read_draft
from gems_platform.client.requesting.fitting import check_fit
from gems_platform.client.requesting.launching import Say
from gems_platform.client.requesting.preview import Preview, preview
from gems_platform.client.requesting.requester import Requester
from gems_protocol.amount import Amount
from gems_protocol.network import Network
from gems_protocol.rate import Rate
from gems_protocol.reaching import PlatformLied

_PRIVATE = "campaigns"


class Client:
    """One requester on one network; use it on one event loop, and close it (`async with`)."""

    def __init__(self, network: Network, key: bytes, private: Path) -> None:
        """private: the folder for what only the requester may know: known answers, seeds, bills, launches."""
        self.private = private
        self._platform, self._chain = PlatformLine(network, key), ChainLine(network)
        self.requester = Requester(network, self._platform, self._chain, key, private)

    @classmethod
    def open(cls, network: str | Path, key_file: str | Path, private: str | Path | None = None) -> Self:
        """A client from a network.json and a key's file; raises BadNetworkFile, BadKeyFile.

        private: default is "campaigns" beside the key, as for `gems campaign`.
        """
        folder = Path(key_file).parent / _PRIVATE if private is None else Path(private)
        return cls(read_network(network), read_key(key_file), folder)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._platform.close()
        await self._chain.close()

    @property
    def address(self) -> str:
        """The requester's account, lowercase 0x-hex."""
        return self.requester.address

    async def balance(self) -> Amount:
        """GEM of the account."""
        return Amount(await self._chain.gem_balance(self.address))

    async def rates(self) -> list[Rate]:
        """What the operator says that a GEM is worth."""
        return [Rate.from_json(one) for one in (await self._platform.get("/v1/rates", token=False))["rates"]]

    async def floor(self, text: str = USUAL) -> Floor:
        """An hourly floor such as "8" (GEM) or "10 USD"; raises BadFloor."""
        return floor_of(text, await self.rates() if currency_of(text) else ())

    def preview(self, draft: Draft, floor: Floor | None = None, seconds: int | None = None) -> Preview:
        """What a draft pays and costs, and what to think twice about; nothing is sent."""
        return preview(draft, floor or floor_of(USUAL), seconds)

    async def launch(self, draft: Draft, say: Say = lambda _: None, *, again: str = "") -> Campaign:
        """Upload, hand in, fund and wait until it is open; may be cut off anywhere and repeated with the same draft.

        Moves money: the draft's whole escrow. again: any text makes another campaign of a draft that was launched.
        Raises NotLaunched, TransactionFailed, CallReverted, LaunchNotKept.
        """
        name = launch_name(self.requester, [draft_bytes(draft), again.encode()])
        with launch_file.alone(self.private, name):
            launch = await launching.prepare(self.requester, draft, name, self.private)
            return self.campaign(await launching.run(self.requester, launch, self.private, say))

    async def campaigns(self) -> list[Campaign]:
        """The requester's own campaigns that were funded, newest first."""
        found, after = [], ""
        while True:
            page = await self._platform.get(f"/v1/campaigns?after={after}", token=False)
            own = (one for one in page["campaigns"] if one["terms"]["requester"] == self.address)
            found += [self.campaign(one["campaign_id"]) for one in own]
            if not page["more"]:
                return found
            if page["last"] == after:
                raise PlatformLied("its list of campaigns goes in circles.")
            after = page["last"]

    def campaign(self, campaign_id: str) -> Campaign:
        """A campaign by its id (0x and 64 hex digits)."""
        return Campaign(self.requester, campaign_id.lower())

    async def report(self, requester: str | None = None) -> dict[str, Any]:
        """What a requester's past says to workers; amounts in base units."""
        found: dict[str, Any] = await self._platform.get(f"/v1/requesters/{requester or self.address}/report")
        return found


def launch_name(requester: Requester, parts: Sequence[bytes]) -> str:
    """The name of the launch of these contents, by this key, on this network."""
    where = f"{requester.network.chain_id} {requester.network.campaigns} {requester.address}"
    return launch_file.name_of([where.encode(), *parts])


def draft_bytes(draft: Draft) -> bytes:
    """What makes a draft this one and no other, apart from its random parts (places of gold, salts, seeds)."""
    rows = sorted(json.dumps([task.data, task.reference, task.gold], sort_keys=True) for task in draft.tasks)
    manifest = {**draft.manifest.to_json(), "gold_root": ""}
    practice = [item.to_json() for item in draft.practice]
    told = [manifest, repr(draft.pay), rows, practice, draft.seeds is not None]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()


def read(folder: str | Path, *, tasks: str | Path | None = None, config: str | Path | None = None) -> Draft:
    """A draft from campaign.json, its config and its tasks, checked; raises BadCampaignFile, DoesNotFit."""
    draft = read_draft(
        Path(folder), None if tasks is None else Path(tasks), None if config is None else Path(config)
    )
    check_fit(draft)
    return draft


def write(
    folder: str | Path, about: Mapping[str, Any], config: str, tasks: Sequence[Mapping[str, Any]]
) -> Path:
    """A campaign's files from data: `about` is campaign.json, `tasks` one object each; media are files in `folder`."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    (place / "campaign.json").write_text(json.dumps(about, indent=1, ensure_ascii=False), "utf-8")
    (place / "config.xml").write_text(config, "utf-8")
    (place / "tasks.jsonl").write_text(
        "".join(json.dumps(task, ensure_ascii=False) + "\n" for task in tasks), "utf-8"
    )
    return place
