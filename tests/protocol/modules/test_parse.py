# SPDX-License-Identifier: Apache-2.0
"""What a config means: its tree, every refusal with its line, what is told as a note."""

from __future__ import annotations

import pytest

from gems_protocol.modules import limits, parse
from gems_protocol.modules.tree import Kind
from tests.protocol.modules.configs import CHOICES, EVERYTHING, IMAGE, TEXT, everything, reasons, view


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


WRONG = {
    "unknown tag": (
        view(TEXT, CHOICES, "<Shortcut name='h' value='$h'/>"),
        "line 4: the tag Shortcut is not",
    ),
    "unknown tag deep": (
        view(TEXT, "<View><View>", "<Magic/>", "</View></View>", CHOICES),
        "line 4: the tag Magic",
    ),
    "namespaced tag": ("<View xmlns='u:x'/>", "line 1: the tag {u:x}View is not supported"),
    "no name": (view(TEXT, CHOICES.replace("name='c' ", "")), "line 3: Choices needs a name"),
    "odd name": (view(TEXT, CHOICES.replace("'c'", "'c$'")), "line 3: Choices needs a name"),
    "long name": (view(TEXT, CHOICES.replace("'c'", f"'{'c' * 65}'")), "line 3: Choices needs a name"),
    "name twice": (view(TEXT, CHOICES, CHOICES), "the name c is given twice"),
    "name of an object and a control": (
        view(TEXT, CHOICES.replace("'c'", "'t'")),
        "the name t is given twice",
    ),
    "no object": (view(TEXT, CHOICES.replace("'t'", "'u'")), "line 3: Choices c points to no object (u)"),
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
    "wrong option": (
        view(TEXT, "<Choices name='c' toName='t'><Choice value='x'/><Label value='a'/></Choices>"),
        "line 3: Choices cannot hold Label here",
    ),
    "option alone": (
        view(TEXT, CHOICES, "<View><Choice value='a'/></View>"),
        "line 4: a Choice stands outside of what it is an option of",
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


@pytest.mark.parametrize("name", WRONG)
def test_refusals_name_cause_and_line(name: str) -> None:
    config, said = WRONG[name]
    told = reasons(config)
    assert any(reason.startswith(said) for reason in told), told


def test_all_reasons_are_named_at_once() -> None:
    told = reasons(view(TEXT, "<Magic/>", "<Audio/>", "<Choices name='c' toName='x'/>"))
    assert len(told) >= 5
    for part in ("Magic", "Audio needs a name", "Audio has no value", "no Choice", "no object"):
        assert any(part in reason for reason in told)


NOTED = {
    "unknown attribute": (
        view(TEXT, CHOICES.replace("name=", "why='1' name=", 1)),
        "line 3: Choices does not know why; it has no effect",
    ),
    "unknown attribute of an option": (
        view(TEXT, "<Choices name='c' toName='t'>", "<Choice value='a' whenTag='x'/></Choices>"),
        "line 4: Choice does not know whenTag; it has no effect",
    ),
    "no toName": (
        view(TEXT, CHOICES.replace("toName='t'", "")),
        "line 3: Choices c names no object; it is about the first",
    ),
    "option twice": (
        view(TEXT, "<Choices name='c' toName='t'><Choice value='a'/><Choice value='b' alias='a'/></Choices>"),
        "line 3: Choice “a” stands twice and is shown once",
    ),
    "key twice": (
        view(
            TEXT,
            "<Choices name='c' toName='t'><Choice value='a' hotkey='q'/><Choice value='b' hotkey='Q'/></Choices>",
        ),
        "the key q is given to two options; the second gets another",
    ),
    "key of a screen": (
        view(TEXT, "<Choices name='c' toName='t'><Choice value='a' hotkey='ctrl+enter'/></Choices>"),
        "the key ctrl+enter is no option's here; it gets another",
    ),
    "layout among options": (
        view(TEXT, "<Choices name='c' toName='t'>", "<View><Choice value='a'/></View></Choices>"),
        "line 4: View among options has no effect here",
    ),
    "a style": (view(TEXT, "<Style>.x {}</Style>", CHOICES), "line 3: Style is read and has no effect here"),
    "a model": (
        view("<Chat name='m' value='$m' llm='x'/>", CHOICES.replace("'t'", "'m'")),
        "line 2: no model answers here; the worker writes each side of the chat",
    ),
}


@pytest.mark.parametrize("name", NOTED)
def test_what_is_told_and_does_not_refuse(name: str) -> None:
    config, said = NOTED[name]
    assert said in parse(config).notes


def test_the_first_of_two_equal_options_is_kept() -> None:
    config = NOTED["option twice"][0].replace("<Choice value='b'", "<Choice value='z'/><Choice value='b'")
    assert [option.value for option in parse(config).controls()[0].options] == ["a", "z"]


def test_a_control_without_toname_is_about_the_first_object() -> None:
    assert parse(NOTED["no toName"][0]).controls()[0].to_names == ("t",)
    picture_first = view(IMAGE, TEXT, "<Labels name='l'><Label value='a'/></Labels>")
    assert parse(picture_first).controls()[0].to_name == "i"
    assert reasons(view(TEXT, "<Rectangle name='r'/>")) == ("line 3: Rectangle r points to no object",)


def test_a_control_may_be_about_several_objects() -> None:
    module = parse(view(TEXT, IMAGE, CHOICES.replace("'t'", "'t, i'")))
    assert module.controls()[0].to_names == ("t", "i") and module.controls()[0].to_name == "t"


def test_tags_are_known_in_any_case() -> None:
    lower = parse(view(TEXT, CHOICES).lower().replace("toname", "TONAME"))
    assert lower == parse(view(TEXT, CHOICES))
    assert parse("<VIEW><TEXT name='t' value='$t'/><textarea name='w' toName='t'/></VIEW>").control("w")


def test_a_heading_among_options_is_the_hint() -> None:
    inside = "<View><Header value='Which?'/></View><Header value='More'/><Choice value='a'/>"
    module = parse(view(TEXT, f"<Choices name='c' toName='t'>{inside}</Choices>"))
    assert module.controls()[0].get("hint") == "Which?"
    assert module.notes[1:] == (
        "line 3: Header among options is the hint of Choices",
        "line 3: Header among options has no effect here",
    )
    named = parse(view(TEXT, f"<Choices name='c' toName='t' hint='Mine'>{inside}</Choices>"))
    assert named.controls()[0].get("hint") == "Mine"


def test_words_inside_an_element_are_its_value() -> None:
    module = parse(
        view(
            "<Header> Judge &lt;this&gt; </Header>",
            "<Text name='t'>Some words</Text>",
            "<Choices name='c' toName='t'><Choice>Yes</Choice><Choice value='n'>No</Choice></Choices>",
        )
    )
    header, text = module.objects()
    assert (header.get("value"), text.get("value"), module.variables()) == ("Judge <this>", "Some words", ())
    assert [option.value for option in module.controls()[0].options] == ["Yes", "No"]


def test_hypertext_inside_a_config_is_kept_as_text() -> None:
    inside = '<p class="a">One <b>two</b> &amp; three</p><script>x</script>'
    module = parse(view(f"<HyperText name='t'>{inside}</HyperText>", CHOICES))
    assert module.objects()[0].get("value") == inside and module.nodes[1].children == ()


def test_choices_in_choices_are_shown_with_allow_nested_only() -> None:
    inside = "<Choice value='a'><Choice value='b'/></Choice><Choice value='c'/>"
    flat = parse(view(TEXT, f"<Choices name='c' toName='t'>{inside}</Choices>"))
    assert [path for path, _ in flat.controls()[0].every_option()] == [("a",), ("c",)]
    assert flat.notes == ("line 3: a Choice inside a Choice is shown with allowNested only",)
    for config in (
        f"<Choices name='c' toName='t' allowNested='true'>{inside}</Choices>",
        f"<Taxonomy name='c' toName='t'>{inside}</Taxonomy>",
    ):
        deep = parse(view(TEXT, config))
        assert [path for path, _ in deep.controls()[0].every_option()] == [("a",), ("a", "b"), ("c",)]
        assert deep.notes == ()


def test_relations_are_many_unless_one_is_asked_for() -> None:
    many, one = (
        parse(view(TEXT, CHOICES, f"<Relations {choice}><Relation value='x'/></Relations>")).relations()
        for choice in ("", "choice='single'")
    )
    assert many is not None and many.multiple and one is not None and not one.multiple


def test_a_comparison_names_two_objects() -> None:
    two = "<Pairwise name='p' toName='t,i'/>"
    assert parse(view(TEXT, IMAGE, two)).controls()[0].to_names == ("t", "i")
    assert reasons(view(TEXT, IMAGE, two.replace("t,i", "t"))) == (
        "line 4: Pairwise p must name two objects to compare",
    )
    assert reasons(view(TEXT, IMAGE, two.replace("t,i", "t,t")))
    assert reasons(view(TEXT, IMAGE, two.replace("toName='t,i'", "")))


def test_how_answers_are_compared_is_declared_rightly_or_refused() -> None:
    declared = "gems-compare='iou' GEMS-Threshold='0.5' "
    several = CHOICES.replace("name=", "choice='multiple' " + declared + "name=", 1)
    control = parse(view(TEXT, several)).controls()[0]
    assert (control.get("gems-compare"), control.get("gems-threshold")) == ("iou", "0.5")
    assert reasons(view(TEXT, several.replace("0.5", "2"))) == (
        "line 3: gems-threshold of Choices is no number above 0 up to 1",
    )


def test_predefined_entities_and_character_references_are_text() -> None:
    module = parse(
        view(TEXT, "<Choices name='c' toName='t'><Choice value='a &lt;b&gt; &amp; &#233;'/></Choices>")
    )
    assert module.controls()[0].options[0].value == "a <b> & é"


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


def test_comments_and_instructions_are_nothing() -> None:
    config = "<?xml version='1.0' encoding='utf-8'?><!-- x --><?php x?>" + view(TEXT, CHOICES)
    assert parse(config).variables() == ("t",)


def test_the_same_text_gives_the_same_module() -> None:
    assert parse(EVERYTHING) == parse(EVERYTHING)
    assert Kind.CONTROL in {node.kind for node in everything().controls()}
