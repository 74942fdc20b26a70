# SPDX-License-Identifier: Apache-2.0
"""Outcomes leave one platform as EAS attestations and arrive at another: over HTTP, between two real servers."""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from eth_utils import keccak

from gems_desktop.cli import main
from gems_desktop.commands import trust as command
from gems_desktop.commands.requester_faults import CommandFailed
from gems_desktop.services.network import Network
from gems_platform.app import Server, serve
from gems_platform.settings import Settings
from gems_platform.trust.tables import OutcomeRow
from gems_protocol import canonical
from gems_protocol.attestation.bundle import bundle, inspect
from gems_protocol.attestation.offchain import Signed
from gems_protocol.attestation.schema import VALID_S, OutcomeClaim, RecordClaim
from gems_protocol.signature import address_of
from tests.platform import stores
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.world import world

DAY = 86_400


@dataclass
class Pair:
    """Two platforms with keys and stores of their own; `there` trusts `here`."""

    here: Server
    there: Server
    http: aiohttp.ClientSession
    clock: HandClock

    async def person(self, server: Server, name: str = "anna") -> Person:
        settings = server.app.state.context.settings
        return await Person(self.http, server.url, settings, key(name)).sign_in()

    async def judged(self, server: Server, count: int, name: str = "anna", **changes: Any) -> None:
        """`count` judged tasks of one campaign of this server."""
        person = await self.person(server, name)
        with server.app.state.context.db.write() as session:
            for place in range(count):
                values: dict[str, Any] = {
                    "worker": person.address,
                    "campaign_id": "0x" + keccak(text=f"campaign of {server.url}").hex(),
                    "index": place,
                    "attempt": 0,
                    "assignment_hash": "0x" + keccak(text=f"{server.url} {name} {place} {changes}").hex(),
                    "requester": address_of(key(f"requester of {server.url}")),
                    "family": "text-classification",
                    "accepted": True,
                    "first_try": True,
                    "judged_at": self.clock.at - 1000 + place,
                }
                session.add(OutcomeRow(**{**values, **changes}))

    async def bundle(self, name: str = "anna") -> dict[str, Any]:
        """What `here` attests of a person."""
        person = await self.person(self.here, name)
        record = await person.get(f"/v1/trust/{person.address}/record")
        page = await person.get(f"/v1/trust/{person.address}/attestations?after={record['after']}")
        return bundle(
            person.address,
            [(record["name"], record["chain_id"], record["record"], page["attestations"])],
        )

    async def bring(self, value: Any, name: str = "anna") -> Any:
        return await (await self.person(self.there, name)).post("/v1/trust/import", {"bundle": value})

    async def trust(self, name: str = "anna") -> Any:
        person = await self.person(self.there, name)
        return await person.get(f"/v1/trust/{person.address}")


@pytest.fixture
async def pair(
    settings: Settings, clock: HandClock, tmp_path: Path, http: aiohttp.ClientSession
) -> AsyncIterator[Pair]:
    other = replace(
        settings,
        data_dir=tmp_path / "other",
        store_url=stores.new(tmp_path / "other"),
        hub_signer_key=key("another hub signer"),
        trusted_issuers=(settings.hub,),
        name="Elsewhere",
    )
    here = await serve(settings, clock=clock, ticking=False)
    there = await serve(other, clock=clock, ticking=False)
    found = Pair(here, there, http, clock)
    yield found
    await found.here.close()
    await found.there.close()


async def test_anybody_reads_signed_outcomes_and_always_the_same_ones(
    pair: Pair, person: Callable[[str], Person]
) -> None:
    await pair.judged(pair.here, 3)
    reader = Person(pair.http, pair.here.url, pair.here.app.state.context.settings, key("reader"))
    path = f"/v1/trust/{address_of(key('anna'))}/attestations"
    page = await reader.get(path)
    assert (len(page["attestations"]), page["last"], page["issuer"]) == (3, 3, reader.settings.hub)
    signed = [Signed.from_json(package) for package in page["attestations"]]
    assert {one.issuer for one in signed} == {reader.settings.hub}
    assert [OutcomeClaim.read(one.attestation).index for one in signed] == [0, 1, 2]
    assert await reader.get(path) == page
    assert (await reader.get(path + "?after=1&limit=1"))["attestations"] == page["attestations"][1:2]
    assert (await reader.get(path + "?after=3"))["last"] == 3


