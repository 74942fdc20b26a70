# SPDX-License-Identifier: Apache-2.0
"""The glossary of the window: every word and number that is not plain by itself, in one or two plain sentences.

An entry's id is what `Explain { word: "..." }` names. docs/glossary.md has the words for builders; these are for
whoever works with them.
"""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.viewmodels.words import say

NAMES = {
    "appeal": "Appeal",
    "at_stake": "At stake",
    "audit": "Chance to be checked",
    "average": "On average",
    "bond": "Bond",
    "bounds": "Least and most",
    "campaign": "Campaign",
    "channel": "Payment channel",
    "claim": "Claim",
    "claimable": "Ready to claim",
    "contest_day": "Last day to object",
    "data_budget": "Data today",
    "days_to_pay": "Time to pay",
    "deadline": "Time left",
    "disputed": "Disputed",
    "download": "To download",
    "fee": "Fee",
    "funded": "Funded",
    "gas": "Gas coin",
    "gem": "GEM",
    "gold": "Known answer",
    "grade": "Grade",
    "held": "Accepted, not yet paid",
    "in_review": "In review",
    "in_wallet": "In your wallet",
    "lease": "Taking tasks",
    "level": "Level",
    "limit": "Daily limit",
    "locked": "Locked in the channel",
    "outbox": "Outbox",
    "overturn_rate": "Overturned",
    "owed": "Owed",
    "pay_per_hour": "Pay per hour",
    "penalty": "Penalty",
    "practice": "Practice",
    "rejection_rate": "Rejected answers",
    "relayer": "Relayer",
    "relayer_fee": "Fee of the relayer",
    "requester": "Requester",
    "reward": "Reward",
    "score": "Trust score",
    "second_try": "Second try",
    "seed_words": "Twelve words",
    "stake": "Stake",
    "task_time": "Time for a task",
    "together": "Together",
    "unpaid_time": "Unpaid time",
    "verdict": "Verdict",
    "verifier": "Reviewer",
    "voucher": "Voucher",
    "watch_tower": "Watch-tower",
}
MEANINGS = {
    "appeal": "You say that a rejection is wrong, and other people judge again. Their decision counts.",
    "at_stake": "Your stakes in work that is not decided yet. They come back when the work is accepted.",
    "audit": "How many of your answers other people look at. You cannot know which, so do each one well.",
    "average": "Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.",
    "bond": "GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.",
    "bounds": "How good your work is at least and at most, as far as the checks show. "
    "More checked work brings the two closer.",
    "campaign": "Many tasks of the same kind from one requester, with one price and one set of rules.",
    "channel": "Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.",
    "claim": "To move your pay from the channel into your wallet. Only then can you send it on.",
    "claimable": "Pay that is proven yours by the platform's signature. You can claim it whenever you like.",
    "contest_day": "Until this time you or the other side can object. After it the verdict stands for good.",
    "data_budget": "What the program has sent and fetched today. You set the most it may use in Settings.",
    "days_to_pay": "How long it takes from sending your answer until the pay is yours.",
    "deadline": "Until then your answer must be sent. After that the task goes to somebody else.",
    "disputed": "Pay for work that is being judged again. It is decided soon who gets it.",
    "download": "What the program fetches for one task. Pictures and sound are large, text is small.",
    "fee": "A part of the reward that pays the people who check. The reward that you see is what is left.",
    "funded": "What a requester has put down to pay for work. It cannot take it away while tasks are open.",
    "gas": "A coin that the chain wants for each payment. You need none: a relayer pays it for you.",
    "gem": "The money in which you are paid. One GEM has many small parts, so that small work can be paid.",
    "gold": "A task whose right answer is known before. It measures how well people work and never decides pay.",
    "grade": "A letter from A to F for how right your checked work was. Better grades open more work.",
    "held": "Your work was accepted. Its requester may still object for some time; then it is paid.",
    "in_review": "Pay for answers that you sent and that are not decided yet. It is not yours until then.",
    "in_wallet": "GEM that is yours alone, on the chain. You can keep it or send it to anybody.",
    "lease": "Tasks that you take are kept for you until a time. Nobody else gets them before.",
    "level": "Counts how many of your tasks were checked. It only grows.",
    "limit": "What may leave your wallet in a day without a question. For more, the wallet asks you first.",
    "locked": "What the platform has put down to pay you. It cannot owe you more than this.",
    "outbox": "All your finished work, from done to paid. What waits there is safe on this computer.",
    "overturn_rate": "How many rejections others found wrong when they judged again. High means: appeals are worth it.",
    "owed": "Pay that is decided but not signed yet. The platform's next voucher holds it.",
    "pay_per_hour": "What people earned here in an hour, measured on work that was paid.",
    "penalty": "What a rejected answer costs you beyond its reward. It is never more than your stake.",
    "practice": "Everything here is for trying out. The money of the practice network is worth nothing.",
    "rejection_rate": "How many of a hundred answers to this requester were rejected. Low is good for you.",
    "relayer": "Somebody who carries your claim to the chain and pays the gas coin, for a small fee.",
    "relayer_fee": "What the relayer keeps for carrying your claim. You see it before you sign; it is never more.",
    "requester": "Who has the work done and pays for it.",
    "reward": "What you get for one task when it is accepted.",
    "score": "One number for how good your work was, counted on this computer from signed verdicts.",
    "second_try": "You may correct a rejected answer once and send it again.",
    "seed_words": "Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.",
    "stake": "GEM that you put down with an answer. It comes back if the answer is accepted, "
    "and is lost if it stays rejected.",
    "task_time": "How long one task usually takes.",
    "together": "All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.",
    "unpaid_time": "Time with tasks that brought nothing: given back, rejected or skipped.",
    "verdict": "The decision about your answer: accepted, or rejected with a reason.",
    "verifier": "A worker whose good record lets him check the work of others, for pay.",
    "voucher": "The platform's signature for all that it owes you. With it the chain pays you, whatever happens.",
    "watch_tower": "A computer that keeps a copy of your newest voucher and guards your pay while you are away.",
}
EXAMPLES = {
    "audit": "10 % means: about one of ten answers is checked.",
    "average": "Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.",
    "bond": "You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.",
    "bounds": "Between 80 and 95 of a hundred right.",
    "fee": "Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.",
    "pay_per_hour": "0.05 GEM a task and one minute each: 3 GEM in an hour.",
    "relayer_fee": "You claim 10 GEM, the fee is 0.02: 9.98 arrive.",
    "stake": "Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the glossary in the window's language; `example` may be empty."""

    word: str
    name: str
    text: str
    example: str


def entry(word: str) -> Entry:
    """The entry with this id; raises KeyError where there is none."""
    example = say(EXAMPLES[word]) if word in EXAMPLES else ""
    return Entry(word, say(NAMES[word]), say(MEANINGS[word]), example)


def entries() -> tuple[Entry, ...]:
    """All entries, by their names in the window's language."""
    return tuple(sorted((entry(word) for word in NAMES), key=lambda each: each.name.casefold()))
