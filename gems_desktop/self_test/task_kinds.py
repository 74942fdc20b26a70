# SPDX-License-Identifier: Apache-2.0
"""Each kind of task is drawn with a sample: choices, boxes on pictures, stretches of sound, and the others."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QFile
from PySide6.QtQuick import QQuickItem, QQuickWindow

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import GemsEngine, make_engine
from gems_desktop.own_ui import ui_address, ui_folder
from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_desktop.self_test.media import Samples
from gems_desktop.self_test.waiting import application, until
from gems_desktop.self_test.warnings import Complaints, complaints
from gems_desktop.viewmodels.task import TaskViewModel
from gems_protocol.modules import parse

_RENDERER = re.compile(r'"(\w+)": "(\w+)\.qml"')
_SIZE = (1100, 700)


def check(checks: Checks, place: Place) -> None:
    """One window, one task after the other in it, as in real work."""
    application()
    checks.run("samples of tasks", lambda: _all_there(place))
    samples = Samples(place)
    tasks = json.loads((place.samples / "tasks.json").read_text("utf-8"))
    with complaints() as ears:
        stage = _Stage(place, samples)
        try:
            for kind, file in renderers(place).items():
                if kind in tasks:
                    checks.run(f"task {kind}", partial(stage.show, tasks[kind], file, ears))
        finally:
            stage.close()


def renderers(place: Place) -> dict[str, str]:
    """Which QML type draws each kind, as the window knows it."""
    file = QFile(f"{ui_folder(place.root)}/Gems/tasks/Renderers.js")
    if not file.open(QFile.OpenModeFlag.ReadOnly):
        raise Failed("the list of renderers is not there")
    return dict(_RENDERER.findall(bytes(file.readAll().data()).decode()))


def _all_there(place: Place) -> str:
    kinds, tasks = renderers(place), json.loads((place.samples / "tasks.json").read_text("utf-8"))
    missing = set(kinds) - set(tasks)
    if not kinds or missing:
        raise Failed(f"no sample of {', '.join(sorted(missing)) or 'anything'}")
    return f"{len(kinds)} kinds"


class _Stage:
    def __init__(self, place: Place, samples: Samples) -> None:
        self._samples = samples
        self._client = DecodeClient(samples.files.get)
        nothing = parse('<View><Text name="t" value="$t"/><TextArea name="a" toName="t"/></View>')
        self._model = TaskViewModel(nothing, {"t": ""}, [], self._client)
        self._engine: GemsEngine = make_engine(place.root, self._client)
        self._engine.setInitialProperties(
            {"viewModel": self._model, "width": _SIZE[0], "height": _SIZE[1], "visible": True}
        )
        self._engine.load(ui_address(place.root, "Gems/tasks/TaskPreview.qml"))

    @property
    def _window(self) -> QQuickWindow:
        roots = self._engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise Failed("the window for tasks could not be made")
        return roots[0]

    def show(self, task: dict[str, Any], file: str, ears: Complaints) -> None:
        data = {name: self._samples.told(value) for name, value in task["data"].items()}
        self._model.open(parse(task["config"]), data, [])
        until(lambda: self._drawn(file), f"{file} to be drawn")
        until(lambda: self._model.shown, "what it shows")
        self._window.grabWindow()
        ears.none()

    def _drawn(self, file: str) -> bool:
        window = self._window  # held: without it PySide6 takes what is in it for gone
        pending = [window.contentItem()]
        while pending:
            item: QQuickItem = pending.pop()
            if item.metaObject().className().startswith(f"{file}_QML") and item.isVisible():
                return True
            pending.extend(item.childItems())
        return False

    def close(self) -> None:
        for window in self._engine.rootObjects():
            if isinstance(window, QQuickWindow):
                window.close()
        self._engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        self._client.close()
