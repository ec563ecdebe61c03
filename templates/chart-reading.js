// Read values off a chart

for (const figure of document.querySelectorAll('figure.chart')) {
  const values = tables.get(figure.querySelector('.values figure.table'));
  if (values) addReading(figure.querySelector('.chart-box'), values);
}

function addReading(box, table) {
  const isFirst = document.querySelector('.reading') === null;
  const reading = make('p', { className: 'reading', textContent: isFirst ? words.reading : '' });
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
    const from = at >= 0 ? at : step > 0 ? -1 : samples.length;
    read(from + step);
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
