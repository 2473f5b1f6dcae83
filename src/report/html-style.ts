/** How the page looks: on screens light and dark, wide and narrow, and on paper. */

const ground = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --raised: #fff; --sunken: #f3f1ec; --line: #dedad2; --ink: #1d1b18; --soft: #5c574e;
  --link: #1d4f86; --fail: #a3190f; --inconclusive: #7d4e00; --waived: #5d3f92; --not-applicable: #5c574e; --pass: #1f6a3c;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161513; --raised: #1d1c19; --sunken: #22201d; --line: #3a3732; --ink: #e9e5dc; --soft: #aaa498;
    --link: #93bff0; --fail: #ff9488; --inconclusive: #ecb75c; --waived: #c7adf7; --not-applicable: #aaa498; --pass: #84cf9f;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 68rem; padding: 3rem 1.5rem 5rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); }
h1, h2, h3, h4 { font-family: var(--serif); font-weight: 600; line-height: 1.25; text-wrap: balance; }
h2 { margin: 4rem 0 1rem; padding-top: 1.25rem; border-top: 1px solid var(--line); font-size: 1.6rem; }
h3 { margin: 2.25rem 0 .75rem; font-size: 1.2rem; }
h4 { margin: 0 0 .4rem; font-size: 1.15rem; }
h3 small { font: .85rem var(--sans); color: var(--soft); }
p { margin: .5rem 0; max-width: 50rem; text-wrap: pretty; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, input:focus-visible, button:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font: .8125rem/1.5 var(--mono); }
code { overflow-wrap: anywhere; }
small, .none, .why { color: var(--soft); }
[hidden] { display: none !important; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; }
`

const top = `
.eyebrow { margin: 0 0 .75rem; color: var(--soft); font-size: .875rem; letter-spacing: .02em; }
h1 { margin: 0 0 1.75rem; max-width: 24em; font-size: clamp(1.6rem, 4.5vw, 2.3rem); letter-spacing: -.01em; }
.eyebrow b::before { display: inline-block; width: 1.2em; }
.conformant { color: var(--pass); } .conformant::before { content: '\\25CF'; content: '\\25CF' / ''; }
.failed { color: var(--fail); } .failed::before { content: '\\25A0'; content: '\\25A0' / ''; }
.undecided { color: var(--inconclusive); } .undecided::before { content: '\\25B2'; content: '\\25B2' / ''; }
.partial { color: var(--waived); } .partial::before { content: '\\25D0'; content: '\\25D0' / ''; }
dl { margin: .75rem 0; }
.facts { display: grid; grid-template-columns: 7.5rem 1fr; gap: .3rem 1rem; }
.facts dt, .legend dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.command { user-select: all; }
.overview { margin-top: 2.5rem; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .45rem .75rem; border-bottom: 1px solid var(--line); text-align: right; font-weight: 400; white-space: nowrap; }
th:first-child { padding-left: 0; text-align: left; }
thead th { font-size: .875rem; color: var(--soft); vertical-align: bottom; }
tfoot th, tfoot td { border-bottom: 0; font-weight: 600; }
.zero { color: var(--soft); font-weight: 400; }
`

const findings = `
.mark { display: inline-block; font-size: .875rem; font-weight: 600; white-space: nowrap; }
.mark::before { display: inline-block; width: 1.3em; text-align: left; }
.mark.fail { color: var(--fail); } .mark.fail::before { content: '\\25A0'; content: '\\25A0' / ''; }
.mark.inconclusive { color: var(--inconclusive); } .mark.inconclusive::before { content: '\\25B2'; content: '\\25B2' / ''; }
.mark.waived { color: var(--waived); } .mark.waived::before { content: '\\25D0'; content: '\\25D0' / ''; }
.mark.not-applicable { color: var(--not-applicable); } .mark.not-applicable::before { content: '\\2013'; content: '\\2013' / ''; }
.mark.pass { color: var(--pass); } .mark.pass::before { content: '\\25CF'; content: '\\25CF' / ''; }
.level { padding: 0 .4em; border: 1px solid var(--line); border-radius: 3px; color: var(--soft); font-size: .75rem; white-space: nowrap; }
.finding, .group h3 { scroll-margin-top: 6.5rem; }
.finding { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 3.5rem; }
.finding > summary, div.finding { display: grid; grid-template-columns: 9rem 1fr 1rem; gap: .25rem 1rem; align-items: baseline; padding: .55rem .25rem; }
.finding > summary { cursor: pointer; list-style: none; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary::after, .exchanges summary::after { content: '+'; content: '+' / ''; color: var(--soft); font: .875rem var(--mono); text-align: right; }
.finding[open] > summary::after, .exchanges [open] > summary::after { content: '\\2212'; content: '\\2212' / ''; }
.finding > summary:hover { background: var(--sunken); }
.finding:target { background: var(--sunken); }
.what { min-width: 0; }
.text, .reading { display: block; max-width: 46rem; }
.reading { color: var(--soft); }
.finding .body { padding: 0 .25rem 1.25rem 10.25rem; }
.broken { content-visibility: auto; contain-intrinsic-size: auto 40rem; } .folded.broken:not([open]) { contain-intrinsic-size: auto 2.6rem; }
.broken, .cause { margin: 1rem 0 1.5rem; padding: 1.1rem 1.25rem 1.25rem; background: var(--raised); border: 1px solid var(--line); border-radius: 3px; }
.common { margin: 1rem 0 2rem; padding-left: 1rem; border-left: 3px solid var(--fail); }
.difference { margin: .75rem 0; } .difference :is(th, td) { text-align: left; white-space: normal; vertical-align: top; overflow-wrap: anywhere; }
.difference :is(mark, ins), pre :is(mark, ins) { padding: 0 .2em; border-radius: 2px; text-decoration: none; color: inherit; }
mark { background: color-mix(in srgb, var(--fail) 18%, transparent); } ins { background: color-mix(in srgb, var(--pass) 18%, transparent); }
.passage blockquote { margin: .3rem 0 .75rem; padding: .5rem .8rem; border-left: 3px solid var(--line); white-space: pre-line; overflow-wrap: anywhere; }
.script summary { cursor: pointer; } .script .copy { float: right; }
.history { vertical-align: -2px; } .history .fail { fill: var(--fail); } .history .inconclusive { fill: var(--inconclusive); } .history .waived { fill: var(--waived); }
.history .not-applicable { fill: var(--line); } .history .pass { fill: var(--pass); }
.folded { margin: 0; padding: .5rem .75rem; } .folded + .folded { border-top: 0; } .folded > summary { cursor: pointer; } .folded .text { display: inline; }
.which { color: var(--soft); }
.reason { padding: .6rem .8rem; background: var(--sunken); border-radius: 3px; white-space: pre-wrap; overflow-wrap: anywhere; font-weight: 500; max-width: none; }
.cause .reason { margin-top: 0; }
.ids { columns: 2 20rem; padding-left: 1.1rem; margin: .5rem 0 0; }
.sentences li { overflow-wrap: anywhere; margin: .3rem 0; max-width: 56rem; }
.evidence { margin: 1rem 0 .25rem; color: var(--soft); font-size: .875rem; }
.unasked dt { margin-top: 1rem; } .unasked dd { max-width: 46rem; } .unasked small { display: block; }
.legend { display: grid; grid-template-columns: 9rem 1fr; gap: .3rem 1rem; }
`

const exchanges = `
.exchanges { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.exchanges li { border-bottom: 1px solid var(--line); }
.exchanges summary { display: grid; grid-template-columns: 1.6rem 4.5rem minmax(0, 1fr) auto 4rem 1rem; gap: .6rem; align-items: baseline; padding: .3rem .25rem; cursor: pointer; list-style: none; }
.exchanges summary::-webkit-details-marker { display: none; }
.exchanges summary::before { content: attr(data-number); color: var(--soft); font: .75rem var(--mono); text-align: right; }
.exchanges summary:hover { background: var(--sunken); }
.exchanges b { font-size: .8125rem; font-weight: 400; color: var(--soft); }
.exchanges .ask b, .exchanges .look b { font-weight: 650; color: var(--ink); }
.exchanges summary code { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.exchanges small { text-align: right; font-variant-numeric: tabular-nums; }
.status { font: 600 .8125rem var(--mono); }
.status.refused { color: var(--inconclusive); } .status.bad { color: var(--fail); }
.exchanges details > div { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; padding: .25rem .25rem .9rem 2.2rem; }
.trouble { margin: .25rem 0 .5rem 2.2rem; color: var(--fail); overflow-wrap: anywhere; }
figure { margin: 0; min-width: 0; }
figure:only-child { grid-column: 1 / -1; }
figcaption { color: var(--soft); font-size: .8125rem; }
pre { margin: .2rem 0 0; padding: .7rem .8rem; max-height: 30rem; overflow: auto; background: var(--sunken); border-radius: 3px; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
`

const controls = `
.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .7rem 0; background: var(--paper); border-bottom: 1px solid var(--line); font-size: .875rem; }
fieldset { display: flex; flex-wrap: wrap; gap: .2rem .8rem; margin: 0; padding: 0; border: 0; }
legend { float: left; margin-right: .8rem; padding: 0; color: var(--soft); }
label { white-space: nowrap; }
input[type=checkbox] { margin: 0 .25em 0 0; vertical-align: -.1em; accent-color: var(--link); }
input[type=search], button { padding: .25rem .6rem; border: 1px solid var(--soft); border-radius: 3px; background: var(--raised); color: var(--ink); font: inherit; }
button { cursor: pointer; } button:hover { background: var(--sunken); }
.buttons { display: flex; gap: .5rem; }
output { color: var(--soft); font-variant-numeric: tabular-nums; }
`

const narrow = `
@media (max-width: 44rem) {
  body { padding: 1.5rem 1rem 3rem; }
  .facts, .legend { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .finding > summary, div.finding { grid-template-columns: minmax(0, 1fr) 1rem; gap: 0; }
  .finding .what { grid-row: 2; grid-column: 1 / -1; }
  .facts dd, .legend dd { margin-bottom: .5rem; }
  .finding .body { padding-left: .25rem; }
  .filters { position: static; }
  .overview :is(th, td) { padding: .35rem .2rem; }
  .overview :is(th:first-child) { white-space: normal; overflow-wrap: anywhere; min-width: 7rem; }
  .overview thead .mark { writing-mode: vertical-rl; }
  .common { padding-left: .5rem; }
  .exchanges details > div { grid-template-columns: minmax(0, 1fr); padding-left: .25rem; }
  .exchanges summary { grid-template-columns: 1.2rem 1fr auto auto 1rem; }
  .exchanges summary code { grid-column: 1 / -1; grid-row: 2; }
  .broken, .cause { padding: .9rem; }
}
`

const paper = `
@media print {
  :root { --paper: #fff; --raised: #fff; --sunken: #f6f5f2; --line: #bbb; --ink: #000; --soft: #444; --link: #000;
    --fail: #8f120a; --inconclusive: #6b4300; --waived: #4c3080; --not-applicable: #444; --pass: #14522c; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .filters, .skip { display: none !important; }
  .finding:not([data-verdict=pass])::details-content { content-visibility: visible; display: block; height: auto; }
  summary::after { content: none !important; }
  .broken h4, .finding > summary, .exchanges summary, tr { break-inside: avoid; }
  h2, h3, h4, .which { break-after: avoid; }
  .finding { content-visibility: visible; }
  .script { display: none; }
  pre { max-height: none; overflow: visible; }
  .exchanges summary code { white-space: normal; }
}
`

export const style = [ground, top, findings, exchanges, controls, narrow, paper].join('')
