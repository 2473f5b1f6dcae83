/** The script of the page: filters, opens and folds, follows links into folded parts, prints everything. */

/** Nothing is inserted into it: it reads everything from the page. */
export const script = `'use strict';
(() => {
  const form = document.getElementById('filters');
  const words = document.getElementById('words');
  const shown = document.getElementById('shown');
  const findings = [...document.querySelectorAll('.finding')];
  const groups = [...document.querySelectorAll('.group')];

  const chosen = (name) =>
    new Set([...form.querySelectorAll('[name=' + name + ']:checked')].map((box) => box.value));

  // The search covers the line of a requirement and its complete id.
  const texts = new Map(findings.map((finding) => {
    const line = finding.querySelector('summary') ?? finding;
    const id = finding.id || finding.querySelector('a')?.hash || '';
    return [finding, (line.textContent + ' ' + decodeURI(id)).toLowerCase()];
  }));

  const filter = () => {
    const verdicts = chosen('verdict');
    const levels = chosen('level');
    const sought = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const finding of findings) {
      const text = texts.get(finding);
      const fits = verdicts.has(finding.dataset.verdict) && levels.has(finding.dataset.level)
        && sought.every((word) => text.includes(word));
      finding.hidden = !fits;
      if (fits) count += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector('.finding:not([hidden])');
    shown.textContent = count + ' of ' + findings.length + ' shown';
  };

  const openAll = (open) => {
    for (const finding of findings) {
      if (finding.hidden || finding.localName !== 'details') continue;
      finding.open = open;
      for (const inner of finding.querySelectorAll('details')) inner.open = open;
    }
  };

  // A link may lead to a finding that is folded or filtered out.
  const reveal = () => {
    let sought = location.hash.slice(1);
    try { sought = decodeURIComponent(sought); } catch { /* Not encoded: use it as it is. */ }
    const found = sought && document.getElementById(sought);
    if (!found) return;
    if (found.closest('[hidden]')) { form.reset(); filter(); }
    if (found.localName === 'details') found.open = true;
    found.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('expand').addEventListener('click', () => openAll(true));
  document.getElementById('collapse').addEventListener('click', () => openAll(false));
  addEventListener('hashchange', reveal);

  // Folded parts are not printed, so every requirement is opened before printing and folded again afterwards.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = findings.filter((finding) => finding.localName === 'details' && !finding.open);
    for (const finding of folded) finding.open = true;
  });
  addEventListener('afterprint', () => { for (const finding of folded) finding.open = false; });

  filter();
  reveal();
})();
`
