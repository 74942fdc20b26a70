# SPDX-License-Identifier: Apache-2.0
"""Dawid-Skene beats a majority of the careless, heeds known answers, and agrees with figures published elsewhere."""

import random

import numpy as np
import pytest

from bench.verification.command import SHIPPED
from bench.verification.crowd import read
from bench.verification.dawid_skene import dawid_skene


def test_two_careful_workers_beat_three_who_guess() -> None:
    chance = random.Random(5)
    truth = [chance.randrange(3) for _ in range(300)]
    answers = [
        [(who, true if who < 2 and chance.random() < 0.95 else chance.randrange(3)) for who in range(5)]
        for true in truth
    ]
    found = dawid_skene(answers, 5, 3)
    assert found.shape == (300, 3)
    assert np.allclose(found.sum(axis=1), 1)
    right = np.mean(found.argmax(axis=1) == truth)
    counted = np.mean(
        [np.bincount([label for _, label in votes], minlength=3).argmax() for votes in answers]
        == np.array(truth)
    )
    assert right > 0.93 > counted


def test_known_items_stay_known() -> None:
    found = dawid_skene([[(0, 1)], [(0, 1)]], 1, 2, gold={0: 0})
    assert found[0].tolist() == [1.0, 0.0]
    assert found[1][0] > 0.5  # whoever said 1 where 0 was true is heard the other way round


def test_a_recorded_crowd() -> None:
    crowd = read(SHIPPED[0])
    found = dawid_skene(crowd.answers, crowd.workers, crowd.classes)
    # another implementation says 0.889, this one with more smoothing 0.898
    assert np.mean(found.argmax(axis=1) == crowd.truth) == pytest.approx(0.889, abs=0.01)
