// The page is whole without this script: what it adds to tables and charts, it makes itself.

const words = document.body.dataset;
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

/** So many rows are elements at first, and so many more whenever the reader comes near their end. */
const ROWS_AT_ONCE = 200;
/** Of more values, a list to choose from would be no help. */
const MOST_CHOICES = 60;

const tables = new Map([...document.querySelectorAll('figure.table')].map((figure) => [figure, tableIn(figure)]));

function make(name, properties, ...children) {
  const element = set(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Sets properties, and as attributes what is none, as `aria-label`. */
function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  return element;
}

/** A table with all its rows, of which some are shown. */
function tableIn(figure) {
  const element = figure.querySelector('table');
  const table = {
    figure,
    element,
    body: element.tBodies[0],
    box: figure.querySelector('.table-box'),
    headers: [...element.tHead.rows[0].cells],
    labels: [...element.tHead.rows[0].cells].map((header) => header.textContent),
    rows: [...element.tBodies[0].rows].map((row) => ({ element: row, cells: [...row.cells] })),
    // What a row has to pass to be shown, by what asks for it.
    tests: new Map(),
    told: make('span', { role: 'status', className: 'told' }),
  };
  table.shown = table.rows;
  if ('sort' in element.dataset) for (const column of table.headers.keys()) addSort(table, column);
  if (!('choose' in figure.dataset)) return table;
  const chooser = chooserOf(table);
  const tools = make('div', { className: 'tools' }, chooser, copyOf(table), table.told);
  if ('filter' in figure.dataset) tools.prepend(filterOf(table));
  figure.querySelector('figcaption').append(tools);
  const addFacets = () => chooser.before(...facetsOf(table));
  if (figure.querySelector('script.rows')) whenNear(figure, () => unpacked(table).then(addFacets));
  else addFacets();
  return table;
}

function whenNear(element, act) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: '600px' },
  );
  observer.observe(element);
}

/** Once for each table: all rows of one that came packed. A browser that cannot unpack keeps those that are there. */
function unpacked(table) {
  table.unpacked ??= unpack(table);
  return table.unpacked;
}

