# SPDX-License-Identifier: Apache-2.0
"""Every supported tag and attribute, and every refusal with its line."""

from __future__ import annotations

import pytest

from gems_protocol.modules import ConfigRefused, Module, limits, parse
from gems_protocol.modules.tags import HARMLESS, TAGS
from gems_protocol.modules.tree import Kind
from tests.protocol.modules.configs import EVERYTHING, everything

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


def test_everything_is_read() -> None:
    module = everything()
    assert [node.tag for node in module.root.walk()] == [
        *("View", "Header", "Header", "Text", "Image", "Choices", "Choices", "RectangleLabels", "View"),
        "TextArea",
    ]
    kind, parts, box, why = module.controls()
    assert (kind.name, kind.to_name, kind.answer_type) == ("kind", "text", "choices")
    assert kind.flag("required") and kind.get("requiredMessage") == "Pick one" and kind.flag("showInline")
    good, bad = kind.options
    assert (good.value, good.alias, good.stored, good.key) == ("Good", "good", "good", "g")
    assert (good.colour, good.hint) == ("#00ff00", "It is good")
    assert (bad.stored, bad.colour) == ("Bad", "")
    assert parts.get("choice") == "multiple" and not parts.flag("required")
    assert box.get("maxUsages") == "2" and [option.stored for option in box.options] == ["Cat", "dog"]
    assert (why.get("rows"), why.get("maxSubmissions"), why.get("placeholder")) == ("3", "2", "Why?")
    assert module.variables() == ("title", "text", "photo")
    assert module.media_variables() == ("photo",)
    assert module.control("box") is box and module.control("nothing") is None
    assert module.shown("photo") is not None and module.shown("box") is None
    assert [node.line for node in module.objects()] == [3, 4, 5, 6]
    assert any("Style" in note for note in module.notes)
    assert any("className" in note for note in module.notes)


@pytest.mark.parametrize(("tag", "attribute"), [(t, a) for t, row in TAGS.items() for a in row.attributes])
def test_every_attribute_of_the_table_is_read(tag: str, attribute: str) -> None:
    values = {
        "name": "n",
        "toName": "t",
        "value": "$x",
        "choice": "single",
        "required": "true",
        "rows": "2",
        "maxSubmissions": "3",
        "maxUsages": "4",
        "hotkey": "q",
        "background": "#abc",
    }
    value = values.get(attribute, "words")
    own = f"{attribute}='{value}'"
    target = "i" if tag == "RectangleLabels" else "t"
    names = "" if attribute == "name" else "name='n'"
    aim = "" if attribute == "toName" else f"toName='{target}'"
    shown = "" if attribute == "value" else "value='$x'"
    if attribute == "toName":
        own = f"toName='{target}'"
    elements = {
        "View": f"<View {own}>{CHOICES}</View>",
        "Header": f"<Header {own} {shown}/>{CHOICES}",
        "Text": f"<Text {own} {names} {shown}/>{CHOICES}",
        "Image": f"<Image {own} {names} {shown}/>{CHOICES}",
        "Choices": f"<Choices {own} {names} {aim}><Choice value='a'/></Choices>",
        "Choice": f"<Choices {names} {aim}><Choice {own} {shown}/></Choices>",
        "RectangleLabels": f"<RectangleLabels {own} {names} {aim}><Label value='a'/></RectangleLabels>",
        "Label": f"<RectangleLabels {names} toName='i'><Label {own} {shown}/></RectangleLabels>",
        "TextArea": f"<TextArea {own} {names} {aim}/>",
    }
    if attribute == "name" and tag in elements:
        elements[tag] = elements[tag].replace("name='n' name='n'", "name='n'")
    module = parse(view(TEXT, IMAGE, elements[tag]))
    assert isinstance(module, Module)
    options = {"Choice", "Label"}
    special = {"name", "toName"}
    if tag not in options and attribute not in special:
        assert any(node.tag == tag and node.get(attribute) == value for node in module.root.walk())


@pytest.mark.parametrize("attribute", sorted(HARMLESS))
def test_looks_are_read_and_noted(attribute: str) -> None:
    module = parse(view(f"<Text name='t' value='$t' {attribute}='1'/>", CHOICES))
    assert module.notes == (f"line 2: the look {attribute} is drawn in our own style",)


