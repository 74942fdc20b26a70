# SPDX-License-Identifier: Apache-2.0
"""The pages of the help: for each screen a title and at most five short steps. Pictures: ui/Gems/help."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.viewmodels.words import say

TITLES = {
    "welcome": "First steps",
    "home": "Home",
    "findWork": "Find work",
    "work": "Work",
    "review": "Review",
    "outbox": "Outbox",
    "earnings": "Earnings",
    "trust": "Trust",
    "requesterReport": "Requester report",
    "settings": "Settings, safety and backup",
    "offline": "Without a network, with a USB stick",
    "appeals": "When you are rejected",
    "updates": "New versions",
}
STEPS = {
    "welcome.1": "Choose your language. You can change it at any time.",
    "welcome.2": "Make a wallet. It costs nothing and needs no bank and no name.",
    "welcome.3": "Write the twelve words on paper, in order. They are the only way back to your money.",
    "welcome.4": "Never photograph them and never tell them to anybody, not even to us.",
    "welcome.5": "Then open Find work and take your first tasks.",
    "home.1": "The big button takes you on: to your next task, or to new work.",
    "home.2": "The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.",
    "home.3": "A yellow line tells you when something needs you soon.",
    "home.4": "Press “?” beside any number to read what it means.",
    "findWork.1": "Each line is a campaign: its tasks, the reward, the pay per hour and the stake.",
    "findWork.2": "Open one to see what you can win and lose before you take anything.",
    "findWork.3": "As a beginner, choose one without a stake.",
    "findWork.4": "Some ask you to do examples first. They cost nothing, and you can repeat them.",
    "findWork.5": "Take tasks while you are online; you can do them without a network.",
    "work.1": "Read the instruction first. It says what a good answer is.",
    "work.2": "Number keys choose an answer; Enter finishes the task. F2 shows all keys.",
    "work.3": "Every change is kept at once. Nothing is lost if the power fails.",
    "work.4": "Not sure? Give it back; that costs nothing.",
    "work.5": "Finish before the time left is over.",
    "review.1": "Look at the answer and at the instruction beside it.",
    "review.2": "Press A if the answer is right.",
    "review.3": "Press R if it is wrong, then choose the reason: its author must know what to correct.",
    "review.4": "Judge only what the instruction asks, not what you like.",
    "review.5": "Your stake comes back when the other reviewers see it as you do.",
    "outbox.1": "Here is all that you finished, and where it stands.",
    "outbox.2": "What waits is sent by itself when you are online, or at once with “Send now”.",
    "outbox.3": "As long as it is not sent you can take it back and change it.",
    "outbox.4": "If it is rejected, read the reason. Correct it, appeal, or let it stand.",
    "outbox.5": "Under each task you see what happens next and until when.",
    "earnings.1": "Your pay goes this way: in review, owed, ready to claim, in your wallet.",
    "earnings.2": "“Claim to my wallet” brings what is ready to you. You see the fee before you sign.",
    "earnings.3": "You need no gas coin: a relayer pays it.",
    "earnings.4": "When you send GEM, compare the whole address. It cannot be called back.",
    "earnings.5": "The list at the end says why each amount came or went.",
    "trust.1": "Your grade says how right your checked work was.",
    "trust.2": "The bar shows the least and the most that is sure so far. Each check makes it shorter.",
    "trust.3": "Better grades open better paid work, and then reviewing.",
    "trust.4": "A rejection counts only when you can no longer appeal it.",
    "requesterReport.1": "Look here before you work for somebody new.",
    "requesterReport.2": "Few rejected answers and fast pay are good signs.",
    "requesterReport.3": "“Funded” is money that is already put down for the work.",
    "requesterReport.4": "After you have worked for somebody, give your marks; they help the next worker.",
    "settings.1": "Under Reading you change language, letters and colours.",
    "settings.2": "Under Work and data you say how many megabytes the program may use in a day.",
    "settings.3": "Keep your twelve words on paper in a safe place. Check once a year that you can read them.",
    "settings.4": "Let a watch-tower or a folder keep a copy of your voucher.",
    "settings.5": "Set a lock and a daily limit if others use this computer.",
    "offline.1": "Take enough tasks while you are online.",
    "offline.2": "Work as always. The line below says that you are offline; nothing is lost.",
    "offline.3": "No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.",
    "offline.4": "Somebody takes the stick to a computer with a network. Nobody can read or change your work.",
    "offline.5": "Bring the reply back the same way.",
    "appeals.1": "Open the Outbox and read why your answer was rejected, with the place that is meant.",
    "appeals.2": "If you may try again, correcting is often the fastest.",
    "appeals.3": "If the rejection is wrong, appeal and say why. You see the bond first.",
    "appeals.4": "Other people judge again. If you win, you get your pay and your bond back.",
    "appeals.5": "If nobody answers in time, the contract decides by the rules.",
    "updates.1": "Look for one in Settings, under New versions. You see what it costs in data before you download it.",
    "updates.2": "The download can stop and go on at any time. Go on working meanwhile.",
    "updates.3": "The new version starts the next time you open Gems, never in the middle of your work.",
    "updates.4": "Only what the makers of Gems signed is taken, from the network or from a USB stick.",
    "updates.5": "If it does not start twice, the version before it comes back. Your wallet and your work are kept.",
}
#: Which page speaks of which screen; a screen that is not here has the first page.
OF_SCREEN = {name: name for name in TITLES} | {"starting": "welcome", "firstPractice": "welcome"}


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page in the window's language."""

    name: str
    title: str
    steps: tuple[str, ...]


def help_page(name: str) -> HelpPage:
    """The page of this name; raises KeyError where there is none."""
    keys = [f"{name}.{number}" for number in range(1, 6)]
    return HelpPage(name, say(TITLES[name]), tuple(say(STEPS[key]) for key in keys if key in STEPS))


def help_pages() -> tuple[HelpPage, ...]:
    """All pages in their order."""
    return tuple(help_page(name) for name in TITLES)
