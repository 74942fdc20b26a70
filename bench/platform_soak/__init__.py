# SPDX-License-Identifier: Apache-2.0
"""Hours of calm work on a platform of several processes: whether anything grows that should not."""