REFUSED = {
    "unknown tag": (
        view(TEXT, CHOICES, "<HyperText name='h' value='$h'/>"),
        "line 4: the tag HyperText is not",
    ),
    "unknown tag deep": (
        view(TEXT, "<View><View>", "<Video/>", "</View></View>", CHOICES),
        "line 4: the tag Video",
    ),
    "namespaced tag": ("<View xmlns='u:x'/>", "line 1: the tag {u:x}View is not supported"),
    "case of a tag": (view("<text name='t' value='$t'/>", CHOICES), "line 2: the tag text is not"),
    "unknown attribute": (
        view(TEXT, "<Choices name='c' toName='t' perRegion='true'>", "<Choice value='a'/></Choices>"),
        "line 3: Choices has the attribute perRegion, which is not supported",
    ),
    "unknown attribute of an option": (
        view(TEXT, "<Choices name='c' toName='t'>", "<Choice value='a' whenTag='x'/></Choices>"),
        "line 4: Choice has the attribute whenTag",
    ),
    "no name": (view(TEXT, CHOICES.replace("name='c' ", "")), "line 3: Choices needs a name"),
    "odd name": (view(TEXT, CHOICES.replace("'c'", "'c$'")), "line 3: Choices needs a name"),
    "long name": (view(TEXT, CHOICES.replace("'c'", f"'{'c' * 65}'")), "line 3: Choices needs a name"),
    "name twice": (view(TEXT, CHOICES, CHOICES), "the name c is given twice"),
    "name of an object and a control": (
        view(TEXT, CHOICES.replace("'c'", "'t'")),
        "the name t is given twice",
    ),
    "no object": (view(TEXT, CHOICES.replace("'t'", "'u'")), "line 3: Choices c points to no object (u)"),
    "no toName": (view(TEXT, CHOICES.replace("toName='t'", "")), "line 3: Choices c points to no object ()"),
    "points to a control": (
        view(TEXT, CHOICES, "<TextArea name='w' toName='c'/>"),
        "line 4: TextArea w points to no object (c)",
    ),
    "boxes on a text": (
        view(TEXT, "<RectangleLabels name='r' toName='t'><Label value='a'/></RectangleLabels>"),
        "line 3: RectangleLabels cannot label a Text",
    ),
    "choices on a heading": (
        view("<Header name='h' value='x'/>", CHOICES.replace("'t'", "'h'")),
        "line 3: Choices cannot label a Header",
    ),
    "no control": (view(TEXT), "it has no control"),
    "no options": (view(TEXT, "<Choices name='c' toName='t'/>"), "line 3: Choices has no Choice"),
    "option without value": (
        view(TEXT, "<Choices name='c' toName='t'>", "<Choice alias='a'/></Choices>"),
        "line 4: a Choice has no value",
    ),
    "option of blanks": (
        view(TEXT, "<Choices name='c' toName='t'>", "<Choice value=' &#x200b; '/></Choices>"),
        "line 4: a Choice has no value",
    ),
    "option twice": (
        view(TEXT, "<Choices name='c' toName='t'><Choice value='a'/><Choice value='b' alias='a'/></Choices>"),
        "line 3: Choice “a” stands twice",
    ),
    "option in an option": (
        view(
            TEXT, "<Choices name='c' toName='t'>", "<Choice value='a'><Choice value='b'/></Choice></Choices>"
        ),
        "line 4: a Choice inside a Choice is not supported",
    ),
    "wrong option": (
        view(TEXT, "<Choices name='c' toName='t'><Choice value='x'/><Label value='a'/></Choices>"),
        "line 3: Choices cannot hold Label here",
    ),
    "option alone": (
        view(TEXT, CHOICES, "<View><Choice value='a'/></View>"),
        "line 4: a Choice stands outside of what it is an option of",
    ),
    "option chosen beforehand": (
        view(TEXT, "<Choices name='c' toName='t'><Choice value='a' selected='true'/></Choices>"),
        "line 3: Choice has the attribute selected, which is not supported",
    ),
    "option drawn by HTML": (
        view(TEXT, "<Choices name='c' toName='t'><Choice value='a' html='$t'/></Choices>"),
        "line 3: Choice has the attribute html, which is not supported",
    ),
    "text written beforehand": (
        view(TEXT, "<TextArea name='w' toName='t' value='$t'/>"),
        "line 3: TextArea has the attribute value, which is not supported",
    ),
    "several labels on a box": (
        view(
            IMAGE,
            "<RectangleLabels name='r' toName='i' choice='multiple'><Label value='a'/></RectangleLabels>",
        ),
        "line 3: choice “multiple” is not supported",
    ),
    "something in a text": (
        view("<Text name='t' value='$t'><View/></Text>", CHOICES),
        "line 2: Text cannot hold View",
    ),
    "no value": (view("<Text name='t'/>", CHOICES), "line 2: Text has no value"),
    "picture at an address": (
        view(TEXT, "<Image name='i' value='http://127.0.0.1/x.png'/>", CHOICES),
        "line 3: Image must show a field of the task ($name), never an address",
    ),
    "picture on the disk": (
        view(TEXT, "<Image name='i' value='file:///x'/>", CHOICES),
        "line 3: Image must show",
    ),
    "kind of choice": (
        view(TEXT, CHOICES.replace("name", "choice='some' name", 1)),
        "line 3: choice “some” is not",
    ),
    "rows": (
        view(TEXT, "<TextArea name='w' toName='t' rows='-1'/>"),
        "line 3: rows of TextArea is not a number",
    ),
    "entries": (
        view(TEXT, "<TextArea name='w' toName='t' maxSubmissions='1e9'/>"),
        "line 3: maxSubmissions of TextArea is not a number",
    ),
    "usages": (
        view(
            IMAGE, "<RectangleLabels name='r' toName='i' maxUsages='٣'><Label value='a'/></RectangleLabels>"
        ),
        "line 3: maxUsages of RectangleLabels is not a number",
    ),
    "key twice": (
        view(
            TEXT,
            "<Choices name='c' toName='t'><Choice value='a' hotkey='q'/><Choice value='b' hotkey='Q'/></Choices>",
        ),
        "the key q is given to two options",
    ),
    "document type": ("<!DOCTYPE View><View/>", "it declares a document type or entities"),
    "entity": (
        "<!DOCTYPE a [<!ENTITY b 'bb'>]><View><Text name='t' value='&b;'/></View>",
        "it declares a document type or entities",
    ),
    "external entity": (
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><View>&b;</View>",
        "it declares a document type or entities",
    ),
    "unknown entity": ("<View>\n&nbsp;</View>", "it is not well-formed XML (line 2)"),
    "not XML": ("<View>\n\n<Text</View>", "it is not well-formed XML (line 3)"),
    "two roots": ("<View/><View/>", "it is not well-formed XML (line 1)"),
    "empty": ("", "it is not well-formed XML"),
    "NUL": ("<View>\0</View>", "it is not well-formed XML"),
    "lone surrogate": ("<View>\ud800</View>", "it is not well-formed XML"),
    "attribute twice": ("<View a='1' a='2'/>", "it is not well-formed XML (line 1)"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_cause_and_line(name: str) -> None:
    config, said = REFUSED[name]
    told = reasons(config)
    assert any(reason.startswith(said) for reason in told), told


def test_all_reasons_are_named_at_once() -> None:
    told = reasons(view(TEXT, "<Video/>", "<Audio/>", "<Choices name='c' toName='x' why='1'/>"))
    assert len(told) >= 5
    for part in ("Video", "Audio", "why", "no Choice", "no object"):
        assert any(part in reason for reason in told)


def test_predefined_entities_and_character_references_are_text() -> None:
    module = parse(
        view(TEXT, "<Choices name='c' toName='t'><Choice value='a &lt;b&gt; &amp; &#233;'/></Choices>")
    )
    assert module.controls()[0].options[0].value == "a <b> & é"


def test_depth() -> None:
    def nested(depth: int) -> str:
        return "<View>" * depth + TEXT + CHOICES + "</View>" * depth

    # the options of a control stand one deeper than the control and do not count
    assert parse(nested(limits.CONFIG_DEPTH - 1))
    assert reasons(nested(limits.CONFIG_DEPTH))[0].endswith(f"nested more than {limits.CONFIG_DEPTH} deep")
    assert reasons("<View>" * 400 + "</View>" * 400)


def test_size() -> None:
    config = view(TEXT, CHOICES)
    room = limits.CONFIG_BYTES - len(config.encode())
    assert parse(config + " " * room)
    assert "larger than" in reasons(config + " " * (room + 1))[0]
    assert "larger than" in reasons(view(TEXT, CHOICES, "é" * (limits.CONFIG_BYTES // 2)))[0]


def test_number_of_elements() -> None:
    def many(count: int) -> str:
        options = "".join(f"<Choice value='{at}'/>" for at in range(count - 3))
        return view(TEXT, f"<Choices name='c' toName='t'>{options}</Choices>")

    assert len(parse(many(limits.CONFIG_ELEMENTS)).controls()[0].options) == limits.CONFIG_ELEMENTS - 3
    assert reasons(many(limits.CONFIG_ELEMENTS + 1)) == (
        f"it has more than {limits.CONFIG_ELEMENTS} elements",
    )


def test_names_as_label_studio_allows_them() -> None:
    for name in ("a", "_a", "my choice", "a.b", "a-b", "A1"):
        assert parse(view(TEXT, CHOICES.replace("'c'", f"'{name}'"))).control(name)
    for name in ("1a", "", " a", "é", "a\u202eb", "-a"):
        assert reasons(view(TEXT, CHOICES.replace("'c'", f"'{name}'")))


def test_words_are_cleaned_and_bounded() -> None:
    module = parse(
        view(
            "<Header value='a&#x202e;b'/>",
            TEXT,
            f"<Choices name='c' toName='t'><Choice value='{'w' * 300}' hint='x&#10;y' background='url(x)'/></Choices>",
        )
    )
    option = module.controls()[0].options[0]
    assert len(option.value) == limits.LABEL_LENGTH and option.value.endswith("…")
    assert option.colour == "" and option.hint == "x y"
    assert "\u202e" not in module.objects()[0].get("value")


def test_what_may_not_be_forged() -> None:
    # the attribute that carries line numbers inside the parser cannot come from outside
    module = parse(view("<Text name='t' value='$t' gems-line='99'/>", CHOICES))
    assert module.objects()[0].line == 2


def test_comments_and_instructions_are_nothing() -> None:
    config = "<?xml version='1.0' encoding='utf-8'?><!-- x --><?php x?>" + view(TEXT, CHOICES)
    assert parse(config).variables() == ("t",)


def test_the_same_text_gives_the_same_module() -> None:
    assert parse(EVERYTHING) == parse(EVERYTHING)
    assert Kind.CONTROL in {node.kind for node in everything().controls()}