async def test_nobody_knows_a_stranger(pair: Pair) -> None:
    reader = Person(pair.http, pair.here.url, pair.here.app.state.context.settings, key("reader"))
    path = f"/v1/trust/{reader.address}"
    assert (await reader.get(path + "/attestations"))["attestations"] == []
    record = RecordClaim.read(Signed.from_json((await reader.get(path + "/record"))["record"]).attestation)
    assert (record.judged, record.listed) == (0, 0)


async def test_more_than_one_page_is_issued_whole(pair: Pair) -> None:
    await pair.judged(pair.here, 230)
    anna = await pair.person(pair.here)
    record = await anna.get(f"/v1/trust/{anna.address}/record")
    assert RecordClaim.read(Signed.from_json(record["record"]).attestation).listed == 230
    page = await anna.get(f"/v1/trust/{anna.address}/attestations")
    assert len(page["attestations"]) == 100


async def test_a_new_key_attests_everything_again(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession, pair: Pair
) -> None:
    await pair.judged(pair.here, 2)
    await pair.bundle()
    await pair.here.close()
    pair.here = await serve(
        replace(settings, hub_signer_key=key("new hub signer")), clock=clock, ticking=False
    )
    found = inspect(await pair.bundle(), clock.at)
    assert found.sound and [len(part.outcomes) for part in found.issuers] == [2]


async def test_outcomes_count_elsewhere_beside_own_ones(pair: Pair) -> None:
    await pair.judged(pair.here, 12)
    value = await pair.bundle()
    assert (await pair.bring(value))["imported"] == 12
    shown = await pair.trust()
    brought = [one for one in shown["outcomes"] if one.get("imported")]
    assert len(brought) == 12 and {one["imported"] for one in brought} == {
        pair.here.app.state.context.settings.hub
    }
    assert not shown["verifier"] and shown["score"]["n"] == 0
    await pair.judged(pair.there, 9)
    assert not (await pair.trust())["verifier"]
    await pair.judged(pair.there, 1, index=100)
    shown = await pair.trust()
    assert shown["verifier"] and shown["score"]["n"] == 10


async def test_import_again_changes_nothing_and_later_work_is_added(pair: Pair) -> None:
    await pair.judged(pair.here, 2)
    value = await pair.bundle()
    first = await pair.bring(value)
    assert await pair.bring(value) == first
    await pair.judged(pair.here, 1, index=50)
    pair.clock.at += 1
    again = await pair.bring(await pair.bundle())
    assert (again["imported"], again["already"]) == (1, 2)
    assert len((await pair.trust())["outcomes"]) == 3


async def _refused(pair: Pair, value: Any, name: str = "anna") -> str:
    with pytest.raises(Refused) as refused:
        await pair.bring(value, name)
    assert refused.value.error["safe"] and refused.value.error["action"]
    assert [one for one in (await pair.trust())["outcomes"] if one.get("imported")] == []
    return str(refused.value.code)


async def test_forged_doubled_and_left_out_outcomes_are_refused_as_a_whole(pair: Pair) -> None:
    await pair.judged(pair.here, 3)
    value = await pair.bundle()
    forged = copy.deepcopy(value)
    forged["attestations"][1]["sig"]["message"]["time"] = "1"
    assert await _refused(pair, forged) == "malformed"
    assert await _refused(pair, {**value, "attestations": value["attestations"][:2]}) == "malformed"
    doubled = [*value["attestations"][:2], value["attestations"][0]]
    assert await _refused(pair, {**value, "attestations": doubled}) == "malformed"
    assert await _refused(pair, {"format": "x"}) == "refused"


async def test_somebody_elses_outcomes_are_refused(pair: Pair) -> None:
    await pair.judged(pair.here, 3)
    assert await _refused(pair, await pair.bundle(), "bert") == "not_allowed"


async def test_only_trusted_issuers_count_and_never_oneself(pair: Pair, clock: HandClock) -> None:
    await pair.judged(pair.there, 3)
    turned = Pair(pair.there, pair.here, pair.http, clock)  # `here` trusts nobody
    await pair.judged(pair.there, 3, "bert")
    assert await _refused(turned, await turned.bundle()) == "not_allowed"
    own = Pair(pair.there, pair.there, pair.http, clock)
    with pytest.raises(Refused) as refused:
        await own.bring(await own.bundle())
    assert refused.value.code == "not_allowed"


