# SPDX-License-Identifier: Apache-2.0
"""Turns what services know into properties and slots of one screen each; QML only draws them."""
