# SPDX-License-Identifier: Apache-2.0
"""Configs and answers that several tests of modules share."""

from __future__ import annotations

from typing import Any

import pytest

from gems_protocol.modules import ConfigRefused, Module, parse

EVERYTHING = """<View display="block" className="wide" style="color: red">
  <Style>.x {}</Style>
  <Header value="Judge this" name="head"/>
  <Header value="$title"/>
  <Text name="text" value="$text"/>
  <Image name="photo" value="$photo" zoom="true" maxWidth="700px"/>
  <Choices name="kind" toName="text" choice="single" required="true" requiredMessage="Pick one"
    showInline="true" hint="One of these">
    <Choice value="Good" alias="good" hotkey="g" hint="It is good" background="#00ff00"/>
    <Choice value="Bad"/>
  </Choices>
  <Choices name="parts" toName="photo" choice="multiple">
    <Choice value="Head"/><Choice value="Tail"/><Choice value="Legs"/>
  </Choices>
  <RectangleLabels name="box" toName="photo" choice="single" maxUsages="2">
    <Label value="Cat" background="#0f766e" hotkey="1"/>
    <Label value="Dog" alias="dog" hint="Barks"/>
  </RectangleLabels>
  <View>
    <TextArea name="why" toName="text" rows="3" maxSubmissions="2" placeholder="Why?" editable="true"/>
  </View>
</View>"""


def everything() -> Module:
    """A module with every tag."""
    return parse(EVERYTHING)


def choice(option: str = "good", **changed: Any) -> dict[str, Any]:
    """A result of the single choice."""
    value = {"choices": [option]}
    return _result("kind", "text", "choices", value) | changed


def parts(*options: str, **changed: Any) -> dict[str, Any]:
    """A result of the multiple choice."""
    return _result("parts", "photo", "choices", {"choices": list(options)}) | changed


def box(
    x: float = 10, y: float = 10, w: float = 20, h: float = 20, label: str = "Cat", **changed: Any
) -> dict[str, Any]:
    """A result with a rectangle in percent."""
    value = {"x": x, "y": y, "width": w, "height": h, "rotation": 0, "rectanglelabels": [label]}
    return _result("box", "photo", "rectanglelabels", value) | changed


def typed(*texts: str, **changed: Any) -> dict[str, Any]:
    """A result of the text field."""
    return _result("why", "text", "textarea", {"text": list(texts)}) | changed


def _result(control: str, target: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": control, "from_name": control, "to_name": target, "type": kind, "value": value}


TEXT = "<Text name='t' value='$t'/>"
IMAGE = "<Image name='i' value='$i'/>"
CHOICES = "<Choices name='c' toName='t'><Choice value='a'/><Choice value='b'/></Choices>"


def reasons(config: str) -> tuple[str, ...]:
    """Why a config is refused."""
    with pytest.raises(ConfigRefused) as refused:
        parse(config)
    assert refused.value.safe and refused.value.action
    return refused.value.reasons


def view(*inside: str) -> str:
    """A config with one element a line, the first on line 2."""
    return "\n".join(("<View>", *inside, "</View>"))
