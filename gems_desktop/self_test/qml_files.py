# SPDX-License-Identifier: Apache-2.0
"""Every QML file of the window is read and compiled, also those that only a rare moment loads."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDir, QDirIterator, QEvent
from PySide6.QtQml import QQmlComponent

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import make_engine
from gems_desktop.own_ui import ui_address, ui_folder
from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_desktop.self_test.waiting import application, until
from gems_desktop.self_test.warnings import complaints

_DEEP = QDirIterator.IteratorFlag.Subdirectories


def check(checks: Checks, place: Place) -> None:
    """All of them in one engine."""
    application()
    checks.run("every QML file compiles", lambda: _compile(place))


def _compile(place: Place) -> str:
    files = qml_files(ui_folder(place.root))
    if not files:
        raise Failed("there are none")
    client = DecodeClient(lambda _sha256: None)
    with complaints() as ears:
        engine = make_engine(place.root, client)
        # Asynchronously: a file that is waited for would wait for Python, which lets files in (ADR 0041).
        components = [QQmlComponent(engine) for _ in files]
        try:
            for file, component in zip(files, components, strict=True):
                component.loadUrl(ui_address(place.root, file), QQmlComponent.CompilationMode.Asynchronous)
            until(lambda: not any(each.isLoading() for each in components), "QML files")
            faults = [error.toString() for each in components for error in each.errors()]
            if faults:
                raise Failed(" | ".join(fault.rpartition("ui/Gems/")[2] for fault in dict.fromkeys(faults)))
            ears.none()
        finally:
            components.clear()
            engine.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            client.close()
    return f"{len(files)} files"


def qml_files(folder: str) -> list[str]:
    """The files below `folder`, which may be one of Qt's resources, named from there on."""
    found, walk = [], QDirIterator(f"{folder}/Gems", ["*.qml"], QDir.Filter.Files, _DEEP)
    while walk.hasNext():
        found.append(walk.next().removeprefix(f"{folder}/"))
    return sorted(found)
