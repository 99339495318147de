# SPDX-License-Identifier: Apache-2.0
"""How the web page of a report looks: on a screen light or dark, wide or narrow, large or small, and on paper."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: #15212b; --muted: #4f5d67; --line: #cdd4d8; --ground: #fff; --tint: #eef3f4;
  --accent: #0b5563; --dark: #0b5563; --light: #a9c8cd; --focus: #b45309; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf0; --muted: #a9b6be; --line: #3a4750; --ground: #12191e;
  --tint: #1d272e; --accent: #7cc4d1; --dark: #5fb0bf; --light: #2f5f69; --focus: #f5b454; } }
* { box-sizing: border-box; }
html { font: 100%/1.5 "Noto Sans", "Segoe UI", system-ui, sans-serif; color: var(--ink); background: var(--ground); }
body { margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 86rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--ground); outline: 3px solid var(--focus); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
h1 { font-size: 2rem; line-height: 1.2; margin: .25rem 0; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 3rem 0 .75rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
h2 .no { display: block; font-size: .8rem; font-weight: 400; color: var(--muted); }
h3 { font-size: 1.05rem; margin: 1rem 0 .25rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
p { max-width: 46rem; margin: .5rem 0; overflow-wrap: anywhere; }
.lead { font-size: 1.25rem; color: var(--accent); margin: 0; }
.mark { display: inline-block; border: 2px solid currentcolor; padding: .1rem .6rem; font-weight: 700; }
.note, .centre { color: var(--muted); font-size: .9rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 1.5rem 0; }
dl.facts dt { color: var(--muted); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
ul.key { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr));
  gap: 1rem; }
ul.key b { display: block; font-size: 1.9rem; line-height: 1.2; color: var(--accent);
  font-variant-numeric: tabular-nums; }
ul.key span { display: block; }
nav ul { columns: 22rem; padding: 0; list-style: none; }
nav li { break-inside: avoid; padding: .15rem 0; }
.room { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; font-size: .95rem; }
caption { text-align: left; font-weight: 700; padding: .25rem 0 .5rem; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
thead th { vertical-align: bottom; background: var(--tint); border-bottom: 2px solid var(--muted); font-weight: 600; }
thead td { background: var(--tint); }
th.g { text-align: center; border-left: 1px solid var(--line); }
th.w { text-align: left; overflow-wrap: break-word; min-width: 8rem; max-width: 26rem; }
th.w:first-child { min-width: 14rem; }
tbody th { font-weight: 400; }
.s, tr.total > *, tr.section > * { font-weight: 700; }
tr.section > * { background: var(--tint); }
tr.total > * { border-top: 2px solid var(--muted); }
tr.quiet > * { color: var(--muted); }
td.n { white-space: nowrap; } abbr { text-decoration: none; cursor: help; }
.i1 { padding-left: 1.6rem; } .i2 { padding-left: 2.8rem; } .i3 { padding-left: 4rem; } .i4 { padding-left: 5.2rem; }
figure { margin: 1.5rem 0; max-width: 50rem; overflow-x: auto; }
figcaption { font-weight: 700; margin-bottom: .5rem; }
svg { height: auto; display: block; width: 100%; min-width: 26rem; overflow: visible; }
svg text { stroke: none; } svg .b { font-weight: 700; } svg polyline { fill: none; } svg rect { stroke-width: .5; }
svg polygon, svg circle { stroke-width: .9; }
.f-dark { fill: var(--dark); } .f-light { fill: var(--light); } .f-paper { fill: var(--ground); }
.f-text { fill: var(--ink); } .f-muted { fill: var(--muted); } .f-line { fill: var(--line); }
.o-dark { stroke: var(--dark); } .o-light { stroke: var(--light); } .o-paper { stroke: var(--ground); }
.o-text { stroke: var(--ink); } .o-muted { stroke: var(--muted); } .o-line { stroke: var(--line); }
details { margin-top: .5rem; } summary { cursor: pointer; color: var(--accent); padding: .25rem 0; }
dl.terms dt { font-weight: 700; margin-top: 1rem; }
dl.terms dd { margin: 0; max-width: 46rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) { dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin-bottom: .5rem; } }
@media print { :root { color-scheme: light; --ink: #000; --muted: #444; --line: #bbb; --ground: #fff; --tint: #f2f2f2;
    --accent: #000; --dark: #222; --light: #bbb; }
  @page { size: A4; margin: 18mm; } html { font-size: 9.5pt; } body { max-width: none; padding: 0; }
  nav, .skip, summary { display: none; } .room { overflow: visible; } table { font-size: 8pt; } th.w { min-width: 0; }
  th, td { padding: .15rem .35rem; } tr, figure { break-inside: avoid; } h2, h3, caption { break-after: avoid; }
  thead { display: table-header-group; } }
""".strip()
"""Contrast of every ink on its ground is 4.5 or better in both."""
