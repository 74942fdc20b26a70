# SPDX-License-Identifier: Apache-2.0
"""How a worker says that it will not decode something."""


class MediaRefused(Exception):
    """This file, or this part of it, is not decoded; `code` is one of media_facts.SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
