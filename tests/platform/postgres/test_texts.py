# SPDX-License-Identifier: Apache-2.0
"""Texts on the store that is stricter about them."""

from __future__ import annotations

from tests.platform.test_texts import *  # noqa: F403 - all of it again
