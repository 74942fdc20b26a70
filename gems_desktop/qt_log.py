# SPDX-License-Identifier: Apache-2.0
"""Which of Qt's own messages are no news; Qt keeps one set of rules, and who sets another replaces it."""

from PySide6.QtCore import QLoggingCategory

_silenced: list[str] = []


def silence(*categories: str) -> None:
    """Have Qt say nothing more in these categories ("qt.speech.*"), beside those named before."""
    _silenced.extend(name for name in categories if name not in _silenced)
    QLoggingCategory.setFilterRules("\n".join(f"{name}=false" for name in _silenced))
