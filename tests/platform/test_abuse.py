# SPDX-License-Identifier: Apache-2.0
"""Reports of abuse: who may make them, who reads them, and that any number of them decides nothing by itself."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.cli import main
from gems_platform.settings import DAY
from gems_protocol.signature import address_of
from tests.platform.api import Person
from tests.platform.conftest import HandClock, key
from tests.platform.operating import settings_file
from tests.platform.test_messages import given, refused, says
from tests.platform.world import World, world

REASONS = (
    "personal_data",
    "disturbing_unannounced",
    "illegal",
    "scam_or_off_platform_pay",
    "malware_or_link",
    "harassment",
    "wrong_pay",
    "other",
)


def about(reason: str = "illegal", **thing: Any) -> dict[str, Any]:
    return {"request_id": "0x" + secrets.token_hex(32), "reason": reason, "note": "Look.", **thing}


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock, operators=(address_of(key("operator")),)) as running:
        yield running


async def under_review(live: World) -> list[dict[str, Any]]:
    found = await (await live.person("operator")).get("/v1/operator/reports")
    rows: list[dict[str, Any]] = found["under_review"]
    return rows


async def test_each_role_reports_what_it_met_and_only_the_operator_reads(live: World) -> None:
    campaign = await live.campaign(2)
    anna, index = await given(live, "anna", campaign)
    verifier = await live.person("verifier 0")
    await verifier.post("/v1/channel", {})
    await live.review(verifier, 1)
    requester, stranger = await live.person("requester"), await live.person("stranger")
    sent = await requester.post(f"/v1/campaigns/{campaign}/tasks/{index}/messages", says("Pay me elsewhere."))
    message = {"thread_id": sent["thread_id"], "seq": 1}
    body = about("scam_or_off_platform_pay", **message)
    made = await anna.post("/v1/reports", body)
    assert made["kind"] == "message" and await anna.post("/v1/reports", body) == made
    assert await refused(anna, "POST", "/v1/reports", about("other", **message)) == "conflict"
    task = {"campaign_id": campaign, "index": index}
    assert (await anna.post("/v1/reports", about(**task)))["kind"] == "task"
    assert (await verifier.post("/v1/reports", about(**task)))["kind"] == "task"
    assert (await stranger.post("/v1/reports", about(campaign_id=campaign)))["kind"] == "campaign"
    for who in (verifier, stranger, requester):  # of another's thread, and one's own words
        assert await refused(who, "POST", "/v1/reports", about(**message)) == "not_found"
    for who in (stranger, requester):
        assert await refused(who, "POST", "/v1/reports", about(**task)) == "not_found"
    for wrong in (
        {},
        {"campaign_id": campaign, **message},
        {"thread_id": sent["thread_id"]},
        {"index": 1, **message},
    ):
        assert await refused(anna, "POST", "/v1/reports", about(**wrong)) == "malformed"
    assert await refused(anna, "POST", "/v1/reports", about("boring", campaign_id=campaign)) == "malformed"

    for who in (anna, verifier, stranger, requester):
        for method, path, asked in (
            ("GET", "/v1/operator/reports", None),
            ("GET", f"/v1/operator/reports/{made['report_id']}", None),
            ("POST", f"/v1/operator/reports/{made['report_id']}", {"outcome": "dismissed"}),
        ):
            assert await refused(who, method, path, asked) == "not_allowed"
    operator = await live.person("operator")
    assert (
        await refused(operator, "GET", f"/v1/threads/{sent['thread_id']}") == "not_found"
    )  # not reported: closed
    found = await operator.get("/v1/operator/reports")
    assert len(found["reports"]) == 4 and found["under_review"] == []
    seen = await operator.get(f"/v1/operator/reports/{made['report_id']}")
    assert [one["text"] for one in seen["about"]["messages"]] == ["Pay me elsewhere."]
    assert "task" not in seen["about"]
    done = {"outcome": "upheld", "answer": "The requester was told."}
    path = f"/v1/operator/reports/{made['report_id']}"
    assert await operator.post(path, done) == await operator.post(path, done)
    assert await refused(operator, "POST", path, {"outcome": "dismissed"}) == "conflict"
    mine = (await anna.get("/v1/reports"))["reports"]
    assert {(one["kind"], one["state"], one["answer"]) for one in mine} == {
        ("message", "upheld", "The requester was told."),
        ("task", "open", None),
    }
    assert (await requester.get("/v1/reports"))["reports"] == []  # who reported, and that, is not its affair
    told = json.dumps([await requester.get(f"/v1/campaigns/{campaign}"), await requester.get("/v1/events")])
    assert made["report_id"] not in told
    acts = [one["act"] for one in (await operator.get("/v1/audit"))["entries"]]
    assert {"report_read", "report_upheld"} <= set(acts)


async def test_spam_changes_nothing_and_only_workers_of_it_count(live: World, clock: HandClock) -> None:
    campaign = await live.campaign(4)
    before = await (await live.person("requester")).get(f"/v1/campaigns/{campaign}")
    crowd = [await live.person(f"sock {number}") for number in range(12)]
    for sock in crowd:
        await sock.post("/v1/reports", about(campaign_id=campaign))
    anna, index = await given(live, "anna", campaign)
    await anna.post("/v1/reports", about(campaign_id=campaign))
    await anna.post("/v1/reports", about(campaign_id=campaign, index=index))
    assert await under_review(live) == []  # twelve strangers, and one worker twice
    for name in ("bea", "cleo"):
        worker, _ = await given(live, name, campaign)
        await worker.post("/v1/reports", about(campaign_id=campaign))
    assert await under_review(live) == [{"campaign_id": campaign, "workers": 3}]  # the control
    after = await (await live.person("requester")).get(f"/v1/campaigns/{campaign}")
    same = ("state", "funded", "terms", "manifest")
    assert [after[name] for name in same] == [before[name] for name in same]
    await given(live, "dora", campaign)  # work goes on
    operator = await live.person("operator")
    for report in (await operator.get("/v1/operator/reports?limit=100"))["reports"]:
        await operator.post(f"/v1/operator/reports/{report['report_id']}", {"outcome": "dismissed"})
    assert await under_review(live) == []


async def test_reports_are_limited_and_paged(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock, abuse_limit=3, operators=(address_of(key("operator")),)) as live:
        campaigns = [await live.campaign(1) for _ in range(4)]
        anna = await live.person("anna")
        for campaign in campaigns[:3]:
            await anna.post("/v1/reports", about(campaign_id=campaign))
        last = about(campaign_id=campaigns[3])
        assert await refused(anna, "POST", "/v1/reports", last) == "too_many_requests"
        clock.at += DAY
        anna = await live.person("anna")
        await anna.post("/v1/reports", last)
        operator = await live.person("operator")
        seen: list[str] = []
        after: str | None = ""
        while after is not None:
            page = await operator.get(f"/v1/operator/reports?limit=3&after={after}")
            seen += [one["report_id"] for one in page["reports"]]
            after = page["next"]
        assert len(seen) == len(set(seen)) == 4


async def test_every_reason_is_taken(live: World) -> None:
    who: Person = await live.person("anna")
    for reason in REASONS:
        campaign = await live.campaign(1)
        assert (await who.post("/v1/reports", about(reason, campaign_id=campaign)))["reason"] == reason


async def test_the_operators_command(
    live: World,
    tmp_path: Path,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(time, "time", lambda: float(clock.at))
    campaign = await live.campaign(1)
    anna, _ = await given(live, "anna", campaign)
    made = await anna.post("/v1/reports", about(campaign_id=campaign))
    data = ["--settings", str(settings_file(live.settings, tmp_path))]
    capsys.readouterr()
    assert main(["platform", "abuse", "list", "--threshold", "1", *data]) == 0
    report, review = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert report["report_id"] == made["report_id"]
    assert review == {"under_review": {"campaign_id": campaign, "workers": 1}}
    assert main(["platform", "abuse", "show", made["report_id"], *data]) == 0
    assert json.loads(capsys.readouterr().out)["about"]["title"] == "Moods"
    assert (
        main(
            [
                "platform",
                "abuse",
                "resolve",
                made["report_id"],
                "dismissed",
                "--answer",
                "All is well.",
                *data,
            ]
        )
        == 0
    )
    assert (await anna.get("/v1/reports"))["reports"][0]["answer"] == "All is well."
    assert main(["platform", "abuse", "show", "0x" + "00" * 32, *data]) == 2
