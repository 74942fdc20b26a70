// SPDX-License-Identifier: Apache-2.0
// A text with markup: headings, lists and rows as plain blocks.
import QtQuick

TaskSpans {}
