# SPDX-License-Identifier: Apache-2.0
"""A field for passwords and seed words whose letters never become a Qt property, signal or QML value."""

from PySide6.QtCore import Property, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from gems_desktop.items.secret_buffer import SecretBuffer
from gems_desktop.items.secret_hints import WordHelp, count_words, rest_of_word, strength

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

#: Times the caret blinks before it stays: idle windows cost nothing.
CARET_BLINKS = 10
CARET_MS = 530
#: How much of the ink lies over letters that are marked.
MARK_ALPHA = 0.2
BULLET = "\u2022"
_WIDE_SPACE = "\u3000"  # between Japanese words


@QmlElement
class SecretField(QQuickPaintedItem):
    """Holds a secret being typed. QML passes the item to a slot of a view model, which calls `take()`."""

    lengthChanged = Signal()
    maskedChanged = Signal()
    placeholderChanged = Signal()
    pasteAllowedChanged = Signal()
    looksChanged = Signal()
    submitted = Signal()
    edited = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._secret = SecretBuffer()
        self._caret = 0
        self._masked = True
        self._placeholder = ""
        self._words: WordHelp | None = None
        self._rest = ""  # of the word that is being typed, when only one begins so
        self._all = False  # everything is marked: the next letter, Backspace or Delete begins anew
        self._paste = True
        self._ink = QColor("black")
        self._muted = QColor("gray")
        self._size = 14
        self._blinks = 0
        self._shown = False
        self._timer = QTimer(self)
        self._timer.setInterval(CARET_MS)
        self._timer.timeout.connect(self._blink)
        self.setFlag(QQuickItem.Flag.ItemAcceptsInputMethod, True)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setActiveFocusOnTab(True)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAntialiasing(True)
        self.looksChanged.connect(self.update)

    # --- for view models, in Python only -----------------------------------------------------------------
    def take(self) -> bytearray:
        """The secret as UTF-8, once: the field is empty afterwards, and the caller overwrites what it got."""
        secret = self._secret.utf8()
        self.wipe()
        return secret

    def look(self) -> bytearray:
        """The secret as UTF-8, and it stays to be corrected; the caller overwrites what it got."""
        return self._secret.utf8()

    def help_with(self, words: tuple[str, ...]) -> None:
        """Words of this list are typed here: they are counted, and four letters and a space write a whole one."""
        self._words = WordHelp.of(words)
        self._changed()

    # --- for QML -----------------------------------------------------------------------------------------
    @Slot()
    def wipe(self) -> None:
        """Overwrite the letters."""
        self._secret.wipe()
        self._caret = 0
        self._changed()

    def _get_length(self) -> int:
        return len(self._secret)

    def _get_masked(self) -> bool:
        return self._masked

    def _set_masked(self, value: bool) -> None:
        if value != self._masked:
            self._masked = value
            self.maskedChanged.emit()
            self.update()

    def _get_placeholder(self) -> str:
        return self._placeholder

    def _set_placeholder(self, value: str) -> None:
        if value != self._placeholder:
            self._placeholder = value
            self.placeholderChanged.emit()
            self.update()

    def _get_paste(self) -> bool:
        return self._paste

    def _set_paste(self, value: bool) -> None:
        if value != self._paste:
            self._paste = value
            self.pasteAllowedChanged.emit()

    def _get_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, value: QColor) -> None:
        self._ink = value
        self.looksChanged.emit()

    def _get_muted(self) -> QColor:
        return self._muted

    def _set_muted(self, value: QColor) -> None:
        self._muted = value
        self.looksChanged.emit()

    def _get_size(self) -> int:
        return self._size

    def _set_size(self, value: int) -> None:
        self._size = value
        self.looksChanged.emit()

    def _counted(self) -> tuple[int, int]:
        return count_words(self._secret, self._words) if self._words is not None else (0, 0)

    length = Property(int, _get_length, notify=lengthChanged)
    # How many words of the list stand here, and the place of the first that is not in it, or 0.
    wordCount = Property(int, lambda self: self._counted()[0], notify=edited)
    unknownWord = Property(int, lambda self: self._counted()[1], notify=edited)
    # Of a password: 0 too short, 1 easy to guess, 2 good, 3 very good.
    strength = Property(int, lambda self: strength(self._secret), notify=edited)
    masked = Property(bool, _get_masked, _set_masked, notify=maskedChanged)
    placeholder = Property(str, _get_placeholder, _set_placeholder, notify=placeholderChanged)
    pasteAllowed = Property(bool, _get_paste, _set_paste, notify=pasteAllowedChanged)
    ink = Property(QColor, _get_ink, _set_ink, notify=looksChanged)
    mutedInk = Property(QColor, _get_muted, _set_muted, notify=looksChanged)
    fontSize = Property(int, _get_size, _set_size, notify=looksChanged)

    # --- typing ------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters, editing keys, Enter and paste; there is no copy."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._rest and self._caret == len(self._secret):
                self._type(self._rest)
            self.submitted.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._mark_all()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._all:
            self.wipe()
        elif key == Qt.Key.Key_Backspace and self._caret > 0:
            self._remove_back(_is_command(event))
        elif key == Qt.Key.Key_Delete and self._caret < len(self._secret):
            self._secret.remove(self._caret)
            self._changed()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._move(self._caret + step)
        elif key == Qt.Key.Key_Home:
            self._move(0)
        elif key == Qt.Key.Key_End:
            self._move(len(self._secret))
        elif event.matches(QKeySequence.StandardKey.Paste):
            if self._paste:
                self._type(QGuiApplication.clipboard().text().strip())
        elif _is_text(event.text()) and not _is_command(event):
            self._type(event.text())
        else:
            event.ignore()
            return
        event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Letters from an input method or a screen keyboard."""
        self._type(event.commitString())
        event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Tell input methods that this is a secret: no guessing, no learning, no surrounding text."""
        if query == Qt.InputMethodQuery.ImEnabled:
            return True
        if query == Qt.InputMethodQuery.ImHints:
            hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            hints |= Qt.InputMethodHint.ImhNoAutoUppercase | Qt.InputMethodHint.ImhHiddenText
            return hints.value
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return QRectF(self._caret_x(), 0, 1, self.height())
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard and put the caret where a letter that can be read was pressed, else at the end."""
        self.forceActiveFocus(Qt.FocusReason.MouseFocusReason)
        self._move(len(self._secret) if self._masked else self._at(event.position().x()))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._restart_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._timer.stop()
        self._shown = False
        self.update()

    def _mark_all(self) -> None:
        self._move(len(self._secret))
        self._all = len(self._secret) > 0

    def _remove_back(self, word: bool) -> None:
        """Take away the letter before the caret, or the word; of a hidden secret all before the caret."""
        self._remove_one()
        while word and self._caret > 0 and (self._masked or self._secret.letter(self._caret - 1) != " "):
            self._remove_one()
        self._changed()

    def _remove_one(self) -> None:
        self._caret -= 1
        self._secret.remove(self._caret)

    def _type(self, letters: str) -> None:
        if self._all and letters:
            self.wipe()
        typed = False
        if letters == " " and self._rest and self._caret == len(self._secret):
            letters = self._rest + " "
        for each in letters:
            letter = " " if each.isspace() else each  # words may stand on lines or between wide spaces
            if letter.isprintable() and self._secret.insert(self._caret, letter):
                self._caret += 1
                typed = True
        if typed:
            self._changed()

    def _move(self, to: int) -> None:
        self._caret = max(0, min(to, len(self._secret)))
        self._restart_caret()

    def _changed(self) -> None:
        self._rest = rest_of_word(self._secret, self._words) if self._words is not None else ""
        self._restart_caret()
        self.lengthChanged.emit()
        self.edited.emit()

    # --- drawing -----------------------------------------------------------------------------------------
    def _restart_caret(self) -> None:
        self._all = False
        self._blinks = 0
        self._shown = self.hasActiveFocus()
        if self._shown:
            self._timer.start()
        self.update()

    def _blink(self) -> None:
        self._blinks += 1
        self._shown = not self._shown
        if self._blinks >= CARET_BLINKS:
            self._shown = True
            self._timer.stop()
        self.update()

    def _font(self) -> QFont:
        font = QFont(QGuiApplication.font())
        font.setPixelSize(self._size)
        return font

    def _advances(self) -> list[float]:
        metrics = QFontMetricsF(self._font())
        if self._masked:
            return [metrics.horizontalAdvance(BULLET) * 1.35] * len(self._secret)
        return [metrics.horizontalAdvance(self._secret.letter(at)) for at in range(len(self._secret))]

    def _shift(self) -> float:
        """How far the letters stand to the left, so that the caret is in sight."""
        return min(0.0, self.width() - self._caret_x() - 3)

    def _at(self, x: float) -> int:
        """The place between two letters that is nearest to `x`."""
        edge = self._shift()
        for at, advance in enumerate(self._advances()):
            if x < edge + advance / 2:
                return at
            edge += advance
        return len(self._secret)

    def _caret_x(self) -> float:
        return float(sum(self._advances()[: self._caret]))

    def paint(self, painter: QPainter) -> None:
        """Draw bullets (or letters when unmasked) one by one, and the caret."""
        font = self._font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        if len(self._secret) == 0:
            painter.setPen(self._muted)
            text = metrics.elidedText(self._placeholder, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRectF(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        advances = self._advances()
        caret = float(sum(advances[: self._caret]))
        x = self._shift()
        caret += x
        if self._all:
            mark = QColor(self._ink)
            mark.setAlphaF(MARK_ALPHA)
            painter.fillRect(QRectF(x, 0, sum(advances), self.height()), mark)
        painter.setPen(self._ink)
        for at, advance in enumerate(advances):
            if -advance < x < self.width():
                painter.drawText(QPointF(x, base), BULLET if self._masked else self._secret.letter(at))
            x += advance
        if self._rest and not self._masked and self._caret == len(self._secret):
            painter.setPen(self._muted)
            painter.drawText(QPointF(x, base), self._rest)
        if self._shown and self.hasActiveFocus():
            painter.setPen(QPen(self._ink, 1.5))
            middle, half = self.height() / 2, metrics.height() / 2
            painter.drawLine(QPointF(caret + 1, middle - half), QPointF(caret + 1, middle + half))


def _is_text(typed: str) -> bool:
    return typed == _WIDE_SPACE or (typed != "" and typed.isprintable())


def _is_command(event: QKeyEvent) -> bool:
    modifiers = event.modifiers()
    control = bool(modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier))
    # AltGr arrives as Ctrl+Alt on some systems and types letters
    return control and not modifiers & Qt.KeyboardModifier.AltModifier
