# SPDX-License-Identifier: Apache-2.0
"""Where the window's QML files are: ui/ in a clone, or ui.rcc, one file for all of it, in the packaged application."""

from pathlib import Path

from PySide6.QtCore import QResource, QUrl

#: Where ui.rcc stands among Qt's resources; packaging/ui_resource.py writes it.
PACKED = ":/gems/ui"


def ui_folder(app_dir: Path) -> str:
    """The folder of our QML modules, as Qt writes it. Raises FileNotFoundError when ui.rcc cannot be opened."""
    packed = app_dir / "ui.rcc"
    if not packed.is_file():
        return str(app_dir / "ui")
    if not QResource(f"{PACKED}/Gems/qmldir").isValid() and not QResource.registerResource(str(packed)):
        raise FileNotFoundError(f"{packed.name} could not be opened")
    return PACKED


def ui_address(app_dir: Path, file: str) -> QUrl:
    """The address to load `file` from, which is named from ui/ on, such as "Gems/Main.qml"."""
    folder = ui_folder(app_dir)
    return QUrl(f"qrc{folder}/{file}") if folder == PACKED else QUrl.fromLocalFile(f"{folder}/{file}")
