# SPDX-License-Identifier: Apache-2.0
"""The platform under load, its store as it grows, and a peer's server beside it."""
