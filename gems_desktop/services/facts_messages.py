# SPDX-License-Identifier: Apache-2.0
"""Values about words with requesters: a conversation about a task, and what can be reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

LONGEST, LONGEST_NOTE = 1_000, 500  # characters, as the platform takes them
#: What can be wrong with a campaign, a task or a message; codes of the platform's interface.
REASONS = (
    "personal_data",
    "disturbing_unannounced",
    "illegal",
    "scam_or_off_platform_pay",
    "malware_or_link",
    "harassment",
    "wrong_pay",
    "other",
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message. state: waiting | sent | refused (of mine), received; problem: the code of a refusal."""

    message_id: str
    mine: bool
    at: int
    text: str  # cleaned
    state: str
    problem: str = ""
    reported: bool = False
    fresh: bool = False  # not read yet


@dataclass(frozen=True, slots=True)
class Talk:
    """What a requester and I say about one task of mine, in order."""

    item_id: str
    title: str  # of the campaign, cleaned
    number: int  # of the task, from 1
    messages: tuple[Message, ...]
    thread_id: str = ""
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """What a report is about: a campaign, one of its tasks (index), or a message of its requester."""

    campaign_id: str
    index: int = -1
    message_id: str = ""

    @property
    def key(self) -> str:
        """Its name: one report is made of each."""
        return self.message_id or (
            f"{self.campaign_id}:{self.index}" if self.index >= 0 else self.campaign_id
        )


@dataclass(frozen=True, slots=True)
class Reported:
    """A report of mine. state: waiting | sent | refused."""

    thing: str
    reason: str
    at: int
    state: str


class Messages(Protocol):
    """Words with requesters about tasks of mine, and reports of what is wrong; both are written without a network."""

    async def talk(self, item_id: str) -> Talk:
        """The conversation about a task of mine; raises NothingToDo for one that is not here."""
        ...

    async def write(self, item_id: str, text: str) -> None:
        """Write a message (1..1,000 characters); it leaves with the next connection. Raises NothingToDo."""
        ...

    async def take_back(self, message_id: str) -> None:
        """Drop a message that has not left, or was refused."""
        ...

    async def see(self, item_id: str) -> None:
        """The conversation has been read."""
        ...

    async def mute(self, item_id: str, on: bool) -> None:
        """Be told no more of what its requester writes, or again; asks the platform."""
        ...

    async def unread(self) -> frozenset[tuple[str, int]]:
        """Campaign and number (from 0) of each task with a message that was not read."""
        ...

    async def newest_task(self, campaign_id: str) -> str:
        """The task of mine in a campaign that a message can be about, the newest first; "" for none."""
        ...

    async def thing_of(self, item_id: str) -> Thing:
        """A task or review of mine as something to report; raises NothingToDo."""
        ...

    async def report(self, thing: Thing, reason: str, note: str) -> None:
        """Report what is wrong to the operator, by one of REASONS, once for each thing. Raises NothingToDo."""
        ...

    async def reported(self, key: str) -> Reported | None:
        """What I reported of a thing."""
        ...
