# SPDX-License-Identifier: Apache-2.0
"""Pictures from outside are decoded in a process of their own, so that a bad one costs nothing but itself."""
