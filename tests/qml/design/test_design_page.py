# SPDX-License-Identifier: Apache-2.0
"""docs/design.md says the colours and sizes that Theme.qml has."""

from __future__ import annotations

from tests.qml.design.design_table import DOCUMENT, colour_table, size_table, with_tables


def test_the_tables_are_what_the_theme_says() -> None:
    document = DOCUMENT.read_text("utf-8")
    assert colour_table() in document
    assert size_table() in document
    assert document == with_tables(document), "run: python -m tests.qml.design.design_table"


def test_control_another_value_is_noticed() -> None:
    document = DOCUMENT.read_text("utf-8").replace("`#0B6B57`", "`#0B6B58`", 1)
    assert with_tables(document) != document
