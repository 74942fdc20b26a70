# SPDX-License-Identifier: Apache-2.0
"""PySide6 6.12.0 drops references to None on Python 3.11 until the process aborts; this fails before that.

Each case goes the way the application goes (properties, models, signals, QML) and compares the reference
count of None before and after. A reference too many (some calls of 6.11 leave one) is harmless; one too few,
often enough, ends the process. From Python 3.12 on None is immortal.
"""

import ctypes
import gc
import sys
from collections.abc import Callable
from typing import Any

import PySide6
import pytest
from PySide6.QtCore import Property, QAbstractListModel, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtQml import QQmlEngine

ROUNDS = 3000
#: References that caches and the test frame itself may come and go by; the fault costs one each round.
SLACK = ROUNDS // 20

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")


class Counter(QObject):
    """An object as the view models are: a typed property with a signal, and a slot."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def _get(self) -> str:
        return self._text

    def _set(self, value: str) -> None:
        self._text = value
        self.changed.emit()

    text = Property(str, _get, _set, notify=changed)

    @Slot(str)
    def put(self, value: str) -> None:
        self._set(value)


class Rows(QAbstractListModel):
    """A list model as the screens use it; answers None for roles that it does not know."""

    def rowCount(self, parent: Any = None) -> int:
        return 3

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture(scope="module", autouse=True)
def application() -> QGuiApplication:
    existing = QGuiApplication.instance()
    return existing if isinstance(existing, QGuiApplication) else QGuiApplication([])


def drift(work: Callable[[], object]) -> int:
    """Return by how much ROUNDS calls of `work` changed the reference count of None."""
    for _ in range(200):  # caches fill
        work()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(ROUNDS):
        work()
    gc.collect()
    return sys.getrefcount(None) - before


def assert_nothing_dropped(work: Callable[[], object]) -> None:
    change = drift(work)
    assert change >= -SLACK, (
        f"PySide6 {PySide6.__version__} changed the reference count of None by {change} in {ROUNDS} calls: "
        "use another release (ADR 0003)"
    )


def test_a_dropped_reference_would_be_seen() -> None:
    none = ctypes.py_object(None)
    drop, put_back = ctypes.pythonapi.Py_DecRef, ctypes.pythonapi.Py_IncRef
    for _ in range(2 * ROUNDS):  # so that this process does not end as the fault would end it
        put_back(none)
    with pytest.raises(AssertionError, match="changed the reference count of None by -"):
        assert_nothing_dropped(lambda: drop(none))


def test_the_version_is_below_6_12() -> None:
    major, minor = (int(part) for part in PySide6.__version__.split(".")[:2])
    assert (major, minor) < (6, 12), "PySide6 6.12.0 aborts the process on Python 3.11"


def test_properties() -> None:
    counter = Counter()
    assert_nothing_dropped(
        lambda: (counter.setProperty("text", "a"), counter.property("text"), counter.setObjectName("b"))
    )


def test_dynamic_property_of_none() -> None:
    counter = Counter()
    assert_nothing_dropped(lambda: (counter.setProperty("free", None), counter.property("free")))


def test_signals() -> None:
    counter = Counter()
    counter.changed.connect(lambda: None)
    assert_nothing_dropped(counter.changed.emit)


def test_connect_and_disconnect() -> None:
    counter, other = Counter(), Counter()

    def work() -> None:
        connection = counter.changed.connect(other.changed)
        QObject.disconnect(connection)

    assert_nothing_dropped(work)


def test_standard_items() -> None:
    model = QStandardItemModel(1, 1)
    assert_nothing_dropped(lambda: (model.setItem(0, 0, QStandardItem("x")), model.item(0, 0).setText("y")))


def test_list_models() -> None:
    rows = Rows()

    def work() -> None:
        rows.beginResetModel()
        rows.endResetModel()
        rows.data(rows.index(0, 0, QModelIndex()), Qt.ItemDataRole.UserRole)
        rows.dataChanged.emit(rows.index(0, 0), rows.index(1, 0))

    assert_nothing_dropped(work)


def test_calls_from_qml() -> None:
    engine = QQmlEngine()
    counter = Counter()
    engine.setObjectOwnership(counter, QQmlEngine.ObjectOwnership.CppOwnership)
    poke = engine.evaluate("(function(target) { target.put('a'); target.text = 'b'; return target.text })")
    assert not poke.isError(), poke.toString()
    wrapped = engine.newQObject(counter)
    assert_nothing_dropped(lambda: poke.call([wrapped]))
    assert counter.property("text") == "b"
