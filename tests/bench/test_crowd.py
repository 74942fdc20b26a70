# SPDX-License-Identifier: Apache-2.0
"""Every layout in which recorded crowds are published is read alike."""

from pathlib import Path

import pytest

from bench.verification.command import SHIPPED
from bench.verification.crowd import Crowd, UnknownLayout, read

#: Two items, three workers, the second item's gold is the class "1".
LAYOUTS = {
    "tables": {
        "label.csv": "item,worker,label\nx,a,0\nx,b,1\ny,a,1\ny,c,1\nunknown,c,0\n",
        "truth.csv": "item,truth\nx,0\ny,1\n",
    },
    "table": {"small_amt.csv": "a,x,0,0,17\nb,x,1,0,3\na,y,1,1,5\nc,y,1,1,9\n"},
    "matrix": {
        "labels.yaml": "a: {x: false, y: true}\nb: {x: true}\nc: {y: true,\n  z: true}\n",
        "gt.yaml": "{x: false,\n    y: true}\n",
    },
    "species": {
        "labels.txt": "2 3 4\n0 7 0\n0 8 1\n1 7 1\n1 9 1\n",
        "classes.yaml": "labels: {0: 1,\n  1: 2}\nspecies: {Mallard: 2, Canada Goose: 1}\n",
    },
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(layout: str, tmp_path: Path) -> None:
    for name, text in LAYOUTS[layout].items():
        (tmp_path / name).write_text(text)
    crowd = read(tmp_path)
    assert crowd == Crowd(tmp_path.name, (((0, 0), (1, 1)), ((0, 1), (2, 1))), (0, 1), 3, 2)
    assert crowd.per_item == 2


def test_an_unknown_layout_is_named(tmp_path: Path) -> None:
    (tmp_path / "answers.parquet").touch()
    with pytest.raises(UnknownLayout, match=r"label\.csv \+ truth\.csv"):
        read(tmp_path)


def test_gold_without_answers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "label.csv").write_text("item,worker,label\nx,a,0\n")
    (tmp_path / "truth.csv").write_text("item,truth\ny,0\n")
    with pytest.raises(ValueError, match="both an answer and gold"):
        read(tmp_path)


@pytest.mark.parametrize(
    "folder, items, workers, per_item", list(zip(SHIPPED, (108, 240), (39, 53), (39, 40), strict=True))
)
def test_the_shipped_sets_come_with_source_and_licence(
    folder: Path, items: int, workers: int, per_item: float
) -> None:
    crowd = read(folder)
    assert (len(crowd.answers), crowd.workers, crowd.classes, crowd.per_item) == (items, workers, 2, per_item)
    assert "licence" in (folder / "SOURCE.txt").read_text()
    assert "Redistribution" in (folder / "LICENSE.TXT").read_text()
