# SPDX-License-Identifier: Apache-2.0
"""An hour of classification by keyboard: the real application on an X screen, with a typist outside of it."""
