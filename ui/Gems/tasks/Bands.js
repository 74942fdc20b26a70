// SPDX-License-Identifier: Apache-2.0
// Which rows of a task share a line: pictures that follow each other stand side by side, all else stands alone.
.pragma library

// `items` in order; at most `most` pictures share a line, and lines of pictures are evenly filled.
function lines(items, most) {
    const made = [];
    let run = [];
    const close = () => {
        const per = Math.ceil(run.length / Math.ceil(run.length / most));
        for (let at = 0; at < run.length; at += per)
            made.push(run.slice(at, at + per));
        run = [];
    };
    for (const item of items) {
        if (item.kind === "image") {
            run.push(item);
            continue;
        }
        if (run.length > 0)
            close();
        made.push([item]);
    }
    if (run.length > 0)
        close();
    return made;
}
