# SPDX-License-Identifier: Apache-2.0
"""The worker's client: do small tasks offline and be paid through payment channels."""

__version__ = "0.1.0"
