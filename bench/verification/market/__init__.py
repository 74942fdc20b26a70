# SPDX-License-Identifier: Apache-2.0
"""A market of made-up workers, some of whom attack: what each policy delivers, and what honesty and attacks earn."""
