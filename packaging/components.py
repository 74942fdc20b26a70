# SPDX-License-Identifier: Apache-2.0
"""What is shipped that no Python distribution names: the libraries inside wheels and those of the building system."""

import ctypes
import platform
import re
import sqlite3
import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from xml.parsers.expat import EXPAT_VERSION


@dataclass(frozen=True)
class Component:
    """A piece of software inside the package.

    `files` are patterns of the paths in the package that hold it or are it; `texts` its licences in licence_texts/;
    `version` reads its version out of itself, None when it says none ("as in" then names what carries it).
    """

    name: str
    licence: str
    texts: tuple[str, ...]
    files: tuple[str, ...]
    version: Callable[[], str | None]
    carried_by: str = ""


def qt_folder() -> Path:
    """Return the folder of PySide6's own copy of Qt."""
    import PySide6

    return Path(PySide6.__file__).parent / "Qt"


def qt_version() -> str:
    """Return Qt's version, asked of itself."""
    from PySide6.QtCore import qVersion

    return qVersion()


def said(path: str, pattern: bytes) -> Callable[[], str | None]:
    """Return a reader of the version that a library below Qt's folder holds as text."""

    def read() -> str | None:
        for file in sorted(qt_folder().glob(path)):
            if found := re.search(pattern, file.read_bytes()):
                return found[1].decode()
        return None

    return read


def icu_version() -> str | None:
    """Return ICU's version from the number in its library's name, which is the release's."""
    names = sorted(qt_folder().glob("lib/libicuuc.so.*"))
    return names[0].name.rpartition(".")[2] if names else None


def openssl_of_cryptography() -> str:
    """Return the version of the OpenSSL inside the wheel of cryptography."""
    from cryptography.hazmat.backends.openssl import backend

    return backend.openssl_version_text().split()[1]


def zstd_version() -> str:
    """Return the version of zstd inside the wheel of backports.zstd."""
    from backports import zstd

    return zstd.zstd_version


def libffi_version() -> str | None:
    """Return nothing: libffi tells its version from 3.5 on only."""
    try:
        told = ctypes.CDLL("libffi.so.8").ffi_get_version
    except (OSError, AttributeError):
        return None
    told.restype = ctypes.c_char_p
    return str(told().decode())


def unknown() -> str | None:
    """Return nothing: this one does not tell its version."""
    return None


