# SPDX-License-Identifier: Apache-2.0
"""Items of the window that QML alone cannot make: secrets, charts, task pictures; importing registers Gems.items."""

from gems_desktop.items.chart import ChartItem
from gems_desktop.items.image_canvas import ImageCanvas
from gems_desktop.items.movie_canvas import MovieCanvas
from gems_desktop.items.secret_field import SecretField
from gems_desktop.items.secret_words import SecretWords
from gems_desktop.items.text_canvas import TextCanvas
from gems_desktop.items.timeline_canvas import TimeCanvas

__all__ = [
    "ChartItem",
    "ImageCanvas",
    "MovieCanvas",
    "SecretField",
    "SecretWords",
    "TextCanvas",
    "TimeCanvas",
]
