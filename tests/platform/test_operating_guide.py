# SPDX-License-Identifier: Apache-2.0
"""The operator's guide tells every metric that there is, and the alert rules ask for no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.core import Metric

from gems_platform.observing.gauges import Gauges
from gems_platform.observing.metrics import Metrics
from tests.platform.figures import figures

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
NAME = re.compile(r"\b(?:gems|process)_[a-z_0-9]+\b")
SUFFIXES = ("_total", "_bucket", "_sum", "_count")


def _families() -> dict[str, Metric]:
    metrics, gauges = Metrics(), Gauges("1", "SQLite", False)
    gauges.figures = figures()
    metrics.registry.register(gauges)
    return {family.name: family for family in metrics.collect()}


def _family(name: str) -> str:
    return next((name.removesuffix(end) for end in SUFFIXES if name.endswith(end)), name)


def unknown(expressions: list[str]) -> set[str]:
    """Metrics that an expression asks for and no platform has."""
    return {name for text in expressions for name in NAME.findall(text)} - {
        name for family in _families() for name in (family, *(family + end for end in SUFFIXES))
    }


def test_the_guide_has_every_metric_and_no_other() -> None:
    table = [
        line for line in (GUIDE / "operating.md").read_text("utf-8").splitlines() if line.startswith("| `")
    ]
    told = {_family(name) for line in table for name in NAME.findall(line.split("|")[1])}
    ours = {name for name in _families() if name.startswith("gems_")}
    assert ours == {name for name in told if name.startswith("gems_")}


def test_alerts_ask_for_what_there_is() -> None:
    yaml = pytest.importorskip("yaml")
    rules: list[dict[str, Any]] = [
        rule
        for group in yaml.safe_load((GUIDE / "alerts.yml").read_text("utf-8"))["groups"]
        for rule in group["rules"]
    ]
    assert len({rule["alert"] for rule in rules}) == len(rules) > 8
    for rule in rules:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"\d+[smh]", rule["for"]) and rule["labels"]["severity"] in ("page", "ticket")
        assert rule["expr"].count("(") == rule["expr"].count(")")
        asked = set(re.findall(r'what!?="([a-z_]+)"', rule["expr"]))
        shown = {s.labels["what"] for f in _families().values() for s in f.samples if "what" in s.labels}
        assert asked <= shown
    assert unknown([rule["expr"] for rule in rules]) == set()
    assert unknown(["gems_queue_depth > 1"]) == {"gems_queue_depth"}  # the control
