# SPDX-License-Identifier: Apache-2.0
"""Qt is loaded by whoever uses it: the signer, which is a process of its own, does not.

A hook that runs first. PyInstaller's for PySide6 loads QtCore in every process to tell Qt where its files are; the
wheels' QtCore, which is the one that is packaged, tells it by itself as it is loaded.
"""

from _pyi_rth_utils import qt  # type: ignore[import-not-found]  # PyInstaller adds it to what it packs

qt.create_embedded_qt_conf = lambda *_: None
