import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/model/verdict.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Block, Cell } from '../../src/report/document.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import { emptyAnalysis, risingTimeline, START } from './fixture-analysis.js';

const KIB = 1024;
const GIB = 1024 ** 3;
const HOUR = 3_600_000;

const bare: Verdict = {
  device: 'board-7',
  command: 'sensord',
  label: 'leak',
  explainedBy: [],
  grounds: [],
  objections: [],
  defects: [],
  missing: [],
};
const growing: Verdict = { ...bare, growth: 100 * KIB, ratePerHour: 4 * KIB, where: '[heap]', shape: 'linear' };

function ticketOf(verdict: Verdict, memoryLimit?: number): readonly Block[] {
  const program = { device: 'board-7', command: 'sensord' };
  const timelines = [risingTimeline(812, 26, 4 * KIB)];
  const report = { ...program, timelines, mappings: [], vmas: [], summaries: [] };
  const analysis = {
    ...emptyAnalysis(),
    programs: [report],
    verdicts: [verdict],
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  };
  return composeTicket(analysis, program).sections[0]?.blocks ?? [];
}

const wordsOf = (cells: readonly Cell[]): string => cells.map((cell) => formatCell(cell).text).join('');

function headline(verdict: Verdict): string {
  const banner = ticketOf(verdict)[0];
  return banner?.type === 'banner' ? wordsOf(banner.parts) : '';
}

function factsOf(verdict: Verdict, memoryLimit?: number): Record<string, string> {
  const facts = ticketOf(verdict, memoryLimit).flatMap((block) => (block.type === 'facts' ? block.facts : []));
  return Object.fromEntries(facts.map(({ label, cells }) => [label, wordsOf(cells)]));
}

describe('the headline', () => {
  it('says how fast, where and how memory grows, and nothing of what is not known', () => {
    expect(headline(growing)).toBe('Grows by 4 KiB/h in [heap], in a straight line.');
    expect(headline({ ...bare, ratePerHour: 4 * KIB })).toBe('Grows by 4 KiB/h.');
    expect(headline({ ...bare, ratePerSample: 4 * KIB })).toBe('Grows by 4 KiB/sample.');
  });

  it.each([
    ['accelerating', 'Grows by 4 KiB/h in [heap], ever faster.'],
    ['steps', 'Grows by 4 KiB/h in [heap], in steps.'],
    ['rising-floor', 'Grows by 4 KiB/h in [heap], on a rising floor under what comes and goes.'],
  ] as const)('has words for growth of shape %s', (shape, words) => {
    expect(headline({ ...growing, shape })).toBe(words);
  });

  it('says since when', () => {
    const since = START + 3 * HOUR;
    expect(headline({ ...growing, shape: 'onset', since })).toContain('[heap], since 2026-02-01 00:00 UTC.');
    expect(headline({ ...growing, since })).toContain('in a straight line since 2026-02-01 00:00 UTC.');
  });

  it('says how long what is left lasts, where that is near enough to matter', () => {
    const device = { ceiling: 'device', room: 23.2 * GIB, hours: 105.5 } as const;
    expect(headline({ ...growing, exhaustion: device })).toContain(
      'At this rate the 23.2 GiB left on the device last 4 d 9 h.',
    );
    expect(headline({ ...growing, shape: 'accelerating', exhaustion: device })).toContain('last 4 d 9 h, or less.');
    const limit = { ceiling: 'memory-limit', room: 64 * KIB, hours: 16 } as const;
    expect(headline({ ...growing, exhaustion: limit })).toContain('left below the memory limit last 16 h.');
    expect(headline({ ...growing, exhaustion: { ...limit, room: 0, hours: 0 } })).toContain(
      'The memory limit is reached.',
    );
    expect(headline({ ...growing, exhaustion: { ...device, hours: 200_000 } })).not.toContain('At this rate');
  });

  it('says what memory did that is clean', () => {
    expect(headline({ ...bare, label: 'clean', shape: 'settled' })).toBe(
      'No growth that stays: memory rose, then settled.',
    );
    expect(headline({ ...bare, label: 'clean' })).toBe('No growth that stays.');
  });

  it('says what a leak checker found where nothing is known of memory over time', () => {
    const statement = "memcheck's run lost nothing for certain; 2 blocks are still reachable";
    const objections = [{ rule: 'definite-loss', statement, origins: [] }];
    expect(headline({ ...bare, label: 'clean', objections })).toBe("memcheck's run lost nothing for certain.");
  });

  it('says what it takes to tell where it could not be told', () => {
    const reason =
      '40 samples over 39 h neither prove growth nor that it has stopped: the rise slowed down; take about 20 more ' +
      'samples, for another 20 h at this pace, so that a rise that ends can be told from one that goes on';
    const missing = [
      { rule: 'definite-loss', reason: 'no memcheck or LeakSanitizer log' },
      { rule: 'private-growth', reason },
    ];
    expect(headline({ ...bare, label: 'inconclusive', missing })).toBe(
      'Could not tell whether it leaks: 40 samples over 39 h neither prove growth nor that it has stopped: the rise ' +
        'slowed down. Take about 20 more samples, for another 20 h at this pace.',
    );
    expect(headline({ ...bare, label: 'inconclusive' })).toBe('Could not tell whether it leaks.');
  });
});

