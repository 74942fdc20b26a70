# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/design.md from Roles.js and Theme.qml; `python -m tests.qml.design.design_table` writes them."""

from __future__ import annotations

import re

from tests.qml.design.colours import ROOT, SCHEMES, UI, colours, contrast, roles

DOCUMENT = ROOT / "docs" / "design.md"
_BETWEEN = re.compile(r"(<!-- {name} -->\n).*?(<!-- end -->)".replace("{name}", r"(colours|sizes)"), re.S)
_SIZE = re.compile(
    r"property int (font\w+|xs|s|m|l|xl|radius\w*|controlHeight|rowHeight|iconSize): (?:Math\.round\()?(\d+)"
)


def colour_table() -> str:
    """Each colour: what it is for, its three values, and the least contrast on the grounds it is used on."""
    lines = ["| colour | for | light | dark | contrast | least contrast |", "|---|---|---|---|---|---|"]
    for role in roles():
        values = colours()[role.name]
        least = " / ".join(
            f"{min(contrast(values[at], colours()[ground][at]) for ground in role.on):.1f}"
            if role.on
            else "–"
            for at in range(len(SCHEMES))
        )
        shown = " | ".join(f"`{value}`" for value in values)
        lines.append(f"| `{role.name}` | {role.use} | {shown} | {least if role.on else ''} |")
    return "\n".join(lines) + "\n"


def size_table() -> str:
    """Sizes of letters, room, corners and controls at 100 %."""
    found = _SIZE.findall((UI / "Theme.qml").read_text("utf-8"))
    return (
        "\n".join(("| name | pixels |", "|---|---|", *(f"| `{name}` | {size} |" for name, size in found)))
        + "\n"
    )


def with_tables(document: str) -> str:
    """`document` with both tables as they are now."""
    tables = {"colours": colour_table(), "sizes": size_table()}
    return _BETWEEN.sub(lambda match: match[1] + tables[match[2]] + match[3], document)


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text("utf-8")), "utf-8")
