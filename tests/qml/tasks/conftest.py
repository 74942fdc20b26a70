# SPDX-License-Identifier: Apache-2.0
"""A bench for each test: one task in a window, over a decoder that knows the pictures of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient
from gems_protocol.modules import Module, parse
from tests.qml.tasks.bench import Bench, picture

OpenBench = Callable[..., Bench]

CHOICES = """<View><Header value="Judge"/><Text name="text" value="$text"/>
  <Choices name="mood" toName="text" required="true"><Choice value="Happy" hotkey="h" hint="It smiles"/>
  <Choice value="Sad"/><Choice value="Angry"/></Choices>
  <Choices name="parts" toName="text" choice="multiple"><Choice value="Verb"/><Choice value="Noun"/></Choices></View>"""
BOXES = """<View><Image name="photo" value="$photo"/><RectangleLabels name="box" toName="photo">
  <Label value="Cat" hotkey="c" background="#0f766e"/><Label value="Dog" hotkey="d"/></RectangleLabels></View>"""
TYPED = """<View><Text name="text" value="$text"/>
  <TextArea name="why" toName="text" placeholder="Why?" maxSubmissions="3"/>
  <Choices name="mood" toName="text"><Choice value="Happy" hotkey="h"/><Choice value="Sad"/></Choices></View>"""


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, qt_app: QGuiApplication) -> dict[str, Path]:
    """The pictures that there are, by hash."""
    folder = tmp_path_factory.mktemp("pictures")
    return dict((picture(folder), picture(folder, 300, 400)))


@pytest.fixture(scope="session")
def images(files: dict[str, Path]) -> Iterator[DecodeClient]:
    """One decoder for all tests, since its process takes a moment to start."""
    client = DecodeClient(files.get)
    yield client
    client.close()


@pytest.fixture
def photo(files: dict[str, Path]) -> str:
    """A picture of 400 x 300 as a task names it."""
    return f"sha256:{next(iter(files))}"


@pytest.fixture
def open_bench(images: DecodeClient, photo: str) -> Iterator[OpenBench]:
    """`open_bench(config, answer, ...)` shows a task; all are closed at the end."""
    benches: list[Bench] = []

    def make(config: str | Module, answer: list[dict[str, Any]] | None = None, **values: Any) -> Bench:
        module = parse(config) if isinstance(config, str) else config
        data = values.pop("data", {"text": "It rains again.", "photo": photo})
        bench = Bench(module, data, values.pop("images", images), answer, **values)
        benches.append(bench)
        return bench

    yield make
    for bench in benches:
        bench.close()
