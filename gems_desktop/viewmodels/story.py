# SPDX-License-Identifier: Apache-2.0
"""The way of one task as a conversation: who said what, when, with what money, and how it is known (ADR 0081)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gems_desktop.services.facts_story import MoneyFacts, RoundFacts, StoryFacts
from gems_desktop.viewmodels.answer_words import answer_lines
from gems_desktop.viewmodels.movement_words import movement
from gems_desktop.viewmodels.words import clock_time, gem, say, short
from gems_protocol.amount import ZERO

YOU, VERIFIERS, PANEL, PLATFORM, REQUESTER, CONTRACT = (
    "you",
    "verifiers",
    "panel",
    "platform",
    "requester",
    "contract",
)
_WHO = {
    YOU: "You",
    VERIFIERS: "Verifiers",
    PANEL: "Appeal panel",
    PLATFORM: "Platform",
    REQUESTER: "Requester",
    CONTRACT: "Contract",
}
_ICONS = {
    YOU: "user",
    VERIFIERS: "review",
    PANEL: "scale",
    PLATFORM: "globe",
    REQUESTER: "message",
    CONTRACT: "shield",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the outbox's row says of the verdict, already in words; appeal: as `OutboxItem.appeal`."""

    accepted: bool = False
    rejected: bool = False
    final: bool = False
    reason: str = ""
    note: str = ""
    mark: str = ""
    appeal: str = ""
    appeal_reason: str = ""
    by_requester: bool = False
    dispute: str = ""
    case_saved: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One message. tone: "" | good | bad | warn; quote: somebody's own words; proof: how it is known, by lines."""

    who: str
    whoText: str
    icon: str
    mine: bool
    when: str
    text: str
    tone: str = ""
    quote: str = ""
    quoteTitle: str = ""
    reason: str = ""
    markText: str = ""
    rule: str = ""
    money: str = ""
    proof: str = ""


def messages(story: StoryFacts, verdict: Verdict) -> tuple[Message, ...]:
    """Everything that has happened, the earliest first."""
    return tuple(_told(story, verdict))


def _told(story: StoryFacts, verdict: Verdict) -> Iterator[Message]:
    yield _answered(story)
    if story.received_at:
        yield _message(
            PLATFORM,
            story.received_at,
            say("The platform signed that it has your answer."),
            proof=say("The platform's signature was checked on this computer when it came."),
        )
    first = [each for each in story.rounds if not each.asked]
    for number, panel in enumerate(first):
        yield _panel(story, panel, verdict if number == len(first) - 1 else Verdict(), VERIFIERS)
    if not first and (verdict.accepted or verdict.rejected):
        yield _unseen(story, verdict)
    yield from _mine_after(story, verdict)
    for panel in (each for each in story.rounds if each.asked):
        yield _panel(story, panel, Verdict(), PANEL)
    yield from _money(story, verdict)


def _message(who: str, at: int, text: str, **values: str) -> Message:
    return Message(
        who=who,
        whoText=say(_WHO[who]),
        icon=_ICONS[who],
        mine=who == YOU,
        when=clock_time(at),
        text=text,
        **values,
    )


def _answered(story: StoryFacts) -> Message:
    said = "\n".join(answer_lines(story.config, story.answer))
    fingerprint = short(story.fingerprint)
    return _message(
        YOU,
        story.finished_at,
        say("You corrected your answer.") if story.corrected else say("You answered."),
        quote=said,
        quoteTitle=say("Your answer:") if said else "",
        money=_sums(story, ("stake_put",)),
        proof=say("Your wallet signed it. Its fingerprint is {code}.", code=fingerprint)
        if fingerprint
        else "",
    )


def _panel(story: StoryFacts, panel: RoundFacts, verdict: Verdict, who: str) -> Message:
    """What one panel said; the reason, note and mark stand with the panel that gave them."""
    no = panel.reject >= panel.quorum or panel.reject > panel.accept
    said = say("{yes} found it right, {no} found it wrong.", yes=panel.accept, no=panel.reject)
    silent = panel.seats - panel.accept - panel.reject
    if silent > 0:
        said += " " + say("{n} did not answer.", n=silent)
    return _message(
        who,
        panel.at or story.judged_at,
        said,
        tone="bad" if no else "good" if panel.accept else "",
        reason=verdict.reason,
        quote=verdict.note,
        quoteTitle=say("They wrote:") if verdict.note else "",
        markText=verdict.mark,
        rule=_rule(story, panel),
        proof=_votes_proof(story, panel),
    )


