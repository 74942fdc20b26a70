# SPDX-License-Identifier: Apache-2.0
"""How carry files and their replies are said to people."""

from __future__ import annotations

from gems_desktop.services.facts_carry import CarryFacts, CarryRefusal, CarryResult
from gems_desktop.viewmodels.words import clock_time, say


def holds_text(facts: CarryFacts) -> str:
    """What a file would hold."""
    parts = [
        say("tasks: {n}", n=facts.tasks) if facts.tasks else "",
        say("reviews: {n}", n=facts.reviews) if facts.reviews else "",
        say("appeals: {n}", n=facts.appeals) if facts.appeals else "",
        say("skipped reviews: {n}", n=facts.skips) if facts.skips else "",
    ]
    said = [part for part in parts if part]
    if not said:
        return say("Nothing waits to be sent. A file can still ask for news: verdicts and payments.")
    whole = say("A file would hold {what}, and ask for news.", what=", ".join(said))
    if facts.left:
        whole += " " + say("What does not fit goes with the next file: {n}", n=facts.left)
    return whole


def until_text(facts: CarryFacts, now: int) -> str:
    """How long there is time, or why no file can be written."""
    if not facts.opened_until:
        return say(
            "The platform's key is not here yet. Connect this computer to a network once, for a minute."
        )
    if facts.first_due_at and facts.first_due_at <= now:
        return say("The time of the first task in it is over already.")
    if facts.first_due_at:
        return say(
            "It has to arrive before {time}, when the first task in it runs out.",
            time=clock_time(facts.first_due_at),
        )
    return say("The platform opens it until {time}.", time=clock_time(facts.opened_until))


def result_text(found: CarryResult) -> str:
    """What a reply brought, in one paragraph."""
    nothing = not found.delivered and not found.events and not found.refused
    if nothing and found.again:
        return say("You have read this reply before. There is nothing new in it.")
    parts = [
        say("Arrived at the platform: {n}", n=found.delivered) if found.delivered else "",
        say("News: {n}", n=found.events) if found.events else "",
        *(_refused(one) for one in found.refused),
        say("News that need a connection to be checked: {n}", n=found.held) if found.held else "",
        say("There are more news; write another file to get them") if found.more else "",
    ]
    said = [part for part in parts if part]
    return ". ".join(said) + "." if said else say("The platform has nothing new for you.")


def _refused(one: CarryRefusal) -> str:
    if one.code == "late":
        return say("Came too late: {n}", n=one.count)
    return say("Not taken; the outbox says what to do: {n}", n=one.count)
