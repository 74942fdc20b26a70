# SPDX-License-Identifier: Apache-2.0
"""User stories of the client, one service each, over ports; no Qt, no SQL, no HTTP in here."""
