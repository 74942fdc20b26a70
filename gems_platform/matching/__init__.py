# SPDX-License-Identifier: Apache-2.0
"""Who gets which work: wishes that stand, rounds in which they are drawn, and the records that prove it."""