async function unpack(table) {
  const packed = table.figure.querySelector('script.rows');
  if (!packed || !window.DecompressionStream) return;
  const bytes = Uint8Array.from(atob(packed.textContent.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const columns = (await new Response(stream).json()).map(cellsOf);
  table.rows = columns[0].map((_cell, row) => ({ cells: columns.map((column) => column[row]) }));
  table.figure.querySelector('.cut')?.remove();
  table.box.addEventListener('scroll', () => {
    const { scrollTop, clientHeight, scrollHeight } = table.box;
    if (scrollTop + 2 * clientHeight > scrollHeight) showMore(table);
  });
  if (table.sorted) sortRows(table);
  show(table);
}

/** The cells of a packed column; rows may share them. */
function cellsOf({ cells, rows, cell, ranges }) {
  if (cells) {
    const elements = parsed(cells);
    return rows.split(',').map((at) => elements[at]);
  }
  const [pattern] = parsed([cell]);
  let end = 0n;
  return ranges.split(';').map((range) => {
    const [gap, length] = range.split(',');
    const start = end + BigInt(`0x${gap || 0}`);
    end = start + BigInt(`0x${length}`);
    const element = pattern.cloneNode();
    element.dataset.v = `x${start.toString(16).padStart(16, '0')}`;
    element.textContent = `${start.toString(16)}–${end.toString(16)}`;
    return element;
  });
}

/** Cells as the page's templates wrote them. */
function parsed(cells) {
  const { content } = make('template', { innerHTML: `<table><tr>${cells.join('')}</tr></table>` });
  return [...content.querySelector('tr').cells];
}

function show(table) {
  table.shown = table.rows.filter((row) => [...table.tests.values()].every((isWanted) => isWanted(row)));
  table.body.replaceChildren();
  table.box.scrollTop = 0;
  showMore(table);
  const { shown, rows } = table;
  table.told.textContent =
    shown.length === rows.length ? '' : words.rows.replace('{1}', shown.length).replace('{2}', rows.length);
}

function showMore({ body, shown }) {
  const from = body.rows.length;
  for (const row of shown.slice(from, from + ROWS_AT_ONCE)) {
    row.element ??= make('tr', {}, ...row.cells.map((cell) => cell.cloneNode(true)));
    body.append(row.element);
  }
}

// Sort

function addSort(table, column) {
  const header = table.headers[column];
  if (table.labels[column] === '') return;
  const button = make('button', { type: 'button', textContent: table.labels[column] });
  header.replaceChildren(button);
  button.addEventListener('click', async () => {
    await unpacked(table);
    // Of numbers the largest matter most.
    const first = table.rows.some(({ cells }) => typeof keyOf(cells[column]) === 'number') ? -1 : 1;
    table.sorted = { column, direction: table.sorted?.column === column ? -table.sorted.direction : first };
    for (const other of table.headers) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', table.sorted.direction < 0 ? 'descending' : 'ascending');
    sortRows(table);
    show(table);
  });
}

function sortRows({ rows, sorted: { column, direction } }) {
  rows.sort((one, other) => {
    const [a, b] = [keyOf(one.cells[column]), keyOf(other.cells[column])];
    // What is not known stays at the end, whatever the direction.
    if (a === '' || b === '') return (a === '') - (b === '');
    const numbers = typeof a === 'number' && typeof b === 'number';
    return direction * (numbers ? a - b : collator.compare(a, b));
  });
}

function keyOf(cell) {
  cell.key ??= isUnknown(cell) ? '' : (numberIn(cell) ?? cell.dataset.v ?? cell.textContent);
  return cell.key;
}

function isUnknown(cell) {
  return cell.matches('.unknown') || cell.querySelector('.unknown') !== null;
}

/** Addresses are no numbers: they have more digits than one holds. */
function numberIn({ dataset: { v } }) {
  return v === undefined || v.startsWith('x') ? undefined : Number(v);
}

// Filter, choose and copy

function filterOf(table) {
  const input = make('input', { type: 'search', placeholder: words.filter, 'aria-label': words.filter });
  input.addEventListener('input', async () => {
    await unpacked(table);
    const wanted = input.value.toLowerCase();
    table.tests.delete(input);
    if (wanted !== '') table.tests.set(input, (row) => textOf(row).includes(wanted));
    show(table);
  });
  return input;
}

function textOf(row) {
  row.text ??= row.cells.map((cell) => cell.textContent.toLowerCase()).join('\t');
  return row.text;
}

function facetsOf(table) {
  return [...table.headers.keys()].flatMap((column) => {
    if (!('facet' in table.headers[column].dataset) || table.rows.length < 3) return [];
    const values = [...new Set(table.rows.map(({ cells }) => cells[column].textContent))].sort(collator.compare);
    if (values.length < 2 || values.length > MOST_CHOICES) return [];
    const all = words.all.replace('{1}', table.labels[column]);
    const select = make('select', { 'aria-label': table.labels[column] }, new Option(all, ''));
    select.append(...values.filter((value) => value !== '').map((value) => new Option(value)));
    select.addEventListener('change', () => {
      table.tests.delete(select);
      if (select.selectedIndex > 0) table.tests.set(select, ({ cells }) => cells[column].textContent === select.value);
      show(table);
    });
    return [select];
  });
}

function chooserOf({ element, labels }) {
  const boxes = labels.flatMap((label, column) => {
    if (label === '') return [];
    const box = make('input', { type: 'checkbox', checked: true });
    box.addEventListener('change', () => element.classList.toggle(`without-${column + 1}`, !box.checked));
    return [make('label', {}, box, ` ${label}`)];
  });
  const chooser = make(
    'details',
    { className: 'chooser' },
    make('summary', { textContent: words.columns }),
    make('div', {}, ...boxes),
  );
  chooser.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    chooser.open = false;
    chooser.firstChild.focus();
  });
  document.addEventListener('click', ({ target }) => {
    if (!chooser.contains(target)) chooser.open = false;
  });
  return chooser;
}

function copyOf(table) {
  const button = make('button', { type: 'button', textContent: words.copy, title: words.copyTitle });
  button.addEventListener('click', async () => {
    await unpacked(table);
    await copy(separated(table));
    table.told.textContent = words.copied;
  });
  return button;
}

/** The rows and columns that are shown, as tab-separated text with exact numbers. */
function separated({ element, labels, shown }) {
  const columns = [...labels.keys()].filter(
    (column) => labels[column] !== '' && !element.classList.contains(`without-${column + 1}`),
  );
  const lines = shown.map(({ cells }) => columns.map((column) => exact(cells[column])));
  return [columns.map((column) => plain(labels[column])), ...lines].map((line) => `${line.join('\t')}\n`).join('');
}

