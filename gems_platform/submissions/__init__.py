# SPDX-License-Identifier: Apache-2.0
"""Sealed batches of answers, their receipts and audit draws."""
