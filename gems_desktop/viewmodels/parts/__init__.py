# SPDX-License-Identifier: Apache-2.0
"""One view model for each element of a task that a plain row cannot show; a new element is a new line here."""

from __future__ import annotations

from gems_desktop.viewmodels.parts.audio import AudioPart
from gems_desktop.viewmodels.parts.chat import ChatPart
from gems_desktop.viewmodels.parts.choices import ChoicesPart
from gems_desktop.viewmodels.parts.image import ImagePart
from gems_desktop.viewmodels.parts.labels import LabelsPart
from gems_desktop.viewmodels.parts.moment import MomentPart
from gems_desktop.viewmodels.parts.number import NumberPart
from gems_desktop.viewmodels.parts.pairwise import PairwisePart
from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.parts.pdf import PdfPart
from gems_desktop.viewmodels.parts.ranker import ListPart, RankerPart
from gems_desktop.viewmodels.parts.rating import RatingPart
from gems_desktop.viewmodels.parts.regions import RegionsPart
from gems_desktop.viewmodels.parts.relations import RelationsPart
from gems_desktop.viewmodels.parts.series import SeriesPart
from gems_desktop.viewmodels.parts.table import TablePart
from gems_desktop.viewmodels.parts.taxonomy import TaxonomyPart
from gems_desktop.viewmodels.parts.text import TextPart
from gems_desktop.viewmodels.parts.video import VideoPart
from gems_desktop.viewmodels.task_hand import LABEL_TAGS
from gems_desktop.viewmodels.task_rows import REGIONS

__all__ = ["PARTS", "Part"]

PARTS: dict[str, type[Part]] = {
    **dict.fromkeys(LABEL_TAGS, LabelsPart),
    "Audio": AudioPart,
    "Chat": ChatPart,
    "Choices": ChoicesPart,
    "DateTime": MomentPart,
    "HyperText": TextPart,
    "Image": ImagePart,
    "List": ListPart,
    "Number": NumberPart,
    "Pairwise": PairwisePart,
    "Paragraphs": TextPart,
    "Pdf": PdfPart,
    "Ranker": RankerPart,
    "Rating": RatingPart,
    "Relations": RelationsPart,
    "Table": TablePart,
    "Taxonomy": TaxonomyPart,
    "TimeSeries": SeriesPart,
    "Text": TextPart,
    "Video": VideoPart,
    REGIONS: RegionsPart,
}
