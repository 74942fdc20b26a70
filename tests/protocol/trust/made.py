# SPDX-License-Identifier: Apache-2.0
"""Judged outcomes for the tests of trust, by hand and by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from gems_protocol.trust.score import Outcome


def outcome(
    right: bool = True,
    at: int = 0,
    requester: str = "r0",
    family: str = "choice",
    first: bool | None = None,
    **more: bool,
) -> Outcome:
    """One judged task, the `at`-th; accepted on the first try when right, unless `first` says otherwise."""
    first_try = right if first is None else first
    return Outcome(bytes(32), at, requester, right, first_try, at, family, "easy", **more)


def run(pattern: str, requesters: int = 3, family: str = "choice", start: int = 0) -> list[Outcome]:
    """One task for each letter: 1 right, 0 rejected, 2 right on the second try; requesters in turn."""
    return [
        outcome(letter != "0", start + at, f"r{at % requesters}", family, letter == "1", redone=letter == "2")
        for at, letter in enumerate(pattern)
    ]


def histories(most: int = 120, requesters: int = 4) -> st.SearchStrategy[list[Outcome]]:
    """Any history of at most `most` judged tasks."""
    task = st.tuples(
        st.sampled_from("0121"), st.integers(0, requesters - 1), st.sampled_from(["choice", "boxes"])
    )
    return st.lists(task, max_size=most).map(
        lambda tasks: [
            outcome(letter != "0", at, f"r{requester}", family, letter == "1")
            for at, (letter, requester, family) in enumerate(tasks)
        ]
    )
