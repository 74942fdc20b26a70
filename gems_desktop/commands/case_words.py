# SPDX-License-Identifier: Apache-2.0
"""A case in words, for whoever is asked to bring it."""

from __future__ import annotations

from gems_desktop.commands.moment import utc
from gems_protocol.amount import Amount
from gems_protocol.case import Case, Kind
from gems_protocol.case_steps import Stage, Step

_WHAT = {
    Kind.CLAIM: "Verifiers judged this work, and the platform has not paid what their verdict owes.",
    Kind.SILENT: "The platform signed for this work and has brought no verdict about it.",
    Kind.ANCHOR: "The platform does not take this work: the chain is shown in time that it exists.",
}
_STAGES = {
    Stage.EARLY: "The platform still has time to judge it. It can be brought from {until} on.",
    Stage.BRING: "It can be brought now: gems case submit",
    Stage.WAITS: "It is on chain. The contract waits for objections until {until}; then: gems case finish",
    Stage.APPEALED: "It is on chain and somebody has appealed. Others judge it again until {until}.",
    Stage.FINISH: "The time for objections is over. The contract pays now: gems case finish",
    Stage.PAID: "The contract has paid. Nothing is left to do.",
    Stage.TURNED: "Another verdict stands on chain than the one of this case. It pays nothing.",
    Stage.ANSWERED: "The platform has shown that it owes nothing for this work. The case is over.",
    Stage.LATE: "The work was not shown to the chain before its due time. The contract cannot pay for it.",
}


def told(case: Case) -> list[str]:
    """What a case says, line by line."""
    given = case.evidence.assignment
    lines = [
        _WHAT[case.kind],
        f"Campaign    0x{given.campaign_id.hex()}",
        f"Task        no. {given.index + 1}, attempt {given.attempt + 1}",
        f"Worker      {given.miner}",
    ]
    if case.kind is Kind.CLAIM:
        said = "accepted" if case.accepts() else "rejected"
        lines.append(f"Verdict     {said}, by {len(case.voters())} votes")
        if case.accepts():
            lines.append(f"Pays        {gem(given.reward)} to the worker, out of the campaign's escrow")
        lines.append(
            f"            {gem(case.terms.vr().units)} to each of these verifiers, who was not paid before"
        )
    else:
        lines.append(f"Pays        up to {gem(given.reward + given.stake)} out of the platform's collateral")
    if case.kind is Kind.ANCHOR:
        lines.append(f"Bring it    before {utc(given.due_at)}, and again when the platform counts as silent")
    lines.append(
        f"Window      the contract waits {case.terms.window // 3600} hours for objections before it pays"
    )
    lines.append(f"Chain       number {case.chain_id}; Judge {case.judge}; Campaigns {case.campaigns}")
    lines.append(
        "Everything in the file is public on chain afterwards. It costs gas; it can move no money of yours."
    )
    return lines


def standing(step: Step) -> str:
    """Where it stands, and what comes next."""
    text = _STAGES[step.stage]
    if step.stage is Stage.BRING and step.call is not None and step.call.function == "anchor":
        text = "It can be shown to the chain until {until}: gems case submit"
    return text.format(until=utc(step.until))


def gem(units: int) -> str:
    """An amount, to the last unit."""
    return f"{Amount(units).exact()} GEM"


def coin(wei: int) -> str:
    """Gas coin, to a billionth."""
    whole, part = divmod(wei // 10**9, 10**9)
    return f"{whole}.{part:09d}"
