# SPDX-License-Identifier: Apache-2.0
"""Tests of the local chain and of the reader of chains."""
