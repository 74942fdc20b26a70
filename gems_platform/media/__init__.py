# SPDX-License-Identifier: Apache-2.0
"""Media files, named by their SHA-256."""
