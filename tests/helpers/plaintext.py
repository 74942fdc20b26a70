# SPDX-License-Identifier: Apache-2.0
"""Finds what would be drawn as rich text: in the sources of the window, and in a window that runs."""

import json
import re
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtQml import QQmlContext, QQmlEngine, QQmlExpression

#: Runs in QML, since Python cannot read `textFormat`. Popups hang below `contentItem` too,
#: but only while open, so what objects hold as data and resources is walked as well.
_WALK = """
(function () {
    const found = [], seen = new Set();
    let counted = 0;
    function look(thing, path) {
        if (!thing || typeof thing !== "object" || seen.has(thing)) return;
        seen.add(thing);
        const name = String(thing).split("(")[0];
        const here = path + "/" + name;
        if (thing.textFormat !== undefined && thing.text !== undefined) {
            // Text.PlainText and TextEdit.PlainText are both 0
            if (thing.textFormat !== 0) found.push(here + " textFormat=" + thing.textFormat);
        }
        for (const key of ["contentItem", "background", "header", "footer", "label", "indicator", "popup", "menuBar",
                           "handle", "delegate", "item"]) {
            try { look(thing[key], here); } catch (error) {}
        }
        for (const key of ["children", "data", "resources", "contentChildren", "contentData"]) {
            let list;
            try { list = thing[key]; } catch (error) { continue; }
            if (list && list.length !== undefined)
                for (let at = 0; at < list.length; at++) look(list[at], here);
        }
        counted++;
    }
    look(root, "");
    return JSON.stringify({found: found, counted: counted});
})()
"""

_TEXT = re.compile(r"^\s*(?:[\w.]+:\s*)?(?:\w+\.)?(Text|TextEdit)\s*\{", re.MULTILINE)
_FORMAT = re.compile(r"\btextFormat\s*:\s*(\S+)")
_PLAIN = ("Text.PlainText", "TextEdit.PlainText")
#: Stock types that draw words and that our style does not draw: their labels would be AutoText.
UNSTYLED = (
    "DelayButton",
    "DoubleSpinBox",
    "SearchField",
    "Tumbler",
    "TableViewDelegate",
    "TreeViewDelegate",
    "HorizontalHeaderView",
    "VerticalHeaderView",
    "MonthGrid",
    "DayOfWeekRow",
    "WeekNumberColumn",
    "IconLabel",
    "CheckLabel",
    "PlaceholderText",
)
#: Doors to code or content from outside, by what they look like in QML.
FORBIDDEN = (
    "Qt.createQmlObject",
    "XMLHttpRequest",
    "WebSocket",
    "WebEngine",
    "AnimatedImage",
    "Qt.openUrlExternally",
    "eval(",
    "RichText",
    "StyledText",
    "MarkdownText",
    "AutoText",
)


def find_rich_text(root: QObject, engine: QQmlEngine) -> list[str]:
    """Paths of the text items below `root` whose format is not PlainText. Raises when the walk itself fails."""
    context = QQmlContext(engine.rootContext())
    context.setContextProperty("root", root)
    expression = QQmlExpression(context, root, _WALK)
    value = expression.evaluate()
    if expression.hasError():
        raise AssertionError(expression.error().toString())
    text = value[0] if isinstance(value, tuple) else value
    answer = json.loads(str(text))
    if answer["counted"] < 2:
        raise AssertionError("the walk saw nothing")
    return list(answer["found"])


def rich_text_in(source: str) -> list[str]:
    """What is wrong with the words of one QML source: line numbers with reasons."""
    faults: list[str] = []
    clean = re.sub(
        r"//[^\n]*|/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match.group()), source, flags=re.DOTALL
    )
    for match in _TEXT.finditer(clean):
        body = _own_body(clean, match.end())
        formats = _FORMAT.findall(body)
        if not formats or any(kind not in _PLAIN for kind in formats):
            faults.append(
                f"line {_line(clean, match.start())}: {match[1]} without textFormat: Text.PlainText"
            )
    for match in _FORMAT.finditer(clean):
        if match[1].rstrip(";") not in _PLAIN:
            faults.append(f"line {_line(clean, match.start())}: textFormat {match[1]}")
    for name in UNSTYLED:
        for match in re.finditer(rf"\b{name}\s*\{{", clean):
            faults.append(f"line {_line(clean, match.start())}: {name} is not drawn by our style")
    for words in FORBIDDEN:
        at = clean.find(words)
        if at >= 0:
            faults.append(f"line {_line(clean, at)}: {words} is not allowed")
    return faults


def rich_text_below(folder: Path) -> list[str]:
    """The same for every QML file under `folder`."""
    files = sorted(folder.rglob("*.qml"))
    return [
        f"{file.relative_to(folder)}: {fault}"
        for file in files
        for fault in rich_text_in(file.read_text("utf-8"))
    ]


def _own_body(source: str, start: int) -> str:
    """What stands in the braces opened before `start`, without what deeper braces hold."""
    depth, out = 1, []
    for letter in source[start:]:
        if letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0:
                break
        elif depth == 1:
            out.append(letter)
    return "".join(out)


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1
