# SPDX-License-Identifier: Apache-2.0
"""Carry files: work and news of people without a connection, brought by others."""