PYTHON = Component(
    "CPython", "Python-2.0.1", ("python.txt",),
    ("*libpython3*", "*lib-dynload/*", "*base_library.zip", "python3*.dll", "*.pyd", "Python", "Python.framework/*"),
    platform.python_version,
)  # fmt: skip
QT = Component(
    "Qt", "LGPL-3.0-only", ("qt-notice.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
    ("*libQt6*", "*/Qt/plugins/*", "*/Qt/qml/*", "*Qt6*.dll", "*PySide6/Qt*", "*PySide6/*.so*", "*shiboken6*",
     "*pyside6*"), qt_version,
)  # fmt: skip
COMPONENTS = (
    PYTHON,
    QT,
    Component("FFmpeg", "LGPL-2.1-or-later", ("ffmpeg-notice.txt", "LGPL-2.1.txt"),
              ("*libavcodec*", "*libavformat*", "*libavutil*", "*libswresample*", "*libswscale*"),
              said("lib/libavutil*", rb"FFmpeg version ([0-9.]+)"), "Qt"),
    Component("ICU", "ICU", ("icu.txt",), ("*libicu*",), icu_version, "Qt"),
    Component("libpng", "libpng-2.0", ("libpng.txt",), ("*libQt6Gui*", "*Qt6Gui.dll"),
              said("lib/libQt6Gui.so*", rb"libpng version ([0-9.]+)"), "Qt"),
    Component("libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib", ("libjpeg-turbo.txt",), ("*qjpeg*",),
              said("plugins/imageformats/*qjpeg*", rb"libjpeg-turbo version ([0-9.]+)"), "Qt"),
    Component("libwebp", "BSD-3-Clause", ("libwebp.txt",), ("*qwebp*",), unknown, "Qt"),
    Component("HarfBuzz", "MIT-Modern-Variant", ("harfbuzz.txt",), ("*libQt6Gui*", "*Qt6Gui.dll"), unknown, "Qt"),
    Component("FreeType", "FTL", ("freetype.txt",), ("*libQt6Gui*", "*libQt6Pdf.*", "*Qt6Gui.dll"), unknown, "Qt"),
    Component("PCRE2", "BSD-3-Clause", ("pcre2.txt",), ("*libQt6Core*", "*Qt6Core.dll"), unknown, "Qt"),
    Component("double-conversion", "BSD-3-Clause", ("double-conversion.txt",), ("*libQt6Core*", "*Qt6Core.dll"),
              unknown, "Qt"),
    Component("MD4C", "MIT", ("md4c.txt",), ("*libQt6Gui*", "*Qt6Gui.dll"), unknown, "Qt"),
    Component("PDFium", "BSD-3-Clause AND Apache-2.0", ("pdfium.txt", "freetype.txt", "libjpeg-turbo.txt"),
              ("*libQt6Pdf*", "*Qt6Pdf.dll"), unknown, "Qt"),
    Component("OpenSSL (Python's)", "Apache-2.0", ("openssl.txt",), ("*libssl*", "*libcrypto*"),
              lambda: ssl.OPENSSL_VERSION.split()[1]),
    Component("OpenSSL (cryptography's)", "Apache-2.0", ("openssl.txt",), ("*cryptography/*_rust*",),
              openssl_of_cryptography, "cryptography"),
    Component("SQLite", "blessing", ("sqlite.txt",), ("*libsqlite3*", "*sqlite3.dll"),
              lambda: sqlite3.sqlite_version),
    Component("zlib", "Zlib", ("zlib.txt",), ("*libz.*", "*zlib1.dll"), lambda: zlib.ZLIB_RUNTIME_VERSION),
    Component("XZ Utils", "0BSD", ("liblzma.txt",), ("*liblzma*",), unknown),
    Component("bzip2", "bzip2-1.0.6", ("bzip2.txt",), ("*libbz2*",), unknown),
    Component("libffi", "MIT", ("libffi.txt",), ("*libffi*",), libffi_version),
    Component("Expat", "MIT", ("expat.txt",), ("*pyexpat*",), lambda: EXPAT_VERSION.rpartition("_")[2], "CPython"),
    Component("Zstandard", "BSD-3-Clause", (), ("*backports/zstd/_zstd*",), zstd_version, "backports.zstd"),
    Component("libsecp256k1", "MIT", ("libsecp256k1.txt",), ("*coincurve/_libsecp256k1*",), unknown, "coincurve"),
    Component("libxcb and its utilities", "MIT", ("xcb.txt",), ("*libxcb-*",), unknown),
    Component("libxkbcommon", "MIT", ("libxkbcommon.txt",), ("*libxkbcommon*",), unknown),
    Component("libXext", "MIT", ("libxext.txt",), ("*libXext*",), unknown),
    Component("libXrandr", "HPND-sell-variant", ("libxrandr.txt",), ("*libXrandr*",), unknown),
    Component("libXrender", "HPND-sell-variant", ("libxrender.txt",), ("*libXrender*",), unknown),
    Component("Microsoft Visual C++ runtime", "LicenseRef-MSVC-runtime", ("msvc-runtime.txt",),
              ("vcruntime*.dll", "msvcp*.dll", "ucrtbase.dll", "api-ms-win-*.dll"), unknown),
    Component("Gems Sans (from Noto)", "OFL-1.1", (), ("*resources/fonts/*",), unknown),
    Component("Lucide", "ISC", (), ("*resources/icons/*",), unknown),
)  # fmt: skip


def inside(paths: list[str]) -> list[Component]:
    """Return the components of which something stands at one of `paths` (in the package, with /)."""
    return [
        part for part in COMPONENTS if any(fnmatchcase(path, form) for path in paths for form in part.files)
    ]


def known(path: str) -> bool:
    """Tell whether a component names `path`."""
    return any(fnmatchcase(path, form) for part in COMPONENTS for form in part.files)