function exact(cell) {
  if (isUnknown(cell)) return '';
  return cell.matches('.number') ? (cell.dataset.v ?? plain(cell.textContent)) : plain(cell.textContent);
}

/** Not to be taken for a formula by the spreadsheet that it is pasted into. */
function plain(text) {
  return text.replace(/\s+/g, ' ').replace(/^ ?[=+\-@]/, "'$&");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Of pages without https, some browsers refuse it.
    const area = make('textarea', { value: text });
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

// Read values off a chart

for (const figure of document.querySelectorAll('figure.chart')) {
  const values = tables.get(figure.querySelector('.values figure.table'));
  if (values) addReading(figure.querySelector('.chart-box'), values);
}

function addReading(box, table) {
  const reading = make('p', { className: 'reading', textContent: words.reading });
  const steps = { Home: -Infinity, PageDown: -10, ArrowLeft: -1, ArrowDown: -1 };
  Object.assign(steps, { End: Infinity, PageUp: 10, ArrowRight: 1, ArrowUp: 1 });
  let samples = [];
  let at = -1;
  const ready = async () => {
    await unpacked(table);
    const known = table.rows.filter(({ cells }) => Number.isFinite(keyOf(cells[0])));
    samples = known.sort((a, b) => keyOf(a.cells[0]) - keyOf(b.cells[0]));
    set(box, { 'aria-valuemax': samples.length });
  };
  const drawn = () => [...box.querySelectorAll('svg')].find((svg) => svg.getClientRects().length > 0);
  const read = (index) => {
    at = Math.max(0, Math.min(samples.length - 1, index));
    const sample = samples[at];
    const svg = drawn();
    if (!sample || !svg) return;
    const told = sample.cells.map((cell, column) =>
      isUnknown(cell) ? '' : `${table.labels[column]} ${cell.textContent}`,
    );
    reading.textContent = told.filter((text) => text !== '').join(' · ');
    set(box, { 'aria-valuenow': at + 1, 'aria-valuetext': reading.textContent });
    mark(svg, keyOf(sample.cells[0]));
  };
  set(box, { role: 'slider', tabIndex: 0, 'aria-label': box.querySelector('svg').getAttribute('aria-label') });
  set(box, { 'aria-valuemin': 1, 'aria-valuenow': 1, 'aria-valuemax': table.rows.length });
  set(box, { 'aria-valuetext': words.reading });
  box.before(reading);
  box.addEventListener('keydown', async (event) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    await ready();
    read(at < 0 ? (step < 0 ? samples.length - 1 : 0) : at + step);
  });
  for (const kind of ['pointermove', 'pointerdown']) {
    box.addEventListener(kind, async ({ clientX }) => {
      await ready();
      const svg = drawn();
      if (svg) read(nearest(samples, positionAt(svg, clientX)));
    });
  }
}

/** The value of a chart's horizontal axis at a place of the screen. */
function positionAt(svg, clientX) {
  const { left, width } = svg.getBoundingClientRect();
  const { x, area } = plotOf(svg);
  const pixel = ((clientX - left) / width) * svg.viewBox.baseVal.width;
  return x.from + ((pixel - area.left) / (area.right - area.left)) * (x.to - x.from);
}

function plotOf({ dataset: { from, to, left, right } }) {
  return { x: { from: Number(from), to: Number(to) }, area: { left: Number(left), right: Number(right) } };
}

function nearest(samples, position) {
  let best = 0;
  for (const [index, { cells }] of samples.entries()) {
    const distance = Math.abs(keyOf(cells[0]) - position);
    if (distance < Math.abs(keyOf(samples[best].cells[0]) - position)) best = index;
  }
  return best;
}

function mark(svg, position) {
  const { x, area } = plotOf(svg);
  const at = area.left + ((position - x.from) / (x.to - x.from)) * (area.right - area.left);
  let line = svg.querySelector('.cursor');
  if (!line) {
    line = document.createElementNS(svg.namespaceURI, 'path');
    line.setAttribute('class', 'cursor');
    svg.append(line);
  }
  line.setAttribute('d', `M${at},8V${svg.viewBox.baseVal.height - 42}`);
}

// A link to what lies in something that is closed opens it

function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  for (let around = target?.closest('details'); around; around = around.parentElement.closest('details')) {
    around.open = true;
  }
  target?.scrollIntoView();
}

addEventListener('hashchange', openTarget);
if (location.hash !== '') openTarget();
