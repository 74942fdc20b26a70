# SPDX-License-Identifier: Apache-2.0
"""Task interfaces as data: a Label Studio labelling config, the answers it can give, and how they are checked."""

from gems_protocol.modules.answer import answer_hash, parse_answer, problems
from gems_protocol.modules.bind import bind
from gems_protocol.modules.check import Report, check, check_rows, task_problems
from gems_protocol.modules.compare import agree, agreement
from gems_protocol.modules.edits import EditRefused, apply
from gems_protocol.modules.parse import ConfigRefused, parse
from gems_protocol.modules.start import start
from gems_protocol.modules.tree import Module, Node

__all__ = [
    "ConfigRefused",
    "EditRefused",
    "Module",
    "Node",
    "Report",
    "agree",
    "agreement",
    "answer_hash",
    "apply",
    "bind",
    "check",
    "check_rows",
    "parse",
    "parse_answer",
    "problems",
    "start",
    "task_problems",
]
