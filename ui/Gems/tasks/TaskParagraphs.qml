// SPDX-License-Identifier: Apache-2.0
// A dialogue or a list of paragraphs, each with its speaker.
import QtQuick

TaskSpans {}
