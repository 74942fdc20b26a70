# SPDX-License-Identifier: Apache-2.0
"""Cuts the bundled fonts down to the scripts the window speaks; run by hand with fonttools installed.

Sources: npm @ibm/plex-sans 1.1.0, @ibm/plex-sans-arabic 1.1.0, @ibm/plex-sans-devanagari 1.1.0, Hind Siliguri for
Bengali (@expo-google-fonts/hind-siliguri 0.4.1), all OFL-1.1, and lucide-static 1.62.0 (ISC), unpacked as
SOURCE/{plex,arab,deva,beng,lucide}. The OFL reserves the name "Plex" for the unchanged fonts, so ours carry another.

    python resources/fonts/make_fonts.py SOURCE
"""

import json
import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

HERE = Path(__file__).resolve().parent
LATIN = "U+0020-024F,U+0259,U+02BB-02DD,U+0300-030C,U+0370-03FF,U+0400-045F,U+0490-0491,U+1E00-1EFF"
SIGNS = "U+2000-200A,U+2010-2027,U+202F-203A,U+2044,U+2070-209F,U+20A0-20BF,U+2113,U+2116,U+2122,U+2190-2199"
MATHS = "U+2202,U+220F,U+2211-2212,U+221A,U+221E,U+2248,U+2260,U+2264-2265,U+25CA,U+2713,U+FEFF,U+FFFD"
ARABIC = "U+0020-0021,U+0028-0029,U+002E,U+0030-003A,U+00A0,U+00AB,U+00BB,U+0600-06FF,U+0750-077F,U+200C-200F"
INDIC_SIGNS = "U+0020-0021,U+0028-0029,U+002C-002E,U+0030-003A,U+00A0,U+0964-0965,U+200C-200D,U+25CC"
DEVANAGARI = f"{INDIC_SIGNS},U+0900-097F,U+1CD0-1CF9,U+A8E0-A8FF"
BENGALI = f"{INDIC_SIGNS},U+0980-09FF"
#: So that each script reads as large as the Latin.
LARGER = {"Gems Sans Bengali": 1.14, "Gems Sans Devanagari": 1.05}
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}


def cut(source: Path, unicodes: str, family: str, weight: str, target: Path) -> None:
    """Write `target`: the glyphs of `unicodes` from `source`, renamed to `family` in `weight`."""
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    rename(font, family, weight)
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / LARGER.get(family, 1))
    font.flavor = None
    font.save(str(target))


def rename(font: TTFont, family: str, weight: str) -> None:
    """Give the font our own names, as its licence asks of a changed copy."""
    plain = weight == "Regular"
    names = {
        1: family if plain else f"{family} {weight}",
        2: "Regular",
        3: f"1.1;{family}-{weight}",
        4: f"{family} {weight}",
        6: f"{family.replace(' ', '')}-{weight}",
        16: family,
        17: weight,
    }
    table = font["name"]
    table.names = [entry for entry in table.names if entry.nameID in (0, 5, 13, 14)]
    for number, value in names.items():
        table.setName(value, number, 3, 1, 0x409)
    if "OS/2" in font:
        font["OS/2"].usWeightClass = WEIGHTS[weight]
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [names[6]]
        cff.topDictIndex[0].FullName = names[4]
        cff.topDictIndex[0].FamilyName = family


def main(source: Path) -> None:
    """Write every font of the window beside this file, and the icons' into resources/icons."""
    text = ",".join((LATIN, SIGNS, MATHS))
    plex = source / "plex/package/fonts/complete/woff"
    arab = source / "arab/package/fonts/complete/woff"
    for weight in ("Regular", "Medium", "SemiBold"):
        cut(plex / f"IBMPlexSans-{weight}.woff", text, "Gems Sans", weight, HERE / f"GemsSans-{weight}.ttf")
    for weight in ("Regular", "SemiBold"):
        cut(
            arab / f"IBMPlexSansArabic-{weight}.woff",
            ARABIC,
            "Gems Sans Arabic",
            weight,
            HERE / f"GemsSansArabic-{weight}.ttf",
        )
    deva = source / "deva/package/fonts/complete/woff"
    beng = source / "beng/package"
    for weight, number in (("Regular", 400), ("SemiBold", 600)):
        cut(
            deva / f"IBMPlexSansDevanagari-{weight}.woff",
            DEVANAGARI,
            "Gems Sans Devanagari",
            weight,
            HERE / f"GemsSansDevanagari-{weight}.ttf",
        )
        cut(
            beng / f"{number}{weight}/HindSiliguri_{number}{weight}.ttf",
            BENGALI,
            "Gems Sans Bengali",
            weight,
            HERE / f"GemsSansBengali-{weight}.ttf",
        )
    icons = HERE.parent / "icons"
    wanted: dict[str, str] = json.loads((icons / "names.json").read_text("utf-8"))
    codes = json.loads((source / "lucide/package/font/codepoints.json").read_text("utf-8"))
    points = ",".join(f"U+{codes[name]:04X}" for name in sorted(set(wanted.values())))
    cut(source / "lucide/package/font/lucide.ttf", points, "Gems Icons", "Regular", icons / "GemsIcons.ttf")
    for ours, theirs in sorted(wanted.items()):
        print(f'        "{ours}": "\\u{codes[theirs]:04x}",')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
