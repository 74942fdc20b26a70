# SPDX-License-Identifier: Apache-2.0
"""Describes the QML types that Python registers, so that qmllint can check the QML that uses them.

`python -m gems_desktop.qmltypes` rewrites ui/Gems/items; tests/qml/shell/test_qmltypes.py says when it is stale.
"""

from pathlib import Path

from PySide6.QtCore import QMetaMethod, QMetaObject, QObject

ROOT = Path(__file__).resolve().parents[1]


def describe(uri: str, types: list[type[QObject]]) -> str:
    """The text of a .qmltypes file with `types` in the module `uri`, version 1.0."""
    blocks = "".join(_component(uri, _meta(cls)) for cls in types)
    return f"import QtQuick.tooling 1.2\n\nModule {{\n{blocks}}}\n"


def _meta(cls: type[QObject]) -> QMetaObject:
    meta: QMetaObject = vars(cls)["staticMetaObject"]
    return meta


def _component(uri: str, meta: QMetaObject) -> str:
    parent = meta.superClass()
    prototype = parent.className() if parent is not None else "QObject"
    lines = [
        f'name: "{meta.className()}"',
        'accessSemantics: "reference"',
        f'prototype: "{prototype}"',
        f'exports: ["{uri}/{meta.className()} 1.0"]',
        "exportMetaObjectRevisions: [256]",
    ]
    for at in range(meta.propertyOffset(), meta.propertyCount()):
        lines.append(_property(meta, at))
    for at in range(meta.methodOffset(), meta.methodCount()):
        lines.append(_method(meta.method(at)))
    body = "".join(f"        {line}\n" for line in lines)
    return f"    Component {{\n{body}    }}\n"


def _property(meta: QMetaObject, at: int) -> str:
    prop = meta.property(at)
    kind = str(prop.typeName())
    parts = [f'name: "{prop.name()!s}"', f'type: "{kind}"']
    if not prop.isWritable():
        parts.append("isReadonly: true")
    if prop.hasNotifySignal():
        parts.append(f'notify: "{bytes(prop.notifySignal().name().data()).decode()}"')
    if kind.endswith("*"):
        parts[1] = f'type: "{kind.removesuffix("*")}"'
        parts.append("isPointer: true")
    return f"Property {{ {'; '.join(parts)} }}"


def _method(method: QMetaMethod) -> str:
    word = "Signal" if method.methodType() == QMetaMethod.MethodType.Signal else "Method"
    name = bytes(method.name().data()).decode()
    names = [bytes(item.data()).decode() for item in method.parameterNames()]
    kinds = [bytes(item.data()).decode() for item in method.parameterTypes()]
    inner = [f'name: "{name}";'] if names else [f'name: "{name}"']
    for at, (label, kind) in enumerate(zip(names, kinds, strict=True)):
        pointer = "; isPointer: true" if kind.endswith("*") else ""
        inner.append(
            f'Parameter {{ name: "{label or f"arg{at}"}"; type: "{kind.removesuffix("*")}"{pointer} }}'
        )
    return f"{word} {{ {' '.join(inner)} }}"


def files() -> dict[Path, str]:
    """What the generated files must hold, by path."""
    from gems_desktop.items import registered as items

    folder = ROOT / "ui" / "Gems" / "items"
    return {
        folder / "qmldir": "module Gems.items\ntypeinfo items.qmltypes\ndepends QtQuick\n",
        folder / "items.qmltypes": describe("Gems.items", [getattr(items, name) for name in items.__all__]),
    }


def main() -> None:
    """Write the files."""
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
