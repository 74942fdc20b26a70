# SPDX-License-Identifier: Apache-2.0
"""The whole of my trust from my own verdicts, and in words where the platform's figures are others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from gems_desktop.services.facts import FamilyFacts, ForecastFacts, Said, ScenarioFacts, TrustFacts
from gems_desktop.services.record_of_work import MyRecord, weights
from gems_desktop.services.saying import said
from gems_protocol.text import line
from gems_protocol.trust.forecast import Forecast, Scenario
from gems_protocol.trust.profile import FamilyProfile, Profile, profile
from gems_protocol.trust.score import Outcome, in_words, score
from gems_protocol.trust.words import explain, next_ten, sentence

_TOLERANCE = 1e-9  # the same sums in the same order; only the printing of a float lies between
_HISTORY = 200


def trust_facts(
    mine: MyRecord, told: dict[str, Any], reviews: tuple[int, int], known: Profile | None = None
) -> TrustFacts:
    """The facts; told: what `read_told` kept of the platform's answer. reviews: settled votes, overturned ones.

    known: the profile of `mine`, where it was computed before.
    """
    found = known or profile(mine.outcomes, *weights(told))
    outcomes = mine.outcomes
    plain = score(outcomes)
    missing = found.missing
    comparable = told.get("counted_here") == plain.n and told.get("counted", 0) <= plain.n
    platform = told.get("score")
    first = max(0, len(outcomes) - _HISTORY)
    past = [score(outcomes[: count + 1]) for count in range(first, len(outcomes))]
    return TrustFacts(
        score=plain.score,
        lower=plain.lower,
        upper=plain.upper,
        checked=plain.n,
        accepted=plain.accepted,
        first_try=plain.first_try,
        sentence=in_words(plain),
        to_verifier="" if missing is None else sentence(missing),
        verifier=missing is None or bool(told.get("verifier")),
        platform_score=platform,
        differs=platform is not None and comparable and abs(platform - plain.score) > _TOLERANCE,
        history=tuple(then.score for then in past),
        bounds=tuple((then.lower, then.upper) for then in past),
        outcomes=tuple(_shown(outcome) for outcome in outcomes),
        practice=bool(told.get("practice")),
        grade=found.grade.name,
        newcomer=found.newcomer,
        level=found.level.name,
        level_number=found.level.number,
        to_next_level=found.level.to_next,
        trend=found.trend.direction.value,
        alarm=found.alarm.active,
        removal=found.removal,
        families=tuple(_family(family, outcomes) for family in found.families),
        forecast=_forecast(found.forecast),
        explanations=tuple(said(reason) for reason in explain(found)),
        next_ten=tuple(said(reason) for reason in next_ten(found)),
        differences=tuple(_differences(mine, found, told)) if told.get("counted_here") == plain.n else (),
        passes=mine.passes,
        reviews=reviews[0],
        overturned=reviews[1],
        hidden_checks=told.get("hidden_checks", 0),
        hidden_right=told.get("hidden_right", 0),
        removed=bool(told.get("removed")),
        removal_appeal=told.get("appeal", ""),
    )


def read_told(answer: dict[str, Any]) -> dict[str, Any]:
    """What is kept of the platform's answer about me: figures to compare, the weights that it publishes."""
    told: dict[str, Any] = {
        "verifier": answer.get("verifier") is True,
        "practice": answer.get("practice") is True,
        "score": None,
    }
    shown, found = answer.get("score"), answer.get("profile")
    if isinstance(shown, dict) and isinstance(shown.get("score"), int | float):
        told["score"] = float(shown["score"])
        told["counted"] = shown.get("n") if isinstance(shown.get("n"), int) else 0
        told["accepted"] = shown.get("accepted") if isinstance(shown.get("accepted"), int) else 0
    if type(answer.get("passes")) is int:
        told["passes"] = answer["passes"]
    if isinstance(found, dict) and isinstance(found.get("grade"), str):
        told["grade"] = line(found["grade"], 1)
    told["weights"] = _read_weights(answer.get("weights"))
    return told | _read_removal(answer) | _read_hidden(answer.get("hidden"))


def _read_removal(answer: dict[str, Any]) -> dict[str, Any]:
    made = answer.get("appeal")
    state = ""
    if isinstance(made, dict):
        state = "waiting" if made.get("answered_at") is None else "answered"
    return {"removed": answer.get("removed") is True, "appeal": state}


def _read_hidden(value: Any) -> dict[str, Any]:
    checks, right = (value.get("checks"), value.get("right")) if isinstance(value, dict) else (0, 0)
    if type(checks) is not int or type(right) is not int or not 0 <= right <= checks:
        return {}
    return {"hidden_checks": checks, "hidden_right": right}


def _read_weights(value: Any) -> dict[str, Any] | None:
    """Both tables, each weight within 0..1; None when they are missing or malformed."""
    try:
        requesters = {str(name): float(weight) for name, weight in value["requesters"].items()}
        kinds: list[tuple[str, str, float]] = [
            (str(kind["family"]), str(kind["difficulty"]), float(kind["weight"])) for kind in value["kinds"]
        ]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    numbers = [*requesters.values(), *(kind[2] for kind in kinds)]
    if not all(0 <= number <= 1 for number in numbers):
        return None
    return {"requesters": requesters, "kinds": kinds}


def _differences(mine: MyRecord, found: Profile, told: dict[str, Any]) -> Iterator[Said]:
    """Where the platform's figures are not mine, over the same verdicts."""
    plain = found.score
    if "counted" in told and told["counted"] != plain.n:
        yield _differs("checked", "The platform counts {} as checked tasks", told["counted"], plain.n)
    elif "accepted" in told and told["accepted"] != plain.accepted:
        yield _differs("right", "The platform counts {} as right answers", told["accepted"], plain.accepted)
    if "passes" in told and told["passes"] != mine.passes:
        yield _differs("passes", "The platform counts {} as audited passes", told["passes"], mine.passes)
    if "grade" in told and told["grade"] != found.grade.name:
        yield _differs("grade", "The platform gives you grade {}", told["grade"], found.grade.name)


def _differs(code: str, claim: str, theirs: int | str, ours: int | str) -> Said:
    computer = "this computer computes" if code == "grade" else "this computer"
    return Said(code, (("theirs", theirs), ("ours", ours)), f"{claim.format(theirs)}, {computer} {ours}.")


def _family(found: FamilyProfile, outcomes: list[Outcome]) -> FamilyFacts:
    mine = [outcome.accepted for outcome in outcomes if outcome.family == found.family]
    evidence = found.evidence
    return FamilyFacts(
        family=line(found.family, 80),
        grade=found.grade.name,
        right=sum(mine),
        checked=len(mine),
        effective_hundredths=round(100 * evidence.n),
        lower=evidence.lower,
        upper=evidence.upper,
        verifier=found.verifier,
        missing=None if found.missing is None else said(found.missing),
    )


def _forecast(ahead: Forecast) -> ForecastFacts:
    options = dict.fromkeys((ahead.all_right, ahead.own_rate, ahead.all_wrong))
    return ForecastFacts(
        next_grade="" if ahead.next_grade is None else ahead.next_grade.name,
        in_a_row=ahead.in_a_row,
        confirmed_after=ahead.confirmed_after,
        scenarios=tuple(_scenario(option) for option in options),
    )


def _scenario(option: Scenario) -> ScenarioFacts:
    return ScenarioFacts(option.right, option.lower, option.upper, option.grade.name)


def _shown(outcome: Outcome) -> dict[str, Any]:
    return asdict(outcome) | {"campaign_id": "0x" + outcome.campaign_id.hex()}
