# SPDX-License-Identifier: Apache-2.0
"""What is usual for each policy when `campaign.json` says nothing, and what it may say."""

from __future__ import annotations

from typing import Any

import pytest

from gems_platform.client.requesting.files import BadCampaignFile
from gems_platform.client.requesting.judging import Pay, policy_info, read_pay
from gems_protocol.amount import Amount
from gems_protocol.campaign import PolicyInfo
from gems_protocol.errors import GemsError
from gems_protocol.verification import Mix, policy_for
from gems_protocol.verification.gram import penalty


def read(policy: dict[str, Any] | None = None, **pay: Any) -> tuple[PolicyInfo, Pay]:
    """The policy and the pay of a campaign of 1 GEM a task, which the product's own rules accept."""
    value = {"mr": "1 GEM", **({} if policy is None else {"policy": policy}), **pay}
    info = policy_info(value)
    found = read_pay(value, info)
    policy_for(info, found.terms())
    return info, found


def test_evidence_is_what_nobody_has_to_ask_for() -> None:
    info, pay = read()
    assert (info.name, info.panel, dict(info.params)) == ("evidence", 7, {"theta_ppm": 900_000})
    assert (pay.ms, pay.vs, pay.vr) == (Amount.gem("0.5"), Amount.gem("1"), Amount.gem("1"))
    assert (pay.panel, pay.quorum, pay.rounds) == (5, 3, 2)
    assert pay.terms().cost() == Amount.gem("11")  # seven verifiers, and three for an appeal


@pytest.mark.parametrize(
    ("policy", "more", "ms", "vs", "panel"),
    [
        ({"name": "consensus"}, {}, "0", "0.4", 7),
        ({"name": "consensus"}, {"ms": "0.10 GEM", "vs": "60000000000000000"}, "0.10", "0.06", 7),
        ({"name": "gram"}, {}, "15", "0.6", 7),
        ({"name": "gram", "params": {"audit": "0.2", "factor": "1"}}, {}, "5", "0.6", 7),
        ({"name": "girm"}, {}, "0", "0.5", 7),
        ({"name": "commissioned"}, {}, "0", "0", 3),
        ({"name": "evidence", "panel": 3}, {}, "0.5", "1", 3),
        ({"name": "evidence", "panel": 1}, {"rounds": 1}, "0.5", "1", 3),
        ({"name": "evidence"}, {"panel": 7}, "0.5", "1", 7),
    ],
)
def test_usual_stakes_and_the_smallest_escrow(
    policy: dict[str, Any], more: dict[str, Any], ms: str, vs: str, panel: int
) -> None:
    _, pay = read(policy, **more)
    assert (pay.ms, pay.vs, pay.panel) == (Amount.gem(ms), Amount.gem(vs), panel)
    assert pay.quorum == panel // 2 + 1


def test_grams_stake_is_its_penalty() -> None:
    _, pay = read({"name": "gram", "params": {"audit_ppm": 150_000}})
    assert pay.ms == penalty(Amount.gem("1"), 150_000)
    with pytest.raises(GemsError, match="stake must be the penalty"):
        read({"name": "gram"}, ms="1 GEM")


def test_ratios_may_be_decimals_and_are_exact() -> None:
    for theta in ("0.95", 0.95, "0.950000"):
        assert read({"name": "evidence", "params": {"theta": theta}})[0].params["theta_ppm"] == 950_000
    info, _ = read({"name": "evidence", "params": {"commission": "0.25", "theta_ppm": 980_000}})
    assert info.params["commission_ppm"] == 250_000 and info.hold_s == 3 * 86_400
    assert read({"name": "commissioned", "params": {"hold_s": 60}})[0].hold_s == 60


def test_newcomers_may_enter_under_girm() -> None:
    info, pay = read({"name": "evidence", "params": {"entry_tasks": 10}}, z=5)
    assert isinstance(policy_for(info, pay.terms()), Mix)


@pytest.mark.parametrize(
    ("policy", "pay", "said"),
    [
        ([], {}, "are objects"),
        ({"params": []}, {}, "are objects"),
        ({"params": {"theta": "much"}}, {}, "not a number"),
        ({"params": {"theta": "0.9000001"}}, {}, "at most six decimals"),
        ({"params": {"theta": True}}, {}, "not a number"),
        ({"params": {"theta": "NaN"}}, {}, "not a number"),
        ({"params": {"hold_s": "long"}}, {}, "not a whole number"),
        ({"params": {"theta": "0.3"}}, {}, "theta"),
        ({"params": {"colour": 1}}, {}, "not a field"),
        ({"name": "magic"}, {}, "no policy"),
        ({}, {"z": 11}, "z is not"),
        ({}, {"rounds": 4}, "rounds"),
        ({}, {"rounds": None}, "is none"),
        ({}, {"ms": "much"}, "no amount"),
    ],
)
def test_what_cannot_be_is_refused_in_words(policy: Any, pay: dict[str, Any], said: str) -> None:
    with pytest.raises(GemsError) as caught:
        read(policy, **pay)
    assert said in caught.value.message
    assert isinstance(caught.value, BadCampaignFile | GemsError)
