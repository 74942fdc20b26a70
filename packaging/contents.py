# SPDX-License-Identifier: Apache-2.0
"""What of Qt and of the system's libraries the packaged application takes along: named here, the rest by need."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import PurePosixPath

#: One file of the package: where it goes, where it comes from, PyInstaller's word for its kind.
Entry = tuple[str, str, str]

#: The QML modules that ui/ imports, and what those load themselves.
QML = (
    "QtQml",
    "QtQml/Models",
    "QtQml/WorkerScript",
    "QtQuick",
    "QtQuick/Controls",
    "QtQuick/Controls/Basic",
    "QtQuick/Controls/Basic/impl",
    "QtQuick/Controls/impl",
    "QtQuick/Layouts",
    "QtQuick/Templates",
    "QtQuick/Window",
)
#: Qt's plugins: folder -> names; the kinds of display and of keyboard, the pictures that are let in, sound and film.
PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "imageformats": ("qjpeg", "qwebp"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("bradient",),
    "styles": (),
    "multimedia": ("ffmpegmediaplugin",),
    # instructions read aloud: speech-dispatcher, Windows, macOS
    "texttospeech": (
        "qtexttospeech_speechd",
        "qtexttospeech_winrt",
        "qtexttospeech_sapi",
        "qtexttospeech_darwin",
    ),
    # whether the network counts megabytes (NetworkManager, Windows, macOS)
    "networkinformation": ("qnetworkmanager", "qnetworklistmanager", "qscnetworkreachability"),
}
#: Libraries that every Linux desktop has, and that must be its own, since drivers and themes of it are linked with
#: them too (a bundled libstdc++ older than the graphics driver's stops the window).
OF_THE_SYSTEM = (
    *("libstdc++", "libgcc_s", "libX11", "libxcb", "libX11-xcb", "libXau", "libXdmcp", "libbsd", "libmd"),
    *(
        "libglib-2.0",
        "libgthread-2.0",
        "libpcre2-8",
        "libfontconfig",
        "libfreetype",
        "libdbus-1",
        "libsystemd",
    ),
    *("libgcrypt", "libgpg-error", "libcap", "liblz4", "libpng16", "libexpat", "libuuid", "libbrotlidec"),
    *("libbrotlicommon", "libcom_err", "libwayland-client", "libwayland-cursor", "libwayland-egl"),
    # the sound server's own client, and what the graphics driver brings
    *("libpulse", "libdrm", "libspeechd"),
    *("libgssapi_krb5", "libkrb5", "libk5crypto", "libkrb5support", "libkeyutils", "libzstd"),
)
#: Libraries that `strip` would spoil: Qt's makers moved parts of them about, and they hold no symbols for debuggers.
UNSTRIPPED = ("libavutil", "libavcodec", "libavformat", "libswresample", "libswscale")
#: Files that no program reads at run time.
UNREAD = (".qmltypes", ".pyi", "py.typed", ".c", ".h", ".pxd", ".pyx", ".ts")
#: What is read of whose metadata: their own versions, and keyring its backends. The licences are in LICENCES.txt.
READ_OF_METADATA = {
    **{f"eth_{name}": ("METADATA",) for name in ("abi", "hash", "keys", "typing", "utils")},
    "keyring": ("METADATA", "entry_points.txt"),
}
#: Data of dependencies that belongs to parts of them that are not used.
UNUSED = (
    "web3/_utils/contract_sources/",
    "alembic/templates/",
    "PySide6/Qt/translations/",
    "PySide6/translations/",
)
#: Folders of a dependency of which only these files are used.
ONLY = {
    # the hash of Ethereum, the rest of pycryptodome is ciphers; it looks for it in Util/../Hash, so Util must be there
    "Crypto": ("_keccak", "_cpuid_c"),
}


def needed(binaries: Iterable[Entry], datas: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the entries to keep; libraries only if something kept is linked with them (on Linux)."""
    kept_datas = [entry for entry in datas if wanted(entry[0])]
    kept = [entry for entry in binaries if wanted(entry[0])]
    if sys.platform.startswith("linux"):
        names = {name for entry in kept if not is_library(entry) for name in linked(entry)}
        libraries = {base(entry[0]): entry for entry in kept if is_library(entry) and entry[2] != "SYMLINK"}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if of_the_system(name):  # and so is what it is linked with
                continue
            entry = libraries.get(name)
            more = linked(entry) - names if entry else set()
            names |= more
            waiting += more
        names = {name for name in names if not of_the_system(name)}
        kept = [entry for entry in kept if not is_library(entry) or base(entry[0]) in names]
        kept = [
            (to, source, "DATA" if base(to).startswith(UNSTRIPPED) else kind) for to, source, kind in kept
        ]
        kept_datas = [entry for entry in kept_datas if entry[2] != "SYMLINK" or linked_to(entry, names)]
    return kept, kept_datas


def linked_to(entry: Entry, names: set[str]) -> bool:
    """Tell whether a symbolic link is followed by anything: Qt's libraries find one another without (their RUNPATH)."""
    return base(entry[0]) in names and not entry[1].startswith("PySide6/Qt/lib/")


def of_the_system(name: str) -> bool:
    """Tell whether the system's own library of that name is used."""
    return name.partition(".so")[0] in OF_THE_SYSTEM


def linked(entry: Entry) -> set[str]:
    """Return the names of the libraries that a binary is linked with itself (not what those are linked with)."""
    read = subprocess.run(["objdump", "-p", entry[1]], capture_output=True, text=True, check=False)
    words = (line.split() for line in read.stdout.splitlines())
    return {base(word[1]) for word in words if len(word) == 2 and word[0] == "NEEDED"}


def wanted(target: str) -> bool:
    """Tell whether the file that goes to `target` belongs to something that is used."""
    path = PurePosixPath(target.replace("\\", "/"))
    text = str(path)
    if any(part in text + "/" for part in UNUSED) or path.name.endswith(UNREAD):
        return False
    parts = path.parts
    if information := [part for part in parts if part.endswith(".dist-info")]:
        return path.name in READ_OF_METADATA.get(information[0].partition("-")[0], ())
    if parts[0] == "resources" and path.suffix == ".py":  # what makes the fonts and the catalogues
        return False
    if parts[0] in ONLY:
        return path.name.partition(".")[0] in ONLY[parts[0]]
    if parts[:1] == ("PySide6",) and "qml" in parts[:3]:
        below = "/".join(parts[parts.index("qml") + 1 : -1])
        # Qt's own QML files stand in its libraries too, and its qmldir files prefer those.
        return below in QML and path.suffix != ".qml"
    if parts[:1] == ("PySide6",) and "plugins" in parts[:3]:
        folder, name = parts[-2], path.stem.removeprefix("lib")
        return name in PLUGINS.get(folder, ())
    return True


def is_library(entry: Entry) -> bool:
    """Tell whether an entry is there only because others are linked with it."""
    target, _, kind = entry
    if kind == "EXTENSION" or "/plugins/" in target or "/qml/" in target:
        return False
    return ".so" in base(target) and base(target).startswith("lib") and "libpython" not in target


def base(path: str) -> str:
    """Return the file's name."""
    return PurePosixPath(path.replace("\\", "/")).name
