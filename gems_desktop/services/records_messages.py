# SPDX-License-Identifier: Apache-2.0
"""What the store holds of words with requesters: messages about tasks, and reports of what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gems_desktop.services.record import Record


@dataclass(frozen=True, slots=True)
class MessageRecord(Record):
    """One message about a task: of its requester, or of mine from when it is written.

    message_id: thread:number once the platform has it, the request's id before. state: waiting | sent | refused |
    received. next_at: when a waiting one is tried again. problem: the code of its last refusal.
    """

    TABLE: ClassVar[str] = "task_messages"
    KEY: ClassVar[str] = "message_id"
    SEALED: ClassVar[tuple[str, ...]] = ("text",)
    INDEXED: ClassVar[tuple[str, ...]] = ("campaign_id", "state")
    message_id: str
    campaign_id: str
    index: int
    thread_id: str
    seq: int
    at: int
    text: str
    state: str
    seen: bool = True
    tries: int = 0
    next_at: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AbuseRecord(Record):
    """What I reported: a campaign, a task (campaign:number) or a message. state: waiting | sent | refused."""

    TABLE: ClassVar[str] = "abuse_reports"
    KEY: ClassVar[str] = "thing"
    SEALED: ClassVar[tuple[str, ...]] = ("note",)
    INDEXED: ClassVar[tuple[str, ...]] = ("campaign_id", "state")
    thing: str
    request_id: str
    campaign_id: str
    index: int  # -1 for a whole campaign
    thread_id: str
    seq: int
    reason: str
    note: str
    at: int
    state: str
    tries: int = 0
    next_at: int = 0
    problem: str = ""
