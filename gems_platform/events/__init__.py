# SPDX-License-Identifier: Apache-2.0
"""What happened to an account, in order."""
