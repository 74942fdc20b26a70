# SPDX-License-Identifier: Apache-2.0
"""Start-up hook of the packaged application: modules in the place of two of PySide6's that are imported, never used.

The window is Qt Quick on a QGuiApplication: qasync asks QtWidgets (9 MB) for one class, and QtQuick loads
QtOpenGL (9 MB) for types that only its functions for one's own OpenGL scenes take.
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


sys.modules["PySide6.QtOpenGL"] = types.ModuleType("PySide6.QtOpenGL")
sys.modules["PySide6.QtWidgets"] = _QtWidgets("PySide6.QtWidgets")
