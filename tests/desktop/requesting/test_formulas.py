# SPDX-License-Identifier: Apache-2.0
"""What workers, titles and platforms write must not be run by the spreadsheet that opens a table of ours."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.commands.campaign_results import _write
from gems_platform.client.requesting.sdk_export import _guard

EVIL = '=HYPERLINK("http://127.0.0.1/?"&A1;"x")'
ROW: dict[str, Any] = {
    "index": 3,
    "state": EVIL,
    "attempts": 1,
    "votes": [],
    "answer": [{"value": {"text": [EVIL]}}],
    "adopted": True,
    "source": "@SUM(A1)",
}


def test_results() -> None:
    out = io.StringIO()
    _write([ROW], "csv", out)
    heads, cells = csv.reader(io.StringIO(out.getvalue()))
    row = dict(zip(heads, cells, strict=True))
    assert row["index"] == "3" and row["state"] == "'" + EVIL and row["source"] == "'@SUM(A1)"
    assert row["answer"].startswith("[{")


@pytest.mark.parametrize(
    ("form", "name", "sign"), [("ls-csv", "result.csv", ","), ("ls-tsv", "result.tsv", "\t")]
)
def test_converted(form: str, name: str, sign: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=sign).writerows([["id", "why"], ["-4", EVIL], ["2", "a\nb" + sign + "c"]])
    _guard(tmp_path, form)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter=sign))
    assert rows == [["id", "why"], ["-4", "'" + EVIL], ["2", "a\nb" + sign + "c"]]


def test_other_formats_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(EVIL, "utf-8")
    _guard(tmp_path, "voc")
    assert path.read_text("utf-8") == EVIL
