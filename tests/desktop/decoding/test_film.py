# SPDX-License-Identifier: Apache-2.0
"""Films by number: every picture of a counter film shows its own number, so a wrong one is seen at once."""

import random

import pytest
from PySide6.QtGui import QImage, QTransform

from gems_desktop.decoding.media_facts import MediaFacts, MovieFrames
from tests.helpers.media_desk import Desk

#: Film -> the numbers its pictures show, in order.
FILMS = {
    "counter.mp4": list(range(150)),
    "counter-vp8.webm": list(range(150)),
    "sounding.mp4": list(range(150)),
    "uneven.webm": [n for n in range(150) if n % 5 not in (1, 2)],
}


def number(image: QImage) -> int:
    """What a picture of a counter film shows."""
    column = image.width() / 10
    return sum(
        1 << bit
        for bit in range(10)
        if image.pixelColor(int((bit + 0.5) * column), image.height() // 2).green() > 128
    )


@pytest.mark.parametrize("name", FILMS)
def test_every_picture_is_the_one_asked_for(desk: Desk, name: str) -> None:
    sha256, shown = desk.vector(name), FILMS[name]
    facts = desk.get("probe", sha256)
    assert isinstance(facts, MediaFacts)
    assert (facts.kind, facts.frames, facts.width, facts.height) == ("movie", len(shown), 160, 32)
    seen = []
    for first in range(0, len(shown), 16):
        run = desk.get("frames", sha256, first, 16, 500, 500)
        assert isinstance(run, MovieFrames) and run.first == first
        seen += [number(image) for image in run.images]
    assert seen == shown
    places = random.Random(4).sample(range(len(shown)), 25)
    for place in places:  # anywhere, backwards too, and not from what is held: another size
        run = desk.get("frames", sha256, place, 1, 120, 500)
        assert number(run.images[0]) == shown[place]
        assert run.images[0].width() == 120


def test_times_follow_the_file(desk: Desk) -> None:
    even = desk.get("probe", desk.vector("counter.mp4"))
    assert even.fps == pytest.approx(30000 / 1001)
    assert even.duration_s == pytest.approx(150 * 1001 / 30000)
    assert all(even.frame_at(even.time_of(n)) == n for n in range(150))
    assert all(even.frame_at(even.time_of(n) + 0.5 / even.fps) == n for n in range(150))
    uneven = desk.get("probe", desk.vector("uneven.webm"))
    assert [round(when * 30000 / 1001) for when in uneven.times] == FILMS["uneven.webm"]
    assert uneven.frame_at(0.05) == 0  # numbers 1 and 2 are left out: 0 is still shown
    assert uneven.frame_at(-1) == 0
    assert uneven.frame_at(99) == 89


def test_a_turned_film_stands_upright(desk: Desk) -> None:
    sha256 = desk.vector("turned.mp4")
    facts = desk.get("probe", sha256)
    assert (facts.width, facts.height) == (32, 160)
    image = desk.get("frames", sha256, 37, 1, 32, 160).images[0]
    assert (image.width(), image.height()) == (32, 160)
    assert number(image.transformed(QTransform().rotate(90))) == 37


def test_pictures_past_the_end_are_none(desk: Desk) -> None:
    sha256 = desk.vector("counter.mp4")
    assert len(desk.get("frames", sha256, 148, 8, 160, 32).images) == 2
    assert desk.get("frames", sha256, 150, 1, 160, 32).code == "no_picture"


def test_pictures_are_held_within_the_budget(desk: Desk) -> None:
    sha256 = desk.vector("counter.mp4")
    desk.get("frames", sha256, 0, 4, 160, 32)
    held = desk.client.frame(sha256, 3, 160, 32)
    assert held is not None and number(held) == 3
    assert desk.client.frame(sha256, 4, 160, 32) is None
