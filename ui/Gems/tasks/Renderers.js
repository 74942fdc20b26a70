// SPDX-License-Identifier: Apache-2.0
// Which file draws which kind of element; a new element is a new line here.
.pragma library

const files = {
    "header": "TaskHeader.qml",
    "text": "TaskText.qml",
    "image": "TaskImage.qml",
    "choices": "TaskChoices.qml",
    "labels": "TaskLabels.qml",
    "textarea": "TaskTextArea.qml"
};

// Kinds that take the height that the others on their side leave.
const tall = ["image", "pdf"];
