# SPDX-License-Identifier: Apache-2.0
"""What tasks need and what workers said: only a stated lack keeps somebody out."""

from __future__ import annotations

import pytest

from gems_protocol.campaign import PolicyInfo
from gems_protocol.verification import PARAMS
from gems_protocol.verification.needs import Ability, check_needs
from gems_protocol.verification.policy import NotOffered


def info(**params: int) -> PolicyInfo:
    assert params.keys() <= PARAMS
    return PolicyInfo("evidence", 7, 4, params)


@pytest.mark.parametrize(
    ("needs", "ability"),
    [
        ({"needs_language": 1}, Ability(languages=("fr",))),
        ({"screen_px": 1200}, Ability(screen_px=800)),
        ({"needs_audio": 1}, Ability(audio=False)),
        ({"needs_camera": 1}, Ability(camera=False)),
    ],
)
def test_a_stated_lack_keeps_out(needs: dict[str, int], ability: Ability) -> None:
    with pytest.raises(NotOffered):
        check_needs(info(**needs), ("en-GB", "de"), ability)
    check_needs(info(**needs), ("en-GB", "de"), Ability())
    check_needs(info(), ("en-GB", "de"), ability)
    check_needs(
        info(**needs), ("en-GB", "de"), Ability(languages=("en",), screen_px=1200, audio=True, camera=True)
    )


def test_tasks_without_a_language_need_none() -> None:
    check_needs(info(needs_language=1), (), Ability(languages=("fr",)))