describe('the numbers of a verdict', () => {
  it('have the interval beside the rate, the course, the onset and the end', () => {
    const facts = factsOf(
      {
        ...growing,
        rateInterval: [3 * KIB, 5 * KIB],
        shape: 'onset',
        since: START + HOUR,
        exhaustion: { ceiling: 'memory-limit', room: 64 * KIB, hours: 16 },
      },
      512 * KIB,
    );
    expect(facts).toMatchObject({
      Rate: '+4 KiB/h (95 %: +3 KiB/h to +5 KiB/h)',
      Course: 'began to grow while it was sampled',
      Since: '2026-01-31 22:00 UTC',
      'Runs out': '16 h after the last sample (64 KiB left below the limit of 512 KiB)',
    });
  });

  it('say that growth without an onset may be older than the samples', () => {
    expect(factsOf(growing).Since).toBe('the first sample, or before');
    expect(factsOf({ ...bare, label: 'clean' })).not.toHaveProperty('Since');
  });

  it('are left out where they are not known', () => {
    expect(Object.keys(factsOf({ ...bare, label: 'clean' }))).toEqual(['Sampled', 'Samples', 'Pid']);
  });
});

describe('the table of verdicts', () => {
  const tableOf = (...verdicts: Verdict[]): Record<string, string>[] => {
    const table = compose({ ...emptyAnalysis(), verdicts }).sections[0]?.blocks.find(({ type }) => type === 'table');
    if (table?.type !== 'table') throw new Error('expected a table');
    return table.rows.map(({ cells }) =>
      Object.fromEntries(cells.map((cell, i) => [table.columns[i]?.label ?? '', formatCell(cell).text])),
    );
  };

  it('has the course, and how long memory lasts', () => {
    const exhaustion = { ceiling: 'device', room: GIB, hours: 105.5 } as const;
    const [first, second] = tableOf(
      { ...growing, shape: 'rising-floor', exhaustion },
      {
        ...bare,
        command: 'b',
        label: 'inconclusive',
        missing: [{ rule: 'private-growth', reason: 'few; take 3 more' }],
      },
    );
    expect(first).toMatchObject({ Course: 'rising floor', Lasts: '4 d 9 h' });
    expect(second).toMatchObject({ Course: 'take 3 more', Lasts: '–' });
  });

  it('tells of memory errors beside a verdict that they do not bear on', () => {
    const defects = [{ rule: 'memory-errors', statement: 'heap-use-after-free', origins: [] }];
    const rows = tableOf({ ...bare, label: 'clean' }, { ...bare, command: 'netd', label: 'clean', defects });
    expect(rows.map(({ Errors }) => Errors)).toEqual(['1', '']);
  });

  it('leaves out columns that would say nothing', () => {
    expect(Object.keys(tableOf(growing)[0] ?? {})).toEqual(['Verdict', 'Program', 'Rate', 'Course', 'Where']);
    expect(Object.keys(tableOf({ ...bare, label: 'clean' })[0] ?? {})).toEqual(['Verdict', 'Program']);
    const far = { ceiling: 'device', room: GIB, hours: 200_000 } as const;
    expect(tableOf({ ...growing, exhaustion: far })[0]).not.toHaveProperty('Lasts');
    expect(tableOf(growing, { ...growing, device: 'board-8' })[0]).toHaveProperty('Device');
  });
});
