# SPDX-License-Identifier: Apache-2.0
"""What workers say of a campaign they worked in."""