async def test_play_on_a_local_chain_counts_on_no_other(pair: Pair, tmp_path: Path) -> None:
    await pair.judged(pair.here, 3)
    value = await pair.bundle()
    await pair.there.close()
    settings = pair.there.app.state.context.settings
    pair.there = await serve(replace(settings, chain_id=8453, public_url=""), clock=pair.clock, ticking=False)
    assert await _refused(pair, value) == "not_allowed"


async def test_an_old_record_is_refused_and_old_outcomes_do_not_count(pair: Pair) -> None:
    await pair.judged(pair.here, 3)
    value = await pair.bundle()
    pair.clock.at += 7 * DAY + 1
    assert await _refused(pair, value) == "late"
    pair.clock.at += VALID_S
    answer = await pair.bring(await pair.bundle())
    assert (answer["imported"], answer["expired"]) == (0, 3)


async def test_a_real_verdict_is_attested_with_its_evidence(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        campaign = await live.campaign(1)
        anna = await live.person("anna")
        await live.work(anna, campaign, 1)
        for number in range(2):
            await live.review(await live.person(f"verifier {number}"), 1)
        (verdict,) = await live.events(anna, "verdict")
        page = await anna.get(f"/v1/trust/{anna.address}/attestations")
        (package,) = page["attestations"]
        claim = OutcomeClaim.read(Signed.from_json(package).attestation)
        assert claim.evidence == canonical.keccak_of(verdict["evidence"])
        assert (claim.campaign_id.hex(), claim.index) == (campaign[2:], 0)
        assert (claim.family, claim.difficulty) == ("text-classification", "easy")
        assert claim.requester == (await live.person("requester")).address and claim.accepted


def _network(server: Server, path: Path) -> Path:
    settings = server.app.state.context.settings
    found = Network(
        name=settings.name,
        chain_id=settings.chain_id,
        rpc_urls=("http://127.0.0.1:9",),
        platform_url=server.url,
        platform_signer=settings.hub,
        gem=settings.gem,
        channels=settings.channels,
        campaigns=settings.campaigns,
        hub_payer=settings.hub_payer,
        relayer=settings.relayer,
        practice=False,
    )
    path.write_text(json.dumps(asdict(found)))
    return path


async def test_the_command_line_carries_a_file(
    pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: float(pair.clock.at))
    await pair.judged(pair.here, 130)
    file, secret = tmp_path / "anna.json", tmp_path / "key"
    secret.touch(mode=0o600)
    secret.write_text(key("anna").hex())
    here, there = (
        _network(one, tmp_path / f"{place}.json") for place, one in enumerate((pair.here, pair.there))
    )
    asked = argparse.Namespace(file=file, worker=address_of(key("anna")), network=[here])
    assert await command.export_file(asked) == 0
    verify = argparse.Namespace(file=file, json=False)
    assert main(["trust", "verify", str(file)]) == 0
    said = capsys.readouterr().out
    assert "130 judged in all" in said and "Every signature holds." in said
    keys = {"key_file": secret, "keystore": None, "vault": None}
    assert await command.import_file(argparse.Namespace(file=file, network=there, **keys)) == 0
    assert capsys.readouterr().out.startswith("Imported 130; there already 0")
    with pytest.raises(CommandFailed, match="none of these outcomes: they are its own"):
        await command.import_file(argparse.Namespace(file=file, network=here, **keys))
    secret.write_text(key("ben").hex())
    with pytest.raises(command.CannotUseFile, match="another account's"):
        await command.import_file(argparse.Namespace(file=file, network=there, **keys))

    value = json.loads(file.read_text())
    value["attestations"][7]["sig"]["message"]["recipient"] = "0x" + "99" * 20
    file.write_text(json.dumps(value))
    assert command.verify_file(argparse.Namespace(file=file, json=True)) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["sound"] and told["problems"][0] == {
        "kind": "forged",
        "where": "attestation 8",
        "why": "An attestation does not have the UID that its content gives.",
    }
    file.write_text("{")
    with pytest.raises(command.CannotUseFile) as refused:
        command.verify_file(verify)
    assert refused.value.message and refused.value.safe and refused.value.action
