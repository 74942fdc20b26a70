# SPDX-License-Identifier: Apache-2.0
"""What every process of the application does before anything else: forget hostile settings, shut its doors.

Imports nothing but the standard library, since it must run before Qt is loaded.
"""

import ctypes
import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

#: Settings by which somebody else's code, style or file would get into the process.
SCRUBBED = (
    "QML_IMPORT_PATH",
    "QML2_IMPORT_PATH",
    "QML_XHR_ALLOW_FILE_READ",
    "QML_XHR_ALLOW_FILE_WRITE",
    "QML_DISK_CACHE_PATH",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
    "QT_QPA_GENERIC_PLUGINS",
    "QT_QPA_PLATFORMTHEME",
    "QT_QUICK_CONTROLS_STYLE",
    "QT_QUICK_CONTROLS_FALLBACK_STYLE",
    "QT_QUICK_CONTROLS_CONF",
    "QT_IMAGEIO_MAXALLOC",
    "QT_FFMPEG_PROTOCOL_WHITELIST",
    "QTWEBENGINE_REMOTE_DEBUGGING",
    "QSG_INFO",
    "LD_PRELOAD",
    "LD_AUDIT",
    "LD_LIBRARY_PATH",
    "DYLD_INSERT_LIBRARIES",
    "DYLD_LIBRARY_PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONUSERBASE",
    "PYTHONPLATLIBDIR",
    "PYTHONPYCACHEPREFIX",
    "PYTHONEXECUTABLE",
    "PYTHONSTARTUP",
    "PYTHONINSPECT",
    "PYTHONBREAKPOINT",
    "PYTHONWARNINGS",
    "OPENSSL_CONF",
    "OPENSSL_ENGINES",
    "OPENSSL_MODULES",
    "SSLKEYLOGFILE",
    "GCONV_PATH",
    "GTK_MODULES",
    "GTK3_MODULES",
    "GTK_PATH",
    "GIO_EXTRA_MODULES",
    "GDK_PIXBUF_MODULE_FILE",
)

#: Where windows may be shown: on this computer's own screens, and for tests nowhere. Qt brings others, one of which
#: lets anybody on the network look at the windows and click in them.
SCREENS = ("xcb", "wayland", "wayland-egl", "windows", "cocoa", "offscreen")

#: Megabytes Qt may allocate for one picture in any process of ours.
IMAGE_MEGABYTES = 64

#: For files that are opened to be written: a link in a folder that somebody handed over leads to no other file.
NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """Scrub the environment, choose the renderer, and close core dumps, tracing and group access to new files."""
    clean_environment(os.environ)
    choose_renderer(os.environ)
    os.umask(0o077)
    no_dumps()


def clean_environment(environ: MutableMapping[str, str]) -> None:
    """Drop what `SCRUBBED` names from `environ`, for this process and its children, and set Qt's own limits."""
    for name in SCRUBBED:
        environ.pop(name, None)
    wished = environ.get("QT_QPA_PLATFORM", "")
    if any(one.partition(":")[0].strip() not in SCREENS for one in wished.split(";")):
        environ.pop("QT_QPA_PLATFORM", None)
    if getattr(sys, "frozen", False):
        # LD_LIBRARY_PATH is gone now, and a helper of the packaged application that takes itself for a part of its
        # parent does not set it anew: it would look for the libraries that are packed with it on the system alone.
        environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    environ["QT_FFMPEG_PROTOCOL_WHITELIST"] = "file"
    environ["QT_IMAGEIO_MAXALLOC"] = str(IMAGE_MEGABYTES)


def choose_renderer(environ: MutableMapping[str, str], drivers: Path = Path("/dev/dri")) -> str:
    """Set the scene graph's back end: GEMS_RENDERER ("software" or "gpu") if given, else software where no GPU is.

    On Linux a GPU shows as a render node under `drivers`; Windows and macOS always have one. Without a GPU the
    software renderer is faster than GL and takes 80 MB less (ADR 0041). Returns "software" or "gpu".
    """
    wish = environ.get("GEMS_RENDERER", "")
    if wish in ("software", "gpu"):
        choice = wish
    elif environ.get("QT_QPA_PLATFORM") == "offscreen":
        choice = "software"
    elif sys.platform == "linux":
        choice = "gpu" if any(drivers.glob("renderD*")) else "software"
    else:
        choice = "gpu"
    if choice == "software":
        environ["QT_QUICK_BACKEND"] = "software"
    else:
        environ.pop("QT_QUICK_BACKEND", None)
    return choice


def no_dumps() -> None:
    """Forbid core dumps, and on Linux reading this process's memory by others of the same user."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
