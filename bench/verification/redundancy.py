# SPDX-License-Identifier: Apache-2.0
"""What everybody does instead of verifying: the same task to several people, and count."""

from __future__ import annotations

from bench.verification.dawid_skene import dawid_skene
from bench.verification.world import Vote, World

Answers = tuple[dict[int, int], float]  # item: answer, and the mean labour of an item


def majority(world: World, most: int) -> Answers:
    """The commonest of `most` answers; the one that came first where two are as common."""
    chosen = {item: world.queue[item][:most] for item in world.items}
    return {item: commonest(votes) for item, votes in chosen.items()}, _mean(chosen)


def lead(world: World, margin: int = 2) -> Answers:
    """One more answer until the commonest leads the second by `margin`, or nobody is left."""
    chosen: dict[int, list[Vote]] = {}
    for item in world.items:
        votes: list[Vote] = []
        for vote in world.queue[item]:
            votes.append(vote)
            counts = sorted(_counts(votes).values(), reverse=True)
            if counts[0] - (counts[1] if len(counts) > 1 else 0) >= margin:
                break
        chosen[item] = votes
    return {item: commonest(votes) for item, votes in chosen.items()}, _mean(chosen)


def aggregated(world: World, most: int) -> Answers:
    """Dawid-Skene over `most` answers of each item; with gold also over the known items, their truth held."""
    items = [*world.items, *world.known] if world.with_gold else world.items
    chosen = {item: world.queue[item][:most] for item in items}
    known = {at: world.crowd.truth[items[at]] for at in range(len(world.items), len(items))}
    found = dawid_skene([chosen[item] for item in items], world.crowd.workers, world.crowd.classes, known)
    scored = {item: chosen[item] for item in world.items}
    return {item: int(found[at].argmax()) for at, item in enumerate(world.items)}, _mean(scored)


def reweighed(world: World, bought: dict[int, tuple[Vote, ...]]) -> dict[int, int]:
    """The answers that Dawid-Skene reads out of votes that were bought anyway, with the known items beside."""
    items = [*world.items, *world.known]
    votes = [bought.get(item, world.queue[item]) for item in items]
    known = {at: world.crowd.truth[items[at]] for at in range(len(world.items), len(items))}
    found = dawid_skene(votes, world.crowd.workers, world.crowd.classes, known)
    return {item: int(found[at].argmax()) for at, item in enumerate(world.items)}


def single(world: World) -> Answers:
    """The most trusted available worker alone, trust from known answers only."""
    found = {}
    for item in world.items:
        vote = world.take(list(world.queue[item]), lambda who: float(world.accuracy(who)))
        assert vote is not None
        found[item] = vote[1]
    return found, 1.0


def commonest(votes: list[Vote]) -> int:
    """The class that most votes name, the first named of equals."""
    counts = _counts(votes)
    return max(counts, key=counts.__getitem__)


def _counts(votes: list[Vote]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for _, label in votes:
        counts[label] = counts.get(label, 0) + 1
    return counts


def _mean(chosen: dict[int, list[Vote]]) -> float:
    return sum(map(len, chosen.values())) / len(chosen)
