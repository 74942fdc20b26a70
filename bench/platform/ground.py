# SPDX-License-Identifier: Apache-2.0
"""A store as it is before the load: a campaign, workers who are signed in, batches leased and confirmed.

Everything is made by the platform's own services, only without HTTP and without a chain: the campaign is said to be
funded. Requests are sealed, signed and packed beforehand, as clients do offline.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils import keccak

from bench.platform.load import request
from gems_platform.accounts import repository as accounts
from gems_platform.campaigns import service as campaigns
from gems_platform.campaigns.schemas import NewCampaign
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.db import Database
from gems_platform.duties.jobs import migrate
from gems_platform.matching.wishes import Ask
from gems_platform.settings import Settings
from gems_platform.tasks import batches, leasing
from gems_protocol import merkle
from gems_protocol.amount import UNIT, Amount
from gems_protocol.campaign import Manifest, ModuleInfo, PolicyInfo, Terms, content_root, result_hash
from gems_protocol.compressed import ENCODING, pack
from gems_protocol.messages import BatchSubmission, Offer, Submission
from gems_protocol.signature import address_of

CONFIG = """<View><Text name="text" value="$text"/><Choices name="mood" toName="text">
<Choice value="good"/><Choice value="bad"/></Choices></View>"""
ANSWER: list[Any] = [
    {"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}, "id": "a1"}
]
_CALM = {
    "requests_per_s": 1e6, "request_burst": 10**6, "costly_per_s": 1e6, "costly_burst": 10**6,
    "account_per_s": 1e6, "account_burst": 10**6, "spend_credit": 10**9 * UNIT,
}  # fmt: skip


def key(name: str) -> bytes:
    """A private key of somebody who exists for a measurement only."""
    return keccak(text=f"gems bench key: {name}")


def settings(folder: Path, store_url: str = "", **changes: Any) -> Settings:
    """A platform without limits of rate; nothing answers where its chain's node should be."""
    return Settings(
        data_dir=folder / "platform",
        store_url=store_url,
        chain_id=31_337,
        rpc_url="http://127.0.0.1:9",
        gem="0x" + "11" * 20,
        channels="0x" + "22" * 20,
        campaigns="0x" + "33" * 20,
        hub_signer_key=key("hub signer"),
        hub_payer_key=key("hub payer"),
        relayer_key=key("relayer"),
        **{**_CALM, **changes},
    )


@dataclass(frozen=True)
class Worker:
    """Somebody who is signed in."""

    key: bytes
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What names them in a request."""
        return {"Authorization": f"Bearer {self.token}"}


class Ground:
    """A store being made ready; `close` before it is served or copied."""

    def __init__(self, of: Settings) -> None:
        self.settings, self.now = of, int(time.time())
        self.db = Database.unchecked(of.store) if of.store_url else Database(of.store)
        if of.store_url:
            migrate(self.db, of.store_url)
        self._workers = 0

    def close(self) -> None:
        """Let go of the store."""
        self.db.close()

    def campaign(self, count: int, lease_s: int = 7 * 86_400) -> str:
        """An open, funded campaign of short texts; its id."""
        me = key("requester")
        tasks = [{"text": f"Sentence {number} of {secrets.token_hex(4)}."} for number in range(count)]
        terms = Terms(
            requester=address_of(me), hub=self.settings.hub_payer, mr=Amount.gem("0.50"), ms=Amount(0),
            vs=Amount(0), floor=Amount.gem("0.10"), z=5, panel=7, quorum=4, rounds=3, redo=3600, window=259_200,
            ends=self.now + 30 * 86_400, verifier_root=bytes(32), seed_tip=bytes(32), arbiter="0x" + "00" * 20,
            content_root=content_root(tasks), salt=secrets.token_bytes(32),
        )  # fmt: skip
        manifest = Manifest(
            title="Moods", description="Say whether a sentence is good or bad.", instructions="Choose one.",
            module=ModuleInfo("sentiment", "1", "text-classification", "easy", CONFIG),
            policy=PolicyInfo("consensus", 2, 2, {}), expected_seconds=5, lease_s=lease_s, languages=("en",),
            content_warning="", gold_root=bytes(32),
        )  # fmt: skip
        offer = Offer(terms.campaign_id(), manifest.manifest_hash()).sign(self.settings.campaigns_domain, me)
        body = NewCampaign(terms=terms.to_json(), manifest=manifest.to_json(), tasks=tasks, gold=[], practice=[],
                           offer_signature="0x" + offer.hex())  # fmt: skip
        with self.db.write() as session:
            accounts.ensure_account(session, address_of(me), self.now)
            found = campaigns.create(session, self.settings, address_of(me), body, self.now)
            row = session.get_one(CampaignRow, found)
            row.state, row.funded = "open", count * UNIT
        return found

    def worker(self) -> Worker:
        """One more person, signed in for a day."""
        self._workers += 1
        who = Worker(key(f"worker {self._workers}"), secrets.token_urlsafe(32))
        address = address_of(who.key)
        with self.db.write() as session:
            accounts.ensure_account(session, address, self.now)
            name = hashlib.sha256(who.token.encode()).hexdigest()
            accounts.add_token(session, name, address, self.now, self.now + 86_400)
        return who

    def batch(self, who: Worker, campaign: str, count: int) -> tuple[str, list[str]]:
        """A batch that is leased and confirmed: its id and its assignments' hashes."""
        me = address_of(who.key)
        ask = Ask(campaign, me, count, "0x" + secrets.token_hex(32), self.now)
        with self.db.read() as session:
            scouted = leasing.scout(session, self.settings, me, campaign, count)
        with self.db.write() as session:
            made = leasing.lease(session, self.settings, ask, scouted)
            batches.confirm(session, self.settings, me, made["batch_id"], None, self.now)
        return made["batch_id"], [_hash(item["assignment"]["message"]) for item in made["items"]]

    def submission(self, who: Worker, batch_id: str, hashes: list[str]) -> bytes:
        """A whole request that hands in an answer to each of these assignments, packed as clients pack it."""
        salts = [secrets.token_bytes(32) for _ in hashes]
        answered = result_hash(ANSWER)
        leaves = [
            Submission(bytes.fromhex(name[2:]), answered, salt).struct_hash()
            for name, salt in zip(hashes, salts, strict=True)
        ]
        message = BatchSubmission(merkle.root(leaves), len(leaves), bytes.fromhex(batch_id[2:]), self.now)
        signature = message.sign(self.settings.campaigns_domain, who.key)
        body = json.dumps({
            "batch": {"message": message.to_json(), "signature": "0x" + signature.hex()},
            "items": [
                {"assignment_hash": name, "salt": "0x" + salt.hex(), "answer": ANSWER}
                for name, salt in zip(hashes, salts, strict=True)
            ],
        }).encode()  # fmt: skip
        packed = pack(body)
        told = {"Content-Encoding": ENCODING} if packed != body else {}
        return request("/v1/submissions", {**who.headers, **told}, packed)


def _hash(message: dict[str, Any]) -> str:
    from gems_protocol.messages import Assignment

    return "0x" + Assignment.from_json(message).struct_hash().hex()
