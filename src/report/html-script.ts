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
  const textOf = (finding) => {
    const line = finding.querySelector('summary') ?? finding;
    const id = finding.id || finding.querySelector('a')?.hash || '';
    return (line.textContent + ' ' + decodeURI(id)).toLowerCase();
  };
  const texts = new Map();
  const contains = (finding, word) => {
    if (!texts.has(finding)) texts.set(finding, textOf(finding));
    return texts.get(finding).includes(word);
  };

  const filter = () => {
    const verdicts = chosen('verdict');
    const levels = chosen('level');
    const sought = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const finding of findings) {
      const fits = verdicts.has(finding.dataset.verdict) && levels.has(finding.dataset.level)
        && sought.every((word) => contains(finding, word));
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
    if (found.closest('[hidden]')) { form.reset(); filter(); remember(); }
    openAround(found.closest('details'));
    found.scrollIntoView();
  };

  // Of a link into a folded part, every part around it is opened.
  const openAround = (found) => {
    for (let part = found; part; part = part.parentElement?.closest('details')) part.open = true;
  };

  // The filters are kept in the address, so that a copied link shows the same.
  const off = (name) => [...form.querySelectorAll('[name=' + name + ']:not(:checked)')].map((box) => box.value);
  const remember = () => {
    const query = new URLSearchParams();
    for (const name of ['verdict', 'level']) if (off(name).length > 0) query.set('hide-' + name, off(name).join(','));
    if (words.value) query.set('text', words.value);
    const search = query.size > 0 ? '?' + query : location.pathname;
    try { history.replaceState(null, '', search + location.hash); } catch { /* Not allowed for this page. */ }
  };
  const recall = () => {
    const query = new URLSearchParams(location.search);
    for (const name of ['verdict', 'level']) {
      const hidden = (query.get('hide-' + name) ?? '').split(',');
      for (const box of form.querySelectorAll('[name=' + name + ']')) box.checked = !hidden.includes(box.value);
    }
    words.value = query.get('text') ?? '';
  };

  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const pre = button.parentElement.querySelector('pre');
      try {
        await navigator.clipboard.writeText(pre.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(pre);
        button.textContent = 'Selected: press Ctrl+C';
      }
    });
  }

  form.hidden = false;
  form.addEventListener('input', () => {
    filter();
    remember();
    // The page has become shorter or longer, and must not take the controls out of sight.
    const { top, bottom } = form.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) form.scrollIntoView();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('expand').addEventListener('click', () => openAll(true));
  document.getElementById('collapse').addEventListener('click', () => openAll(false));
  addEventListener('hashchange', reveal);

  // Folded parts are not printed, so everything but what passed is opened before printing and folded again afterwards.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = findings.filter((finding) => finding.localName === 'details' && !finding.open && finding.dataset.verdict !== 'pass');
    for (const finding of folded) finding.open = true;
  });
  addEventListener('afterprint', () => { for (const finding of folded) finding.open = false; });

  recall();
  filter();
  reveal();
})();
`
