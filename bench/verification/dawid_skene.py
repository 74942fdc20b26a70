# SPDX-License-Identifier: Apache-2.0
"""Dawid and Skene's estimate of true classes and of each worker's confusions, the strongest plain aggregation.

A. P. Dawid, A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm", 1979.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

SMOOTHING = 0.1  # added to each cell of a worker's confusions; 1.0 and 0.01 are worse or the same


def dawid_skene(
    answers: Sequence[Sequence[tuple[int, int]]],
    workers: int,
    classes: int,
    gold: Mapping[int, int] | None = None,
    rounds: int = 50,
) -> NDArray[np.float64]:
    """Posterior of each class, shape (items, classes), from answers[i] = (worker, class) pairs.

    gold: items whose class is known and held fixed. Confusions are smoothed (Laplace). Ends after `rounds`
    rounds of EM or when no posterior moves by more than 1e-6.
    """
    flat = [(item, who, label) for item, votes in enumerate(answers) for who, label in votes]
    item, worker, label = np.array(flat, dtype=np.int64).reshape(-1, 3).T
    votes = np.zeros((len(answers), classes))
    np.add.at(votes, (item, label), 1.0)
    posterior: NDArray[np.float64] = (votes + 1e-9) / (votes + 1e-9).sum(axis=1, keepdims=True)
    known = np.array(sorted(gold or {}), dtype=np.int64)
    fixed = np.zeros((len(known), classes))
    for at, i in enumerate(known):
        fixed[at, (gold or {})[int(i)]] = 1.0
    for _ in range(rounds):
        posterior[known] = fixed
        prior = np.log(posterior.sum(axis=0) + 1.0) - np.log(len(answers) + classes)
        confusion = np.full((workers, classes, classes), SMOOTHING)  # worker, answer, true class
        np.add.at(confusion, (worker, label), posterior[item])
        log = np.log(confusion) - np.log(confusion.sum(axis=1, keepdims=True))
        score = np.tile(prior, (len(answers), 1))
        np.add.at(score, item, log[worker, label])
        score -= score.max(axis=1, keepdims=True)
        before, posterior = posterior, np.exp(score)
        posterior /= posterior.sum(axis=1, keepdims=True)
        if np.abs(posterior - before).max() < 1e-6:
            break
    posterior[known] = fixed
    return posterior
