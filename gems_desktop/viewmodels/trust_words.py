# SPDX-License-Identifier: Apache-2.0
"""The protocol's reasons in the window's own words: each code with its sentence, so that it can be translated."""

from __future__ import annotations

import re

from gems_desktop.services.facts import Said, TrustFacts
from gems_desktop.viewmodels.words import say

#: The same sentences as gems_protocol.trust.words, which a test compares.
SENTENCES = {
    "nothing_checked": "Not enough checked work yet.",
    "few_checked": "{right} of {checked} checked tasks right – not enough checked work yet.",
    "checked": "{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.",
    "counts_as": "Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, "
    "count less.",
    "redone": "{redone} of your last {last} were redone.",
    "alarm": "{rejected} of the last {last} were rejected, more than usual for you.",
    "worse": "Of your last {last}, {rejected} were rejected: not as good as your long run.",
    "better": "Of your last {last}, {right} were right: better than your long run.",
    "grade": "Grade {grade}.",
    "grade_newcomer": "{grade} – not enough checked work yet.",
    "to_next_grade": "{more} more right answers in a row to {grade}.",
    "confirm_grade": "{grade} is reached; it is yours if it still holds after {more} more checked tasks.",
    "level": "Level: {level}.",
    "to_next_level": "{more} more checked tasks to the next level.",
    "next_ten": "With {right} of the next ten right: at least {low} %, grade {grade}.",
    "verifier": "You may review work of this kind.",
    "verifier_evidence": "{more} more checked tasks before you can review.",
    "verifier_requesters": "Checked work for {more} more requesters before you can review.",
    "verifier_others": "{more} more checked tasks for other requesters before you can review.",
    "verifier_hidden": "{right} of {checks} hidden checks right; more than that are needed to review.",
    "verifier_bar": "{more} more right answers in a row before you can review.",
    "removal": "{right} of {checked} checked tasks right: too few to go on. You can appeal.",
    "no_decisions": "No judged work yet.",
    "few_decisions": "Too little judged work yet to say how often work is rejected.",
    "rejects": "{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.",
    "overturned": "{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.",
}

#: What is said when `more` is exactly one.
ONE_MORE = {
    "to_next_grade": "1 more right answer to {grade}.",
    "confirm_grade": "{grade} is reached; it is yours if it still holds after 1 more checked task.",
    "to_next_level": "1 more checked task to the next level.",
    "verifier_evidence": "1 more checked task before you can review.",
    "verifier_requesters": "Checked work for one more requester before you can review.",
    "verifier_others": "1 more checked task for other requesters before you can review.",
    "verifier_bar": "1 more right answer before you can review.",
}

#: Where the platform's figures are not those of this computer.
DIFFERENCES = {
    "checked": "The platform counts {theirs} as checked tasks, this computer {ours}.",
    "right": "The platform counts {theirs} as right answers, this computer {ours}.",
    "passes": "The platform counts {theirs} as audited passes, this computer {ours}.",
    "grade": "The platform gives you grade {theirs}, this computer computes {ours}.",
}

LEVELS = {
    "newcomer": "Newcomer",
    "starter": "Starter",
    "contributor": "Contributor",
    "regular": "Regular",
    "experienced": "Experienced",
    "veteran": "Veteran",
    "pillar": "Pillar",
}

GRADES = {
    "A": "At least 90 % of your answers are right.",
    "B": "At least 80 % of your answers are right.",
    "C": "Good enough to go on; more checked work will tell more.",
    "D": "Probably fewer than 70 % of your answers are right.",
    "F": "Probably fewer than 55 % of your answers are right.",
}

TONES = {"A": "good", "B": "good", "C": "info", "D": "warn", "F": "bad"}


def level_text(name: str) -> str:
    """A level by its stable name; a later one that is not known here by that name."""
    return say(LEVELS[name]) if name in LEVELS else name


def said_text(said: Said) -> str:
    """One thing in words; a code that is not known here by its English sentence."""
    numbers: dict[str, object] = dict(said.numbers)
    if "level" in numbers:
        numbers["level"] = level_text(str(numbers["level"]))
    if said.code in ONE_MORE and numbers.get("more") == 1:
        return say(ONE_MORE[said.code], **numbers)
    return say(SENTENCES[said.code], **numbers) if said.code in SENTENCES else said.sentence


def summary_text(facts: TrustFacts) -> str:
    """How many checked tasks were right, in one sentence."""
    codes = ("checked", "few_checked", "nothing_checked")
    found = next((said for said in facts.explanations if said.code in codes), None)
    return said_text(found) if found is not None else facts.sentence[:1].upper() + facts.sentence[1:]


def missing_text(sentence: str) -> str:
    """What is missing before one may review, which comes as an English sentence, in the window's own words."""
    for code in (code for code in SENTENCES if code.startswith("verifier_")):
        if sentence == ONE_MORE.get(code):
            return say(ONE_MORE[code])
        found = re.fullmatch(re.escape(SENTENCES[code]).replace(r"\{more\}", r"(\d+)"), sentence)
        if found is not None and found.groups():
            return say(SENTENCES[code], more=found[1])
    return sentence


def difference_text(said: Said) -> str:
    """One of the platform's figures beside mine; a code that is not known here by its English sentence."""
    numbers: dict[str, object] = dict(said.numbers)
    return say(DIFFERENCES[said.code], **numbers) if said.code in DIFFERENCES else said.sentence


def grade_text(grade: str, newcomer: bool) -> str:
    """What a grade means; a newcomer's only says that too little is known."""
    if newcomer:
        return say(SENTENCES["grade_newcomer"], grade=grade)
    return say(GRADES[grade]) if grade in GRADES else ""


def bounds_text(lower: float, upper: float) -> str:
    """The range in which the true share lies."""
    return say("probably {low}–{high} %", low=round(100 * lower), high=round(100 * upper))
