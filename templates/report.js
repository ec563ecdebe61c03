// Sorts and filters the tables. The page is whole without it, so the controls are made here.

const collator = new Intl.Collator('en', { numeric: true });

for (const table of document.querySelectorAll('table[data-sort]')) {
  const body = table.tBodies[0];
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    if (header.textContent === '') return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    header.replaceChildren(button);
    button.addEventListener('click', () => {
      const down = header.getAttribute('aria-sort') !== 'descending';
      for (const other of headers) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      sortRows(body, column, down ? -1 : 1);
    });
  });
}

function sortRows(body, column, direction) {
  const keyed = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[column]) }));
  keyed.sort((a, b) => {
    // What is not known stays at the end, whatever the direction.
    if (a.key === '' || b.key === '') return (a.key === '') - (b.key === '');
    const numbers = typeof a.key === 'number' && typeof b.key === 'number';
    return direction * (numbers ? a.key - b.key : collator.compare(a.key, b.key));
  });
  body.append(...keyed.map(({ row }) => row));
}

function keyOf(cell) {
  const value = cell.dataset.v;
  if (value === undefined) return cell.querySelector('.unknown') ? '' : cell.textContent;
  return value.startsWith('x') ? value : Number(value);
}

for (const figure of document.querySelectorAll('figure[data-filter]')) {
  const rows = [...figure.querySelectorAll('tbody tr')];
  const label = document.createElement('label');
  label.className = 'filter';
  label.textContent = 'Filter ';
  const input = document.createElement('input');
  input.type = 'search';
  const told = document.createElement('span');
  told.setAttribute('role', 'status');
  label.append(input, told);
  figure.querySelector('figcaption').append(label);
  input.addEventListener('input', () => {
    const wanted = input.value.toLowerCase();
    let left = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) left++;
    }
    told.textContent = wanted === '' ? '' : ` ${left} of ${rows.length} rows`;
  });
}
