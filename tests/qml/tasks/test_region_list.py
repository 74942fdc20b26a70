# SPDX-License-Identifier: Apache-2.0
"""The list of regions: select, hide, lock and take away, by mouse and by keyboard; controls about the selected one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.viewmodels.task_regions import RegionFacts
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
BOXES = """<View><Image name="photo" value="$photo"/><RectangleLabels name="box" toName="photo" maxUsages="2">
  <Label value="Cat"/><Label value="Dog"/></RectangleLabels>
  <Header value="How sure?"/>
  <Rating name="sure" toName="photo" perRegion="true"/>
  <TextArea name="what" toName="photo" perRegion="true" whenLabelValue="Cat"/></View>"""


def box(identity: str, label: str, x: float = 10.0) -> dict[str, Any]:
    """A result with one box."""
    return {
        "id": identity,
        "from_name": "box",
        "to_name": "photo",
        "type": "rectanglelabels",
        "original_width": 400,
        "original_height": 300,
        "image_rotation": 0,
        "value": {
            "x": x,
            "y": 10.0,
            "width": 20.0,
            "height": 20.0,
            "rotation": 0,
            "rectanglelabels": [label],
        },
    }


ANSWER = [box("one", "Cat"), box("two", "Dog", 40.0), box("three", "Cat", 70.0)]


def selected(bench: Bench) -> str:
    """The id of the selected region."""
    return str(bench.model.selected)


def facts(bench: Bench, identity: str) -> RegionFacts:
    """A region of the answer."""
    return next(each for each in bench.model.regions() if each.id == identity)


def listed(bench: Bench) -> list[QQuickItem]:
    """The rows of the list, in order."""
    return sorted(bench.of_type("TaskRegion"), key=lambda item: item.property("number"))


def test_what_is_listed(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, ANSWER)
    rows = listed(bench)
    assert [(row.property("number"), row.property("name")) for row in rows] == [
        (1, "Cat"),
        (2, "Dog"),
        (3, "Cat"),
    ]
    assert rows[0].property("colour") == rows[2].property("colour") != rows[1].property("colour")


def test_controls_about_the_selected_region(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, ANSWER)
    assert bench.of_type("TaskRating") == []
    bench.click(listed(bench)[1])
    assert selected(bench) == "two"
    assert bench.named("about").property("text") == "About region 2 · Dog"
    heading = next(item for item in bench.of_type("TaskHeader") if item.property("text") == "How sure?")
    assert bench.named("about").mapToScene(bench.named("about").position()).y() <= (
        heading.mapToScene(heading.position()).y()
    ), "the heading of what follows is part of it"
    assert bench.of_type("TaskTextArea") == [], "only cats are described"
    bench.click(bench.named("star4"))
    bench.click(listed(bench)[2])
    assert bench.named("stars").property("value") == 0
    bench.click(bench.named("field0"))
    bench.type("striped")
    bench.click(listed(bench)[0])
    bench.settle()
    assert bench.named("field0").property("text") == ""
    found = {
        (result["id"], result["from_name"]) for result in bench.model.answer() if result["from_name"] != "box"
    }
    assert found == {("two", "sure"), ("three", "what")}
    bench.click(listed(bench)[0])
    assert selected(bench) == "" and bench.of_type("TaskRating") == []


def test_by_keyboard(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, ANSWER)
    bench.focus(bench.named("regions"))
    bench.key(KEY.Key_Down, KEY.Key_Down)
    assert selected(bench) == "two"
    bench.key(KEY.Key_H, with_=ALT)
    assert facts(bench, "two").hidden
    bench.key(KEY.Key_L, with_=ALT)
    bench.key(KEY.Key_Delete)
    assert bench.edits == [], "a locked one stays"
    bench.key(KEY.Key_L, with_=ALT)
    bench.key(KEY.Key_Delete)
    assert [edit["op"] for edit in bench.edits] == ["remove"]
    assert [row.property("stored") for row in listed(bench)] == ["one", "three"]
    bench.key(KEY.Key_Up, KEY.Key_Escape)
    assert selected(bench) == ""


def test_by_mouse(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, ANSWER)
    bench.click(bench.named("eye1"))
    assert facts(bench, "one").hidden
    bench.click(bench.named("unlock2"))
    assert facts(bench, "two").locked
    bench.click(bench.named("trash3"))
    assert [edit["op"] for edit in bench.edits] == ["remove"]
    bench.click(bench.named("hideAll"))
    assert all(each.hidden for each in bench.model.regions())
    bench.click(bench.named("hideAll"))
    assert not any(each.hidden for each in bench.model.regions())


def test_only_read(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, ANSWER, read_only=True)
    assert not any(item.objectName().startswith(("trash", "unlock")) for item in bench.drawn())
    bench.click(listed(bench)[0])
    bench.key(KEY.Key_Delete)
    assert bench.edits == [] and selected(bench) == "one"
    assert bench.named("about").property("text") == "About region 1 · Cat"


def test_a_label_that_is_used_up(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, ANSWER)
    assert not bench.option("Cat").property("enabled") and bench.option("Dog").property("enabled")
    bench.key("2", "1")
    assert bench.chosen() == ["Dog"], "its key does not take it either"
    bench.click(listed(bench)[1])
    bench.key("1")
    assert bench.edits == [], "nor does it go to another region"
    bench.model.remove("one")
    bench.settle()
    assert bench.option("Cat").property("enabled")


def test_many_regions_are_drawn_as_far_as_they_are_seen(open_bench: OpenBench) -> None:
    many = [box(f"r{at}", "Dog", at / 5) for at in range(300)]
    bench = open_bench(BOXES.replace(' maxUsages="2"', ""), many)
    assert 3 < len(bench.of_type("TaskRegion")) < 30
    bench.model.select("r250")
    bench.settle()
    assert any(row.property("selected") for row in bench.of_type("TaskRegion")), (
        "the selected one is in sight"
    )


def test_the_list_stays_where_it_is(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, ANSWER)
    before = bench.named("regions").mapToScene(bench.named("regions").position())
    bench.click(listed(bench)[0])
    assert bench.named("regions").mapToScene(bench.named("regions").position()) == before
    kinds = [row.kind for row in bench.model._list.rows]
    assert kinds == ["image", "labels", "regions", "header", "rating", "textarea"]
