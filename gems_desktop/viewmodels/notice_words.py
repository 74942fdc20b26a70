# SPDX-License-Identifier: Apache-2.0
"""What notices say: in the window with amounts, outside it without them unless the user allows it."""

from __future__ import annotations

from collections.abc import Sequence

from gems_desktop.services.facts_notices import SAFETY, Notice
from gems_desktop.services.notices_rules import AT_ONCE
from gems_desktop.services.ports_outside import Said
from gems_desktop.services.troubles import WORDS
from gems_desktop.viewmodels.words import clock_time, gem, number, say, sentence

#: what -> its icon and the page that a click leads to
PLACES = {
    "new_work": ("search", "findWork"),
    "judged": ("review", "outbox"),
    "reviews_judged": ("review", "outbox"),
    "appeals_decided": ("scale", "outbox"),
    "disputed": ("scale", "outbox"),
    "message": ("messages", "outbox"),
    "due": ("hourglass", "work"),
    "expired": ("clock", "outbox"),
    "paid": ("earnings", "earnings"),
    "claimed": ("wallet", "earnings"),
    "claim_failed": ("alert", "earnings"),
    "trouble": ("shield", "earnings"),
}


def title(notice: Notice) -> str:
    """The first line."""
    n = number(notice.count)
    match notice.what:
        case "new_work":
            return say("New work")
        case "judged":
            return say("Tasks judged: {n}", n=n)
        case "reviews_judged":
            return say("Reviews judged: {n}", n=n)
        case "appeals_decided":
            return say("Appeals decided: {n}", n=n)
        case "disputed":
            return say("Accepted tasks that are judged again: {n}", n=n)
        case "message":
            return say("Messages from requesters: {n}", n=n)
        case "due":
            return say("Tasks that run out soon: {n}", n=n)
        case "expired":
            return say("Tasks whose time ran out: {n}", n=n)
        case "paid":
            return say("The platform signed your pay")
        case "claimed":
            return say("Your claim is in your wallet")
        case "claim_failed":
            return say("A claim did not go through")
    return (
        sentence(_trouble(notice)[0]) if _trouble(notice)[0] else say("Something is wrong with your channel")
    )


def _trouble(notice: Notice) -> tuple[str, str, str]:
    return WORDS.get(notice.texts[0] if notice.texts else "", ("", "", ""))


def body(notice: Notice, *, amounts: bool) -> str:
    """The second line; may be empty."""
    good, bad = number(notice.good), number(notice.bad)
    match notice.what:
        case "new_work" | "message":
            rest = notice.count - len(notice.texts)
            named = "; ".join(notice.texts)
            return say("{names}, and {n} more", names=named, n=number(rest)) if rest > 0 else named
        case "judged":
            return say("{good} accepted, {bad} rejected", good=good, bad=bad)
        case "reviews_judged":
            return say("{good} agreed with the others, {bad} did not", good=good, bad=bad)
        case "appeals_decided":
            return say("{good} won, {bad} lost", good=good, bad=bad)
        case "due":
            return say("The first one: {time}", time=clock_time(notice.moment))
        case "paid" | "claimed":
            return say("{amount} GEM", amount=gem(notice.amount, sign=True)) if amounts else ""
        case "claim_failed":
            return say("Nothing was taken. You can try again.")
        case "trouble":
            return sentence(_trouble(notice)[2])
    return ""


def outside(notices: Sequence[Notice], *, amounts: bool) -> list[Said]:
    """What leaves the window: each notice, or one that says how many, where they would be many. Safety stands alone."""
    alerts = [notice for notice in notices if notice.kind == SAFETY]
    others = [notice for notice in notices if notice.kind != SAFETY]
    told = [_said(notice, amounts) for notice in alerts]
    if len(others) <= AT_ONCE:
        return told + [_said(notice, amounts) for notice in others]
    lines = "; ".join(title(notice) for notice in others)
    return [*told, Said(say("New notices: {n}", n=number(len(others))), lines, "home")]


def _said(notice: Notice, amounts: bool) -> Said:
    return Said(
        title(notice), body(notice, amounts=amounts), PLACES[notice.what][1], urgent=notice.kind == SAFETY
    )
