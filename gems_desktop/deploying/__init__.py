# SPDX-License-Identifier: Apache-2.0
"""Puts the contracts on a chain, writes down where they are, and proves that they are what was compiled (ADR 0074)."""
