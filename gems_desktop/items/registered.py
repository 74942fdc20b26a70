# SPDX-License-Identifier: Apache-2.0
"""All of Gems.items: importing registers what QML alone cannot make (secrets, charts, canvases of tasks)."""

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
