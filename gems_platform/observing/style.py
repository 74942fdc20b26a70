# SPDX-License-Identifier: Apache-2.0
"""The status page's style sheet, served as a file of its own so that the page needs no inline style."""

CSS = """\
:root {
  color-scheme: light dark;
  --ground: #f6f5f2; --sheet: #ffffff; --ink: #1d2327; --soft: #5a6469; --rule: #dfddd6;
  --good: #1c6b45; --good-ground: #e2f2e8; --warn: #7a4b00; --warn-ground: #fdf0d5;
  --bad: #9d2020; --bad-ground: #fbe4e1; --bar: #2f6f8f; --bar-ground: #e3e6e6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181a; --sheet: #1c2225; --ink: #e6e8e6; --soft: #9eaab0; --rule: #323b40;
    --good: #83d6a8; --good-ground: #173527; --warn: #f2c46d; --warn-ground: #3a2c10;
    --bad: #ff9d92; --bad-ground: #431d1a; --bar: #6db3d3; --bar-ground: #30393d;
  }
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Noto Sans", sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; margin-bottom: 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.1rem; margin: 0 0 .75rem; }
header p, footer, .note { color: var(--soft); font-size: .9rem; margin: 0; }
.note { margin: .6rem 0 0; }
a { color: inherit; text-underline-offset: .2em; }
a:focus-visible { outline: 2px solid var(--bar); outline-offset: 3px; }
section { background: var(--sheet); border: 1px solid var(--rule); border-radius: .75rem;
  padding: 1.1rem 1.25rem; margin-bottom: 1rem; }
.pair { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-top: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--soft); font-size: .85rem; font-weight: 600; border-top: 0; }
tbody th { font-weight: 500; }
.number { text-align: right; overflow-wrap: normal; }
.rest { color: var(--soft); font-size: .75em; }
.tasks { color: var(--soft); font-size: .85rem; font-weight: 400; display: block; }
.mark { border-radius: 1rem; font-size: .85rem; padding: .1rem .6rem; white-space: nowrap;
  background: var(--bar-ground); }
.good { color: var(--good); background: var(--good-ground); }
.warn { color: var(--warn); background: var(--warn-ground); }
.bad { color: var(--bad); background: var(--bad-ground); }
.banner { border-radius: .75rem; padding: .6rem 1.25rem; margin: 0 0 1rem; font-weight: 500; }
progress { appearance: none; border: 0; width: 100%; max-width: 16rem; height: .4rem; display: block;
  margin: .3rem 0 .15rem; border-radius: 1rem; overflow: hidden; background: var(--bar-ground); }
progress::-webkit-progress-bar { background: var(--bar-ground); }
progress::-webkit-progress-value { background: var(--bar); }
progress::-moz-progress-bar { background: var(--bar); }
nav { display: flex; gap: 1.5rem; margin-top: .75rem; }
@media (max-width: 46rem) {
  body { padding: 1rem .75rem 2rem; }
  section { padding: 1rem; }
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .wide, .wide tbody, .wide caption { display: block; }
  .wide tr { display: grid; grid-template-columns: 1fr 1fr; gap: .3rem 1rem; padding: .75rem 0;
    border-top: 1px solid var(--rule); }
  .wide th, .wide td { border: 0; padding: 0; }
  .wide tbody th { grid-column: 1 / -1; }
  .wide .number { text-align: left; }
  .wide td::before { content: attr(data-name) / ""; display: block; color: var(--soft); font-size: .8rem; }
  .wide .state::before { display: none; }
  .wide .state { grid-column: 1 / -1; }
}
@media print { section { break-inside: avoid; border-color: #999; } nav { display: none; } }
"""
