# SPDX-License-Identifier: Apache-2.0
"""The one place where a QML engine is made: it loads our own files and pictures of tasks, and nothing else.

See docs/adr/0041-window.md. Load it with `engine.load(ui_address(...))`; `loadData` with an interceptor
in Python deadlocks.
"""

import os
import re
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, QSize, QUrl
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QImage
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest
from PySide6.QtQml import (
    QQmlAbstractUrlInterceptor,
    QQmlApplicationEngine,
    QQmlImageProviderBase,
    QQmlNetworkAccessManagerFactory,
)
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtQuickControls2 import QQuickStyle

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.own_ui import ui_folder
from gems_desktop.qt_log import silence

STYLE = "Gems.style"
SCRIPTS = ("Arabic", "Devanagari", "Bengali")  # each has its own file beside the Latin letters
#: Where a refused address leads: a name that no resource has.
REFUSED = QUrl("qrc:/refused")
#: Edge of a task's picture when the QML asked for no size.
DEFAULT_EDGE = 2048

_SHA256 = re.compile(r"[0-9a-f]{64}")


class DenyingNetworkManager(QNetworkAccessManager):
    """A network manager that contacts nobody: every request becomes one to no address, which fails at once."""

    def createRequest(
        self,
        op: QNetworkAccessManager.Operation,
        request: QNetworkRequest,
        outgoingData: object = None,
    ) -> QNetworkReply:
        """Fail whatever was asked for."""
        return super().createRequest(QNetworkAccessManager.Operation.GetOperation, QNetworkRequest(QUrl()))


class DenyingNetworkFactory(QQmlNetworkAccessManagerFactory):
    """Gives the engine nothing but managers that refuse."""

    def create(self, parent: QObject | None) -> QNetworkAccessManager:
        """A manager for one of the engine's threads."""
        return DenyingNetworkManager(parent)


class OwnFilesOnly(QQmlAbstractUrlInterceptor):
    """Lets the engine open Qt's resources, task pictures and files under `folders`; the rest leads nowhere.

    A page asks for hundreds of addresses: where a folder really lies is looked up once.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__()
        self._roots = tuple(os.path.realpath(folder) for folder in folders)
        self._inside: set[str] = set()
        self.refused: list[str] = []

    def allow(self, folder: Path) -> None:
        """Let the engine open files under `folder` too."""
        self._roots = (*self._roots, os.path.realpath(folder))

    def intercept(self, path: QUrl | str, type: QQmlAbstractUrlInterceptor.DataType) -> QUrl:
        """`path` itself when it is allowed, else REFUSED."""
        url = path if isinstance(path, QUrl) else QUrl(path)
        if self.allows(url):
            return url
        # Qt makes its tooltips from a text without an address, and then looks beside it: in vain, as it shall be.
        if url.toString() != "./qmldir" and len(self.refused) < 100:
            self.refused.append(url.toString())
        return REFUSED

    def allows(self, url: QUrl) -> bool:
        """Whether the engine may open `url`."""
        scheme = url.scheme()
        if scheme == "qrc" or url.isEmpty():
            return True
        if scheme == "image":
            return url.host() == "task"
        if not url.isLocalFile() or url.host():
            return False
        path = url.toLocalFile()
        folder, _, name = path.rpartition("/")
        if name in ("", ".", "..") or os.path.islink(path):
            return self._is_inside(path)
        if folder in self._inside:
            return True
        if not self._is_inside(folder):
            return self._is_inside(path)
        self._inside.add(folder)
        return True

    def _is_inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        return any(real == root or real.startswith(root + os.sep) for root in self._roots)


class TaskPictures(QQuickImageProvider):
    """`image://task/<sha256>`: pictures of the content store, decoded by the worker.

    The engine calls it on its own picture thread, which waits for the worker; the window never does.
    """

    def __init__(self, client: DecodeClient) -> None:
        super().__init__(
            QQmlImageProviderBase.ImageType.Image, QQmlImageProviderBase.Flag.ForceAsynchronousImageLoading
        )
        self._client = client

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        """The picture with the hash `id`, fitted into `requestedSize`; an empty one when there is none."""
        if not _SHA256.fullmatch(id):
            return QImage()
        width = requestedSize.width() if requestedSize.width() > 0 else DEFAULT_EDGE
        height = requestedSize.height() if requestedSize.height() > 0 else DEFAULT_EDGE
        result = self._client.decode_now(id, width, height)
        if not isinstance(result, QImage):
            return QImage()
        size.setWidth(result.width())
        size.setHeight(result.height())
        return result


class GemsEngine(QQmlApplicationEngine):
    """The engine with what it must not outlive: its interceptor, network factory and pictures."""

    def __init__(self, ui: str, images: DecodeClient) -> None:
        super().__init__()
        qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.QmlImportsPath))
        self.interceptor = OwnFilesOnly((qt,) if ui.startswith(":") else (Path(ui), qt))
        self._network = DenyingNetworkFactory()
        self._pictures = TaskPictures(images)
        self.setNetworkAccessManagerFactory(self._network)
        self.setImportPathList([ui, str(qt), "qrc:/qt-project.org/imports", "qrc:/qt/qml"])
        self.setPluginPathList(["."])
        self.setOutputWarningsToStandardError(True)
        self.addImageProvider("task", self._pictures)

    def guard(self) -> None:
        """Ask the interceptor from now on."""
        self.addUrlInterceptor(self.interceptor)


def make_engine(
    app_dir: Path, images: DecodeClient, *, items: bool = True, guarded: bool = True
) -> GemsEngine:
    """The closed engine over `app_dir`/ui, with our style and fonts. Needs a QGuiApplication; nothing is loaded yet.

    items: whether Gems.items is registered; else the caller does that before a page needs them. guarded: whether its
    interceptor is asked from the start; else the caller calls `guard` before anything from outside is bound to a page.
    """
    if items:
        register_items()
    load_fonts(app_dir / "resources")
    if QQuickStyle.name() != STYLE:
        QQuickStyle.setStyle(STYLE)
        QQuickStyle.setFallbackStyle("Basic")
    engine = GemsEngine(ui_folder(app_dir), images)
    if guarded:
        engine.guard()
    return engine


def register_secrets() -> None:
    """Register what of Gems.items the way in has: the fields for words and passwords."""
    import gems_desktop.items.secret_field
    import gems_desktop.items.secret_words  # noqa: F401


def register_items() -> None:
    """Register all of Gems.items: neither the first frame nor the way in has the canvases, and they are many."""
    import gems_desktop.items.registered  # noqa: F401


def load_fonts(resources: Path) -> None:
    """Add the bundled fonts. Raises FileNotFoundError when one is missing, since letters would then turn to boxes."""
    if "Gems Sans" in QFontDatabase.families():
        return
    files = [*sorted((resources / "fonts").glob("*.ttf")), resources / "icons" / "GemsIcons.ttf"]
    for file in files:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(f"the font {file.name} could not be loaded")
    # For a script whose letters stand in another of our fonts, Qt warns of each font that it looked into before.
    silence("qt.text.font.db")
    QFont.insertSubstitutions("Gems Sans", [f"Gems Sans {script}" for script in SCRIPTS])
    QGuiApplication.setFont(QFont("Gems Sans"))
