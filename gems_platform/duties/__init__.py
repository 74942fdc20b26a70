# SPDX-License-Identifier: Apache-2.0
"""What the platform does by itself, each part safe to be done twice or to be cut off."""
