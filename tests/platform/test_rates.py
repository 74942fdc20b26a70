# SPDX-License-Identifier: Apache-2.0
"""What the operator says that one GEM is worth: said by command, signed, readable by whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gems_desktop.cli import main
from gems_platform.app import Server
from gems_platform.settings import Settings
from gems_protocol.rate import MalformedRate, Rate
from tests.platform.api import Person
from tests.platform.operating import settings_file


def _say(settings: Path, *words: str) -> int:
    return main(["platform", "rate", *words, "--settings", str(settings)])


async def test_what_was_said_by_command_is_served_signed_without_a_token(
    server: Server,
    settings: Settings,
    tmp_path: Path,
    person: Callable[[str], Person],
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = settings_file(settings, tmp_path)
    anybody = person("anybody")
    assert await anybody.get("/v1/rates") == {"rates": []}
    assert _say(file, "set", "vnd", "25400", "--source", "bank board") == 0
    assert _say(file, "set", "KES", "12.30", "--source", "market of the day") == 0
    assert _say(file, "set", "KES", "12.50", "--source", "market of the day") == 0
    found = (await anybody.get("/v1/rates"))["rates"]  # its signature is checked there
    assert [(one["code"], one["per_gem"], one["source"]) for one in found] == [
        ("KES", "12.5", "market of the day"),
        ("VND", "25400", "bank board"),
    ]
    assert all(Rate.from_json(one).at > 0 for one in found)
    assert _say(file, "list") == 0
    assert "1 GEM = 12.5 KES (market of the day)" in capsys.readouterr().out
    assert (_say(file, "drop", "KES"), _say(file, "drop", "KES")) == (0, 1)
    assert [one["code"] for one in (await anybody.get("/v1/rates"))["rates"]] == ["VND"]


@pytest.mark.parametrize(
    ("code", "per_gem", "source"),
    [
        ("KESH", "1", "x"), ("GEM", "1", "x"), ("K€S", "1", "x"), ("KES", "0", "x"), ("KES", "-1", "x"),
        ("KES", "1e9", "x"), ("KES", "1,5", "x"), ("KES", "1000000000001", "x"), ("KES", "1.123456789", "x"),
        ("KES", "1", ""), ("KES", "1", "x" * 81), ("KES", "1", "a\nb"), ("KES", "1", "a\u202eb"),
    ],
)  # fmt: skip
def test_what_is_no_rate_is_not_said(
    settings: Settings,
    tmp_path: Path,
    code: str,
    per_gem: str,
    source: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(MalformedRate):
        Rate.from_json({"code": code, "per_gem": per_gem, "source": source, "at": 1})
