# SPDX-License-Identifier: Apache-2.0
"""The window in which the signer asks: a process of its own that has a question and no keys."""
