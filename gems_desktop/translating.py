# SPDX-License-Identifier: Apache-2.0
"""Catalogues of translations for whoever paints: the window, the signer's own window, a picture of a task."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTranslator

from gems_desktop.languages import PSEUDO

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

OPENS, CLOSES = "⟦", "⟧"  # around every text that came through a translation
_LONGER = 0.4  # German and Tamil are about so much longer than English
_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áçéíñóšúýÁÇÉÍÑÓŠÚÝ")
_QT_OWN = re.compile(r"Qt?[A-Z]")
_PLACES = re.compile(r"(\{\w+\}|%L?\d|%L?n)")


def pseudo(text: str) -> str:
    """English as no language is: accented, longer, in brackets; what is filled in later stays as it is."""
    parts = _PLACES.split(text)
    said = "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts))
    return f"{OPENS}{said}{'·' * round(len(text) * _LONGER)}{CLOSES}"


class PseudoTranslator(QTranslator):
    """Translates everything into `pseudo`, so that what stays plain English was never given to a translator."""

    def isEmpty(self) -> bool:
        """Never: Qt would not ask an empty one."""
        return False

    def translate(self, context: str, text: str, _comment: str | None = None, _n: int = -1) -> str:
        """See QTranslator; what Qt says itself stays as it is."""
        return text if _QT_OWN.match(context) else pseudo(text)


def translator_for(language: str, root: Path, parent: QObject | None = None) -> QTranslator | None:
    """The catalogue of `language` in `root`/resources, loaded; None where there is none."""
    if language == PSEUDO:
        return PseudoTranslator(parent)
    translator = QTranslator(parent)
    file = root / "resources" / "i18n" / f"gems_{Path(language).name}.qm"
    return translator if file.is_file() and translator.load(str(file)) else None
