# SPDX-License-Identifier: Apache-2.0
"""What stands between the socket and the routes: limits, strict JSON, signed answers."""
