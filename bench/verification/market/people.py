# SPDX-License-Identifier: Apache-2.0
"""The people of the market: how well they work, what they are after, and what they answer."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import Enum

CLASSES = 4
EFFORT = 0.4  # cost of doing a task properly, in units of its pay; doing it without looking costs nothing
ABILITY = (11.5, 2.0)  # Beta: the accuracy of 543 real workers above .6
PAY = (1.0, 3.0)  # of an easy and of a hard task
HARD_SHARE = 0.4
ERRORS = (0.6, 1.6)  # a worker's errors on easy and hard tasks, over that worker's mean
CAMOUFLAGE = 30  # tasks that a ring member does properly first
FARMED = 201  # tasks that a farmer posts to itself for every identity, spread over all farms


class Way(Enum):
    """How somebody works. RING tells the same wrong answer as every other ring member.

    LAZY mines properly, but waves through (or guesses) as a verifier.
    """

    HONEST = "honest"
    GUESS = "guess"
    LAZY = "lazy"
    RING = "ring"


class Plan(Enum):
    """What somebody is after, for the whole run."""

    HONEST = "honest"
    SPAM = "spam"
    SYBIL = "sybil"
    RING = "ring"
    FARM = "farm"
    REACT = "react"


@dataclass(frozen=True, slots=True)
class Task:
    """A task to be judged. hard: 0 or 1; common: what the ring says about it (never the truth)."""

    truth: int
    hard: int
    requester: int
    common: int

    @property
    def pay(self) -> float:
        """Mr in units of an easy task's."""
        return PAY[self.hard]


@dataclass(slots=True)
class Person:
    """A slot in the market; a new identity takes it when the old one was removed.

    worked: tasks since this identity began. net, units: earned less fines and effort, and the pay of the work
    that was done for it, over the scored part of the run.
    """

    plan: Plan
    ability: float
    way: Way
    arrives: int = 0
    banned: bool = False
    worked: int = 0
    identities: int = 1
    net: float = 0.0
    units: float = 0.0
    by_way: dict[Way, list[float]] = field(default_factory=dict)

    def now(self, verifying: bool = False) -> Way:
        """How this person works at the moment."""
        if self.plan is Plan.RING and self.worked < CAMOUFLAGE:
            return Way.HONEST
        if self.way is Way.LAZY:
            return Way.GUESS if verifying else Way.HONEST
        return self.way

    def answer(self, task: Task, chance: random.Random, verifying: bool = False) -> int:
        """The answer to a task, in the way of the moment."""
        way = self.now(verifying)
        if way is Way.RING:
            return task.common
        if way is Way.GUESS:
            return chance.randrange(CLASSES)
        if chance.random() < 1 - (1 - self.ability) * ERRORS[task.hard]:
            return task.truth
        return (task.truth + chance.randrange(1, CLASSES)) % CLASSES

    def effort(self, pay: float, verifying: bool = False) -> float:
        """What working in the way of the moment costs."""
        return EFFORT * pay if self.now(verifying) is Way.HONEST else 0.0

    def paid(self, amount: float, effort: float, pay: float, scored: bool) -> None:
        """Book one piece of work: income less fines, effort, and its pay as the unit."""
        self.worked += 1
        if scored:
            self.net += amount - effort
            self.units += pay
        if self.plan is Plan.REACT:
            books = self.by_way.setdefault(self.way, [0.0, 0.0])
            books[0] += amount - effort
            books[1] += pay


def person(plan: Plan, arrives: int, chance: random.Random) -> Person:
    """Somebody new, with an ability drawn from that of real workers."""
    way = {Plan.SPAM: Way.GUESS, Plan.SYBIL: Way.GUESS, Plan.RING: Way.RING, Plan.FARM: Way.RING}
    return Person(plan, chance.betavariate(*ABILITY), way.get(plan, Way.HONEST), arrives)
