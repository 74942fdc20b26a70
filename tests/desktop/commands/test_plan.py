# SPDX-License-Identifier: Apache-2.0
"""`gems campaign plan`: a recommendation that can be pasted, and plain words where redundancy or nothing is better."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.cli import main
from gems_platform.client.requesting.judging import policy_info, read_pay
from gems_protocol.amount import Amount
from gems_protocol.verification import policy_for
from tests.desktop.local.world import write_campaign


@pytest.fixture
def plan(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run it; (exit status, what it printed)."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["campaign", "plan", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_what_it_recommends_can_be_offered(plan: Any) -> None:
    status, out, _ = plan("--budget", "100", "--accuracy", "95", "--tasks", "400", "--json")
    found = json.loads(out)
    best = found["recommended"]
    assert status == 0 and best["accuracy"] >= 0.95 and best["corrects_errors"]
    assert int(best["cost"]) <= Amount.gem("100").units == int(found["budget"])
    info = policy_info(best["campaign"])
    terms = read_pay(best["campaign"], info).terms()
    policy_for(info, terms)
    assert (str(terms.ms), str(terms.vs), str(terms.cost())) == (
        best["ms"],
        best["vs"],
        best["escrow_per_task"],
    )
    assert found["redundancy_at_same_cost"]["accuracy"] < best["accuracy"]
    every = {row["name"] for row in found["policies"]}
    assert {"evidence 0.80", "evidence 0.98", "consensus 1+2", "gram 0.10", "girm"} <= every
    assert plan("--budget", "100", "--accuracy", "95", "--tasks", "400", "--json")[1] == out


def test_words_say_what_it_costs_and_what_to_beware_of(plan: Any) -> None:
    status, out, _ = plan("--budget", "100", "--accuracy", "95%", "--tasks", "400")
    assert status == 0 and "Recommended: evidence" in out and "majority of 5" in out
    for said in (
        "escrow",
        "Fund them in parts",
        "do not correct honest errors",
        "a redo earns nothing",
        "1/2 + v(1-v)",
    ):
        assert said in out


def test_really_cheap_verifying_turns_to_consensus(plan: Any) -> None:
    _, out, _ = plan("--budget", "100", "--accuracy", "99.5", "--cheap-verifying", "10", "--json")
    assert json.loads(out)["recommended"]["name"] == "consensus 1+2"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--budget", "30", "--accuracy", "99", "--tasks", "200", "--classes", "2"),
            "The budget does not reach",
        ),
        (("--budget", "1", "--accuracy", "95", "--tasks", "100"), "no policy at all"),
        (("--budget", "900", "--accuracy", "99.99", "--tasks", "100"), "No policy reaches"),
        (("--budget", "900", "--accuracy", "99.93", "--tasks", "100"), "Plain redundancy is more accurate"),
    ],
)
def test_what_cannot_be_had_is_said(plan: Any, arguments: tuple[str, ...], said: str) -> None:
    status, out, _ = plan(*arguments)
    assert status == 1 and said in out


def test_a_campaign_brings_its_own_numbers(plan: Any, tmp_path: Path) -> None:
    folder = write_campaign(tmp_path / "c", policy="consensus", tasks=5)
    found = json.loads(plan("--budget", "9", "--accuracy", "90", "--campaign", str(folder), "--json")[1])
    assert (found["tasks"], found["classes"]) == (5, 2)
    assert found["recommended"]["campaign"]["mr"] == "0.30 GEM"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accuracy", "0"), "is not a share"),
        (("--accuracy", "most"), "is not a share"),
        (("--accuracy", "90", "--classes", "1"), "2 to 20"),
        (("--accuracy", "90", "--cheap-verifying", "11"), "1 to 10"),
        (("--accuracy", "90", "--tasks", "0"), "at least one"),
        (("--accuracy", "90", "--reward", "0"), "has a reward"),
        (("--accuracy", "90", "--workers-accuracy", "2"), "is not a share"),
    ],
)
def test_no_plan_for_nonsense(plan: Any, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = plan("--budget", "10", *arguments)
    assert status == 2 and said in err


def test_a_share_and_a_percentage_are_the_same(plan: Any) -> None:
    found = {plan("--budget", "9", "--accuracy", text, "--tasks", "20")[1] for text in ("95", "95%", "0.95")}
    assert len(found) == 1


def test_a_poor_crowd_is_named(plan: Any) -> None:
    _, out, _ = plan("--budget", "100", "--accuracy", "90", "--workers-accuracy", "0.55", "--classes", "4")
    assert "Hardly any of such workers" in out
