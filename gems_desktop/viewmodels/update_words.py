# SPDX-License-Identifier: Apache-2.0
"""What is said about the version that runs and a newer one: our own sentences only, never a word of a server's."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from gems_desktop.services.facts_updates import UpdateFacts
from gems_desktop.viewmodels.words import clock_time, say, size


@dataclass(frozen=True, slots=True)
class Told:
    """How things stand: one sentence, what comes of it, and how it is coloured (tone: "", good, warn, info)."""

    headline: str
    detail: str = ""
    tone: str = ""
    icon: str = "info"


def told(facts: UpdateFacts) -> Told:
    """How things stand in words."""
    match facts.state:
        case "off":
            return _off(facts.off_reason)
        case "current":
            return Told(say("This is the newest version."), looked(facts), "good", "check")
        case "offered":
            return Told(
                say("Version {version} can be downloaded.", version=facts.offered),
                cost(facts),
                "info",
                "download",
            )
        case "downloading":
            return Told(
                say("Version {version} is being downloaded.", version=facts.offered), "", "info", "download"
            )
        case "ready":
            return Told(
                say("Version {version} is ready.", version=facts.offered),
                say(
                    "The new version starts the next time you open Gems. Nothing you are doing is interrupted."
                ),
                "good",
                "check",
            )
        case "trouble":
            return _trouble(facts)
    return Told(say("It is not known yet whether there is a newer version."))


def cost(facts: UpdateFacts) -> str:
    """What fetching costs in data, beside what the program would cost as a whole."""
    if facts.size >= facts.whole_size:
        return say("It costs {size} of data.", size=size(facts.size))
    parts = {"size": size(facts.size), "whole": size(facts.whole_size)}
    return say("It costs {size} of data; the whole program would be {whole}.", **parts)


def looked(facts: UpdateFacts) -> str:
    """When somebody looked last, or nothing."""
    return say("Looked on {time}", time=clock_time(facts.checked_at)) if facts.checked_at else ""


def _off(reason: str) -> Told:
    if reason == "system":
        return Told(
            say("Your system keeps Gems up to date."),
            say("It came with the system's package manager, which brings new versions too."),
        )
    if reason == "read_only":
        return Told(
            say("This program cannot update itself: its folder cannot be written."),
            say(
                "Who installed it can put a new version there. Your wallet and your work are kept elsewhere."
            ),
            "warn",
            "lock",
        )
    return Told(
        say("This copy was built without updates."),
        say("A new version comes from where you got this one. Your wallet and your work are kept."),
    )


def _trouble(facts: UpdateFacts) -> Told:
    if facts.trouble == "disk" and facts.missing:
        short = say("There is too little room on the disk: {size} are missing.", size=size(facts.missing))
        return Told(short, say("Make room, then go on. What has come is kept."), "warn", "alert")
    happened, todo = {
        "offline": (
            say("Looking for a new version needs a connection."),
            say("Look again when you are online, or take a new version from a USB stick."),
        ),
        "expired": (
            say("What was found is too old to be trusted."),
            say("Look again later. If it came from a stick, have it written anew."),
        ),
        "clock": (
            say("The clock of this computer seems to be wrong."),
            say("Set the date and the time right, then look again."),
        ),
        "refused": (
            say("What was offered is not signed by the makers of Gems."),
            say("Nothing of it was kept. Your version runs on."),
        ),
        "disk": (
            say("The new version could not be written: the disk is full, or nothing may be written there."),
            say("Make room, then go on. What has come is kept."),
        ),
        "source": (
            say("No versions of Gems were found there."),
            say("Look again later, or choose another folder. Your version runs on."),
        ),
    }[facts.trouble]
    return Told(happened, todo, "warn", "alert")


def progress(facts: UpdateFacts) -> tuple[float, str]:
    """(How far the fetching is, from 0 to 1; what is still to come)."""
    part = facts.done / facts.size if facts.size else 0.0
    return part, say("{size} still to come", size=size(facts.size - facts.done))


def notice(facts: UpdateFacts) -> str:
    """The one quiet line elsewhere in the window, or nothing."""
    if facts.state != "offered":
        return ""
    return say("Gems {version} can be downloaded ({size}).", version=facts.offered, size=size(facts.size))


def removing(facts: UpdateFacts) -> str:
    """How the program is removed."""
    if facts.off_reason == "system":
        return say("Remove the program with your system's package manager.")
    if facts.off_reason == "built_without" or sys.platform != "linux":
        return say("Remove the program the way it was installed.")
    return say("Remove the program with uninstall.sh in its folder.")


def went_back(facts: UpdateFacts) -> str:
    """What is said when a newer version did not start and the one before it came back."""
    if not facts.went_back:
        return ""
    said = say(
        "Version {new} did not start twice, so {old} runs again.", new=facts.went_back, old=facts.installed
    )
    return f"{said} {say('Your data was kept.')}"
