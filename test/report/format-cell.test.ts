import { describe, expect, it } from 'vitest';
import { difference, growth, periodCells } from '../../src/report/cells.js';
import type { Cell } from '../../src/report/document.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatGrowth,
  formatInstant,
  formatProbability,
  formatRate,
  formatShare,
} from '../../src/report/outputs/format-value.js';

describe('numbers as people read them', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [442_368, '432 KiB'],
    [1536, '1.50 KiB'],
    [1023 * 1024, '1,023 KiB'],
    [1024 * 1024 - 1, '1.00 MiB'],
    [1024 * 1024, '1.00 MiB'],
    [1_646_592, '1.57 MiB'],
    [12.4 * 1024 ** 2, '12.4 MiB'],
    [412 * 1024 ** 2, '412 MiB'],
    [5 * 1024 ** 3, '5.00 GiB'],
    [2 ** 64, '16,384 PiB'],
    [-12_288, '\u221212 KiB'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d bytes read %s', (value, text) => {
    expect(formatBytes(value)).toBe(text);
  });

  it('gives growth and rates their sign', () => {
    expect(formatGrowth(4096)).toBe('+4 KiB');
    expect(formatGrowth(-4096)).toBe('\u22124 KiB');
    expect(formatGrowth(0)).toBe('0 B');
    expect(formatRate(1_646_592, 'hour')).toBe('+1.57 MiB/h');
    expect(formatRate(-2048, 'sample')).toBe('\u22122 KiB/sample');
    expect(formatRate(1e-9, 'hour')).toBe('0 B/h');
    expect(formatRate(Number.NaN, 'hour')).toBe('–');
  });

  it('says what a start and an end share once', () => {
    const start = Date.UTC(2026, 0, 31, 21, 0, 0);
    const said = (to: number): string =>
      periodCells({ from: start, to })
        .map((cell) => formatCell(cell).text)
        .join('');
    expect(said(start + 90_000)).toBe('2026-01-31 21:00 to 21:01:30 UTC');
    expect(said(start + 3 * 3_600_000)).toBe('2026-01-31 21:00 to 2026-02-01 00:00 UTC');
    expect(said(Number.NaN)).toBe('2026-01-31 21:00 to –');
  });

  it('lets growth stand out, but not where it may', () => {
    expect(formatCell(growth(4096)).look).toBe('number grows');
    expect(formatCell(difference(4096)).look).toBe('number');
  });

  it('divides thousands', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatCount(999)).toBe('999');
    expect(formatCount(-1000)).toBe('\u22121,000');
  });

  it('writes shares and probabilities', () => {
    expect(formatShare(0.98)).toBe('98 %');
    expect(formatShare(0.004)).toBe('0.4 %');
    expect(formatShare(0)).toBe('0 %');
    expect(formatProbability(0.0000012)).toBe('< 0.0001');
    expect(formatProbability(0.00123)).toBe('0.0012');
    expect(formatProbability(0.0321)).toBe('0.032');
  });

  it('writes times in UTC, whatever the zone of the host', () => {
    expect(formatInstant(Date.UTC(2026, 0, 31, 21, 0, 0))).toBe('2026-01-31 21:00 UTC');
    expect(formatInstant(Date.UTC(2026, 0, 31, 21, 0, 7))).toBe('2026-01-31 21:00:07 UTC');
    expect(formatInstant(1e300)).toBe('–');
    expect(formatInstant(Number.NaN)).toBe('–');
  });

  it.each([
    [40_000, '40 s'],
    [119_000, '119 s'],
    [12 * 60_000, '12 min'],
    [60 * 60_000, '1 h'],
    [390 * 60_000, '6 h 30 min'],
    [76 * 3_600_000, '3 d 4 h'],
    [72 * 3_600_000, '3 d'],
    [250 * 3_600_000, '10 d'],
    [729 * 24 * 3_600_000, '729 d'],
    [1350 * 24 * 3_600_000, '3.7 years'],
    [40 * 8766 * 3_600_000, '40 years'],
    [1e300, 'more than 1,000 years'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d ms last %s', (value, text) => {
    expect(formatDuration(value)).toBe(text);
  });
});

describe('formatCell', () => {
  it('tells what is not known apart from zero', () => {
    expect(formatCell({ type: 'unknown' })).toMatchObject({ text: '–', title: 'not known', sort: '' });
    expect(formatCell({ type: 'bytes', value: 0 })).toMatchObject({ text: '0 B', sort: '0' });
  });

  it('keeps the exact value of a rounded one', () => {
    expect(formatCell({ type: 'bytes', value: 1_646_593 })).toMatchObject({
      text: '1.57 MiB',
      title: '1,646,593 bytes',
      sort: '1646593',
    });
    expect(formatCell({ type: 'bytes', value: 8192 }).title).toBe('');
  });

  it('shows addresses to their last digit and sorts them by value', () => {
    const high = formatCell({ type: 'address', start: 'ffffffffff600000', end: 'ffffffffff601000' });
    const low = formatCell({ type: 'address', start: '00400000', end: '00452000' });
    expect(high.text).toBe('ffffffffff600000–ffffffffff601000');
    expect(low.sort < high.sort).toBe(true);
    expect(formatCell({ type: 'address', start: '602000000010' }).text).toBe('0x602000000010');
  });

  it('names the places, and how many more there are', () => {
    const origins = [1, 2, 3, 4, 5].map((line) => ({ file: 'smaps', line }));
    expect(formatCell({ type: 'origins', origins }).text).toBe('smaps:1, smaps:2, smaps:3 and 2 more');
    expect(formatCell({ type: 'origins', origins: [{ file: 'whole.log', line: 0 }] }).text).toBe('whole.log');
  });

  it('names a frame by what is known of it', () => {
    const frame = (value: object): string => formatCell({ type: 'frame', frame: value }).text;
    expect(frame({ symbol: 'main', file: 'a.c', line: 6 })).toBe('main (a.c:6)');
    expect(frame({ symbol: 'main' })).toBe('main');
    expect(frame({ module: '/lib/x.so', address: '1f' })).toBe('0x1f (/lib/x.so)');
    expect(frame({})).toBe('(unknown function)');
  });

  it('makes controls and direction marks visible in every kind of text', () => {
    const text = 'a\u001b[31m\u202eb';
    const cells: Cell[] = [
      { type: 'text', text },
      { type: 'strong', text },
      { type: 'code', text },
      { type: 'link', to: 'x', text },
      { type: 'frame', frame: { symbol: text, file: text } },
      { type: 'origins', origins: [{ file: text, line: 1 }] },
      { type: 'address', start: text, end: text },
    ];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    for (const cell of cells) expect(formatCell(cell).text).not.toMatch(/[\u001b\u202e]/);
  });
});
