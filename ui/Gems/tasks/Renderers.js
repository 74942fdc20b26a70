// SPDX-License-Identifier: Apache-2.0
// Which file draws which kind of element; a new element is a new line here.
.pragma library

const files = {
    "audio": "TaskAudio.qml",
    "header": "TaskHeader.qml",
    "text": "TaskText.qml",
    "image": "TaskImage.qml",
    "chat": "TaskChat.qml",
    "choices": "TaskChoices.qml",
    "datetime": "TaskDatetime.qml",
    "hypertext": "TaskHyperText.qml",
    "labels": "TaskLabels.qml",
    "list": "TaskList.qml",
    "note": "TaskNote.qml",
    "number": "TaskNumber.qml",
    "pairwise": "TaskPairwise.qml",
    "paragraphs": "TaskParagraphs.qml",
    "pdf": "TaskImage.qml",
    "ranker": "TaskRanker.qml",
    "rating": "TaskRating.qml",
    "regions": "TaskRegions.qml",
    "relations": "TaskRelations.qml",
    "table": "TaskTable.qml",
    "taxonomy": "TaskTaxonomy.qml",
    "textarea": "TaskTextArea.qml",
    "timeseries": "TaskTimeSeries.qml",
    "video": "TaskVideo.qml"
};

// Kinds that take the height that the others on their side leave.
const tall = ["image", "pdf"];

// Kinds that belong to what follows them.
const close = ["header", "note"];

// Kinds that are given all the width there is, even where nothing stands beside them.
const roomy = ["image", "pdf", "audio", "video", "timeseries", "pairwise", "ranker", "list", "table", "chat"];
