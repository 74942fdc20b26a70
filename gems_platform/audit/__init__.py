# SPDX-License-Identifier: Apache-2.0
"""What an operator can look up about who did, or tried, what matters for security."""
