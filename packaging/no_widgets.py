# SPDX-License-Identifier: Apache-2.0
"""Start-up hook of the packaged application: qasync imports QtWidgets for one class that is never asked for here.

The window is Qt Quick on a QGuiApplication, so QtWidgets (9 MB) stays out and this module stands in its place.
"""

import sys
import types
from typing import Any


class _QtWidgets(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name == "QApplication":
            from PySide6.QtGui import QGuiApplication

            return QGuiApplication
        raise AttributeError(f"QtWidgets is not part of the packaged application ({name})")


sys.modules["PySide6.QtWidgets"] = _QtWidgets("PySide6.QtWidgets")
