# SPDX-License-Identifier: Apache-2.0
"""Secrets are typed, taken once and shown without ever being a property."""

import gc

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QMouseEvent, QPainter

from gems_desktop.items.secret_buffer import CAPACITY, SecretBuffer
from gems_desktop.items.secret_field import SecretField
from gems_desktop.items.secret_words import SecretWords


def press(
    field: SecretField, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier | None = None
) -> None:
    held = modifiers if modifiers is not None else Qt.KeyboardModifier.NoModifier
    field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, held, text))


def type_in(field: SecretField, text: str) -> None:
    for letter in text:
        press(field, Qt.Key.Key_A, letter)


def properties(thing: QObject) -> str:
    meta = thing.metaObject()
    all_of_them = [meta.property(at) for at in range(meta.propertyCount())]
    # the lists of children hold no letters and cannot be read from Python
    readable = [prop for prop in all_of_them if not str(prop.typeName()).startswith("QQmlListProperty")]
    kinds = ("QString", "QVariant", "QVariantList", "QStringList", "int", "bool", "QByteArray")
    return " ".join(str(thing.property(prop.name())) for prop in readable if prop.typeName() in kinds)


def drawn(item: SecretField | SecretWords) -> QImage:
    item.setWidth(300)
    item.setHeight(120)
    image = QImage(300, 120, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    return image


def test_letters_are_typed_edited_and_taken_once(qt_app: QGuiApplication) -> None:
    field = SecretField()
    type_in(field, "héllo")
    press(field, Qt.Key.Key_Backspace)
    press(field, Qt.Key.Key_Home)
    type_in(field, "x")
    press(field, Qt.Key.Key_Delete)
    assert field.property("length") == 4
    assert "éll" not in properties(field)
    assert field.take() == "xéll".encode()
    assert field.take() == b""
    assert field.property("length") == 0


def test_everything_is_marked_and_begun_anew(qt_app: QGuiApplication) -> None:
    field = SecretField()
    field.setProperty("masked", False)
    type_in(field, "wrong words")
    plain = drawn(field)
    press(field, Qt.Key.Key_A, "\x01", Qt.KeyboardModifier.ControlModifier)
    assert drawn(field) != plain
    type_in(field, "right")
    assert field.look() == b"right"
    press(field, Qt.Key.Key_A, "\x01", Qt.KeyboardModifier.ControlModifier)
    press(field, Qt.Key.Key_Left)
    type_in(field, "b")
    assert field.look() == b"righbt"
    press(field, Qt.Key.Key_A, "\x01", Qt.KeyboardModifier.ControlModifier)
    press(field, Qt.Key.Key_Delete)
    assert field.property("length") == 0


def test_a_word_is_taken_away_by_one_key(qt_app: QGuiApplication) -> None:
    field = SecretField()
    field.setProperty("masked", False)
    type_in(field, "first wrong")
    press(field, Qt.Key.Key_Backspace, "", Qt.KeyboardModifier.ControlModifier)
    assert field.look() == b"first "
    field.setProperty("masked", True)
    press(field, Qt.Key.Key_Backspace, "", Qt.KeyboardModifier.ControlModifier)
    assert field.property("length") == 0


def test_a_press_goes_to_the_letter_that_can_be_read(qt_app: QGuiApplication) -> None:
    field = SecretField()
    field.setWidth(300)
    type_in(field, "one two")
    for masked, found in ((True, b"one twoX"), (False, b"Xone two")):
        field.setProperty("masked", masked)
        spot = QPointF(1, 5)
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        field.mousePressEvent(QMouseEvent(QEvent.Type.MouseButtonPress, spot, spot, left, left, none))
        type_in(field, "X")
        assert bytes(field.look()) == found
        press(field, Qt.Key.Key_Backspace)
    assert field.take() == b"one two"


def test_paste_is_allowed_unless_switched_off_and_nothing_is_copied(qt_app: QGuiApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("pasted ")
    field = SecretField()
    press(field, Qt.Key.Key_V, "\x16", Qt.KeyboardModifier.ControlModifier)
    press(field, Qt.Key.Key_C, "\x03", Qt.KeyboardModifier.ControlModifier)
    assert field.take() == b"pasted"
    assert clipboard.text() == "pasted "
    field.setProperty("pasteAllowed", False)
    press(field, Qt.Key.Key_V, "\x16", Qt.KeyboardModifier.ControlModifier)
    assert field.take() == b""


def test_bullets_hide_which_letters_they_are(qt_app: QGuiApplication) -> None:
    one, two = SecretField(), SecretField()
    type_in(one, "iiii")
    type_in(two, "MMMM")
    assert drawn(one) == drawn(two)
    for field in (one, two):
        field.setProperty("masked", False)
    assert drawn(one) != drawn(two)


def test_the_buffer_is_overwritten_and_bounded() -> None:
    buffer = SecretBuffer()
    for _ in range(CAPACITY + 5):
        buffer.insert(0, "q")
    assert len(buffer) == CAPACITY
    store = buffer._store
    buffer.wipe()
    assert not any(store)
    assert len(buffer) == 0


def test_words_are_painted_and_wiped_when_hidden(qt_app: QGuiApplication) -> None:
    words = SecretWords()
    words.show([b"abandon", b"zoo"])
    empty = SecretWords()
    assert words.property("count") == 2
    assert "abandon" not in properties(words)
    assert drawn(words) != drawn(empty)
    held = words._words
    words.setVisible(False)
    assert words.property("count") == 0
    assert held[0] == bytes(7)
    gc.collect()
