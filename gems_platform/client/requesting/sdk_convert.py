# SPDX-License-Identifier: Apache-2.0
"""Runs label-studio-sdk's converter in a process of its own, with the Python that has it; nothing is fetched.

Called as `python sdk_convert.py CONFIG TASKS OUT FORMAT UPLOADS`; it imports nothing of this project.
"""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path

NO_SDK, NOT_SUPPORTED, DONE = 3, 4, 0


class NoNetwork:
    """Stands for a session of `requests`: every file lies on this computer already."""

    def get(self, url: str, *args: object, **kwargs: object) -> object:
        """Refuse to fetch."""
        raise OSError("nothing is fetched while results are converted")

    request = get


def main(arguments: list[str]) -> int:
    """Convert; the exit status says whether the SDK is missing or the config cannot give this format."""
    config, tasks, out, form, uploads = arguments
    logging.basicConfig(level=logging.ERROR)
    try:
        sdk = importlib.import_module("label_studio_sdk.converter")
    except ImportError:
        return NO_SDK
    converter = sdk.Converter(
        Path(config).read_text("utf-8"),
        out,
        upload_dir=uploads,
        download_resources=True,
        http_session=NoNetwork(),
    )
    if form not in converter.supported_formats:
        print(", ".join(sorted(converter.supported_formats)), file=sys.stderr)
        return NOT_SUPPORTED
    converter.convert(tasks, out, form, is_dir=False)
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
