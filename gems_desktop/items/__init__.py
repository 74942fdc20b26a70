# SPDX-License-Identifier: Apache-2.0
"""Items of the window that QML alone cannot make: secrets, charts, task pictures; `registered` has all of them."""