def _rule(story: StoryFacts, panel: RoundFacts) -> str:
    if panel.asked == "commission":
        return say(
            "The rule: two strangers look at it. Only if both find it poor, part of the pay goes back."
        )
    if story.policy == "evidence" and not panel.asked:
        return say("The rule: other people do the same task, until it is sure enough which answer is right.")
    said = say("The rule: {k} of {n} verifiers must agree.", k=panel.quorum, n=panel.seats)
    if story.policy in ("girm", "gram"):
        said += " " + say("Your answer was drawn by lot to be checked.")
    if story.blind and not panel.asked:
        said += " " + say("They did not see your answer before they gave theirs.")
    return said


def _votes_proof(story: StoryFacts, panel: RoundFacts) -> str:
    if not story.checked:
        return say("The signed votes could not be read again just now. They were checked when they came.")
    votes = panel.accept + panel.reject
    return "\n".join(
        (
            say("{n} signed votes were counted on this computer, and the same came out.", n=votes),
            say(
                "{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.",
                n=story.checked,
            ),
        )
    )


_UNSEEN = {
    "not_drawn": "The lot did not fall on your answer, so nobody checks it: it is accepted.",
    "silence": "Nobody judged it in time, so it counts as accepted.",
    "accepted": "Your answer was accepted.",
    "rejected": "Your answer was rejected.",
}


def _unseen(story: StoryFacts, verdict: Verdict) -> Message:
    """A verdict without votes that could be read."""
    plain = "accepted" if verdict.accepted else "rejected"
    proof = say("The draw was computed again on this computer.") if story.basis == "not_drawn" else ""
    return _message(
        VERIFIERS if verdict.rejected else PLATFORM,
        story.judged_at,
        say(_UNSEEN[story.basis if verdict.accepted and story.basis in _UNSEEN else plain]),
        tone="good" if verdict.accepted else "bad",
        reason=verdict.reason,
        quote=verdict.note,
        quoteTitle=say("They wrote:") if verdict.note else "",
        markText=verdict.mark,
        proof=proof or (_votes_proof(story, RoundFacts(0, 0, 0, 0, 0)) if not story.checked else ""),
    )


def _mine_after(story: StoryFacts, verdict: Verdict) -> Iterator[Message]:
    """What was done about the verdict: the second try, and an appeal of mine or of the requester."""
    if story.second_at:
        yield _message(YOU, story.second_at, say("You corrected it: your second try takes its place."))
    elif story.second in ("LEASED", "DRAFT"):
        until = clock_time(story.second_until)
        yield _message(PLATFORM, 0, say("You got the task back to correct it, until {time}.", time=until))
    if verdict.by_requester:
        yield _message(
            REQUESTER,
            0,
            say("The requester objected."),
            quote=verdict.dispute,
            quoteTitle=say("Its requester wrote:") if verdict.dispute else "",
        )
    elif verdict.appeal not in ("", "open"):
        yield _message(
            YOU,
            story.appealed_at,
            say("You appealed."),
            quote=verdict.appeal_reason,
            quoteTitle=say("You wrote:") if verdict.appeal_reason else "",
            money=_sums(story, ("bond_put",)),
            proof=say("Your wallet signed the appeal with these words."),
        )
        if verdict.appeal == "late":
            yield _message(
                PLATFORM,
                0,
                say("The platform did not take it. What you gave up for it is yours again."),
                tone="bad",
            )


def _money(story: StoryFacts, verdict: Verdict) -> Iterator[Message]:
    """What the verdict brought or cost."""
    back = [each for each in story.money if each.kind in ("reward", "stake_back", "bond_back")]
    for at in sorted({each.paid_at for each in back}, key=lambda at: (at == 0, at)):
        lines = [each for each in back if each.paid_at == at]
        said = (
            say("Paid into your channel.")
            if at
            else say("It is owed to you and comes with the next voucher.")
        )
        yield _message(
            PLATFORM,
            at or max(each.at for each in lines),
            said,
            tone="good",
            money=_lines(lines),
            proof=say("This computer adds up what you are owed by itself, and takes no voucher for less."),
        )
    staked = (
        story.stake > ZERO and not story.corrected and not any(each.kind == "stake_back" for each in back)
    )
    if verdict.rejected and verdict.final and staked:
        lost = say("The rejection is final. Your stake of {amount} GEM is lost.", amount=gem(story.stake))
        yield _message(PLATFORM, 0, lost, tone="bad")
    if verdict.case_saved:
        yield _message(CONTRACT, verdict.case_saved, say("You saved it as a case for the contract."))


def _sums(story: StoryFacts, kinds: tuple[str, ...]) -> str:
    return _lines([each for each in story.money if each.kind in kinds])


def _lines(money: list[MoneyFacts]) -> str:
    return "\n".join(
        say("{what}: {amount} GEM", what=movement(each.kind), amount=gem(each.amount, sign=True))
        for each in money
    )
