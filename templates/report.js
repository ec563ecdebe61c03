// The page is whole without this script: what it adds to tables and charts, it makes itself.

const words = document.body.dataset;
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

/** So many rows are elements at first, and so many more whenever the reader comes near their end. */
const ROWS_AT_ONCE = 200;
/** Of more values, a list to choose from would be no help. */
const MOST_CHOICES = 60;

const tables = new Map();
for (const figure of document.querySelectorAll('figure.table')) tables.set(figure, tableIn(figure));

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
  packed.remove();
  const told = table.rows.length > ROWS_AT_ONCE ? words.rowsScrolled.replace('{1}', grouped(table.rows.length)) : '';
  table.figure.querySelector('.cut')?.replaceChildren(told && `(${told})`);
  table.box.addEventListener('scroll', () => {
    const { scrollTop, clientHeight, scrollHeight } = table.box;
    if (scrollTop + 2 * clientHeight > scrollHeight) showMore(table);
  });
  if (table.sorted) sortRows(table);
  show(table);
}

/** As the rest of the page prints it. */
function grouped(count) {
  return count.toLocaleString('en-US');
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
    // At least 8 digits, as the kernel prints them.
    element.textContent = [start, end].map((address) => address.toString(16).padStart(8, '0')).join('–');
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
    shown.length === rows.length
      ? ''
      : words.rows.replace('{1}', grouped(shown.length)).replace('{2}', grouped(rows.length));
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
    if (typeof a === 'string' && typeof b === 'string') return direction * collator.compare(a, b);
    return direction * (a < b ? -1 : a > b ? 1 : 0);
  });
}

function keyOf(cell) {
  cell.key ??= isUnknown(cell) ? '' : (numberIn(cell) ?? cell.textContent);
  return cell.key;
}

function isUnknown(cell) {
  return cell.matches('.unknown') || cell.querySelector('.unknown') !== null;
}

/** Addresses, in hexadecimal digits behind an "x", have more of them than a plain number holds. */
function numberIn({ dataset: { v } }) {
  if (v === undefined) return undefined;
  return v.startsWith('x') ? BigInt(`0${v}`) : Number(v);
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
    // Where each row has its own value, the filter does as well.
    if (values.length < 2 || values.length > MOST_CHOICES || values.length === table.rows.length) return [];
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
