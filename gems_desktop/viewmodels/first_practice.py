# SPDX-License-Identifier: Apache-2.0
"""Three examples that come with the application: the first thing after a wallet is made, without any network.

They are checked here, pay nothing and are kept nowhere; that they were done, or left, is an option of the profile.
"""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Property, Signal, Slot

from gems_desktop.services.facts import PracticeFacts, PracticeFeedback, PracticeResult
from gems_desktop.services.facts_practice import PracticeTask
from gems_desktop.viewmodels.practice import PracticeViewModel
from gems_desktop.viewmodels.words import say

STARTER = "starter"
CONTROL = "feeling"
ENOUGH_PPM = 660_000  # two of three
_RIGHT = (0, 1, 2)  # the choice that is right, by example


def choices() -> tuple[str, str, str]:
    return say("Glad"), say("Annoyed"), say("Neither of them")


def starter_set(words: tuple[str, str, str]) -> PracticeFacts:
    """The examples in the language of the window, with the choices `words`."""
    options = "".join(f'<Choice value="{escape(word)}"/>' for word in words)
    sentences = (
        say("What a lovely day we had!"),
        say("The bus came an hour late again."),
        say("The shop opens at nine."),
    )
    return PracticeFacts(
        campaign_id=STARTER,
        campaign_title=say("Three examples"),
        instructions=say("What does the writer feel?"),
        config=f'<View><Text name="text" value="$text"/>'
        f'<Choices name="{CONTROL}" toName="text" choice="single">{options}</Choices></View>',
        tasks=tuple(PracticeTask(place, {"text": text}) for place, text in enumerate(sentences)),
        share_ppm=ENOUGH_PPM,
        passed=False,
    )


def check(answers: dict[int, list[dict[str, Any]]], words: tuple[str, str, str]) -> PracticeResult:
    """How the answers were, by place; words: the choices as they were shown."""
    items = tuple(
        PracticeFeedback(place, _chosen(answers.get(place, [])) == [words[right]], "")
        for place, right in enumerate(_RIGHT)
    )
    right = sum(item.right for item in items)
    return PracticeResult(right, len(items), right * 1_000_000 >= ENOUGH_PPM * len(items), items)


def _chosen(answer: list[dict[str, Any]]) -> list[Any]:
    return [word for result in answer for word in result.get("value", {}).get("choices", [])]


class FirstPracticeViewModel(PracticeViewModel):
    """The page of the first practice; `starter` tells its parts that there is no campaign behind it."""

    starter = Property(bool, lambda self: True, constant=True)
    ended = Signal()
    _words = ("", "", "")  # the choices as they were shown: the window's language may change meanwhile

    @Slot()
    def begin(self) -> None:
        """Show the first example, unless one is shown already."""
        if not self._inputs.campaign_id:
            self.open(STARTER)

    async def _fetch(self, campaign_id: str) -> PracticeFacts:
        self._words = choices()
        return starter_set(self._words)

    async def _judged(self, campaign_id: str, answers: dict[int, list[dict[str, Any]]]) -> PracticeResult:
        result = check(answers, self._words)
        if result.passed:
            await self.session.settings.change(practised=True)
        return result

    @Slot()
    def skip(self) -> None:
        """Not now, or not again: nobody is asked twice."""
        self.leave()
        self.start(self._skipped())

    async def _skipped(self) -> None:
        await self.session.settings.change(practised=True)
        self.ended.emit()
