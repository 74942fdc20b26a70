# SPDX-License-Identifier: Apache-2.0
"""`python -m gems_desktop.confirming`: reads one question from its standard input, writes one answer, ends.

No answer is a no: closing the window, a fault, the end of time and the signer's death all lead to it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from gems_desktop.hardening import harden

ROOT = Path(__file__).resolve().parent.parent.parent
_MAX_QUESTION = 100_000


def main() -> int:
    """Ask; 0 after any answer, 2 when there is no question."""
    harden()
    sink = os.dup(sys.stdout.fileno())  # nothing but the answer may reach the pipe
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    raw = sys.stdin.buffer.readline(_MAX_QUESTION)
    try:
        value = json.loads(raw)
    except ValueError:
        return 2
    yes, nonce = _ask(value)
    answer = {"nonce": nonce, "answer": "yes" if yes else "no"}
    os.write(sink, json.dumps(answer).encode() + b"\n")
    return 0


def _ask(value: dict[str, object]) -> tuple[bool, str]:
    from PySide6.QtGui import QGuiApplication

    from gems_desktop import plain_imports

    plain_imports.restore()
    from gems_desktop.confirming.asking import read
    from gems_desktop.confirming.window import ConfirmWindow
    from gems_desktop.translating import translator_for

    told = read(value)
    app = QGuiApplication(["gems"])
    app.setApplicationName("gems")
    app.setDesktopFileName("gems-desktop")
    app.setApplicationDisplayName("Gems")
    translator = translator_for(str(told.looks.get("language", "en")), ROOT)
    if translator is not None:
        app.installTranslator(translator)
    window = ConfirmWindow(ROOT, told)
    answers: list[bool] = []
    window.asking.answered.connect(answers.append)
    window.asking.answered.connect(app.quit)
    window.show()
    app.exec()
    window.close()
    return answers == [True], told.nonce


if __name__ == "__main__":
    raise SystemExit(main())
