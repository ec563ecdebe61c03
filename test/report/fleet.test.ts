import { beforeAll, describe, expect, it } from 'vitest';
import { withRollUps } from '../../src/judge/roll-ups.js';
import type { Analysis } from '../../src/model/analysis.js';
import { type OutputFile, render } from '../../src/render.js';
import { compose, composeDevice } from '../../src/report/compose.js';
import { deviceParts } from '../../src/report/device-parts.js';
import type { Section, Table } from '../../src/report/document.js';
import { contentBytes } from './content-bytes.js';
import { emptyAnalysis, fixtureAnalysis, wideAnalysis } from './fixture-analysis.js';

const PROGRAMS = ['sensord', 'netd', 'uid'];

/** Forty devices with three programs each: sensord leaks on every tenth. */
function fleet(): Analysis {
  const wide = wideAnalysis(120, 1);
  const nameOf = (index: number) => ({
    device: `board-${Math.floor(index / 3)}`,
    command: PROGRAMS[index % 3] ?? '',
  });
  return withRollUps({
    ...wide,
    programs: wide.programs.map((program, index) => ({ ...program, ...nameOf(index) })),
    verdicts: wide.verdicts.map((verdict, index) =>
      index % 30 === 0
        ? { ...verdict, ...nameOf(index), label: 'leak', where: '[heap]', ratePerHour: 1024 * (index + 1) }
        : { ...verdict, ...nameOf(index), label: 'clean', ratePerHour: 0 },
    ),
  });
}

function tableOf(section: Section | undefined): Table {
  const table = section?.blocks.find((block) => block.type === 'table');
  if (!table) throw new Error('expected a table');
  return table;
}

function cellsOf(table: Table, label: string): unknown[] {
  const at = table.columns.findIndex((column) => column.label === label);
  return table.rows.map(({ cells }) => cells[at]);
}

describe('the report of a fleet', () => {
  it('has the leaks over the fleet first, each in one row with its part and the page of its worst device', () => {
    const pages = new Map([['board-30', 'devices/board-30/index.html']]);
    const [first, second, third] = compose(fleet(), { pages }).sections;
    expect([first?.id, second?.id]).toEqual(['fleet-leaks', 'summary']);
    const table = tableOf(first);
    expect(table.rows).toHaveLength(1);
    expect(cellsOf(table, 'Devices')).toEqual([{ type: 'text', text: '4 / 40' }]);
    expect(cellsOf(table, 'Program')).toEqual([{ type: 'link', to: third?.id, text: 'sensord' }]);
    expect(third?.title).toBe('sensord on board-30');
    const page = { type: 'page', path: 'devices/board-30/index.html', text: 'board-30' };
    expect(cellsOf(table, 'Worst device')).toEqual([page]);
    expect(cellsOf(tableOf(second), 'Device').slice(0, 2)).toEqual([page, { type: 'code', text: 'board-20' }]);
  });

  it('has no such section where a few programs leak on one device each', () => {
    const analysis = fleet();
    const few = analysis.verdicts.slice(0, 30);
    const one = withRollUps({ ...analysis, verdicts: few, programs: analysis.programs.slice(0, 30) });
    expect(one.rollups).toHaveLength(1);
    expect(compose(one).sections.map(({ id }) => id)).not.toContain('fleet-leaks');
  });

  it('says so where no program leaks, and nothing of one device', () => {
    const quiet = fleet().verdicts.map((verdict) => ({ ...verdict, label: 'clean' as const }));
    const [section] = compose(withRollUps({ ...fleet(), verdicts: quiet })).sections;
    expect(JSON.stringify(section)).toContain('No program leaks on any device');
    expect(compose(wideAnalysis(60, 1)).sections[0]?.id).toBe('summary');
  });

  it('describes no more programs than it can open with in a second, however many leak', () => {
    const worst = { ...fleet(), rollups: [] };
    const detailed = (analysis: Analysis) =>
      compose(analysis, { pages: new Map() }).sections.filter(({ id }) => id.startsWith('program-')).length;
    expect(detailed(fleet())).toBe(1);
    expect(detailed(worst)).toBe(0);
    const old = fleet();
    delete old.rollups;
    expect(detailed(old)).toBe(4);
    const many = wideAnalysis(200, 1);
    expect(detailed(many)).toBe(12);
  });

  it('leaves to the pages of devices what they tell', () => {
    const shared = {
      pathname: '/lib/libc.so',
      kind: 'file' as const,
      size: 9,
      rss: 9,
      pss: 3,
      sharers: 2,
      pids: [1, 2],
    };
    const sharing = [{ ...shared, device: 'board-1' }];
    const memory = [{ available: 1, origin: { file: 'meminfo', line: 1 } }];
    const devices = ['board-1', 'board-2'].map((device) => ({ device, memory }));
    const idsOf = ({ sections }: ReturnType<typeof compose>): string[] => sections.map(({ id }) => id);
    const told = idsOf(compose({ ...fleet(), sharing, devices }));
    expect(told).not.toEqual(expect.arrayContaining(['sharing']));
    expect(told).not.toEqual(expect.arrayContaining(['device-memory']));
    const [part] = [...deviceParts({ ...fleet(), sharing, devices })].filter(({ device }) => device === 'board-1');
    if (!part) throw new Error('expected the part of board-1');
    expect(idsOf(composeDevice(part.part, 'board-1', '../index.html'))).toEqual(
      expect.arrayContaining(['sharing', 'device-memory']),
    );
  });
});

describe('the report of a fleet on paper', () => {
  it('describes each leak where it is worst, as the page does', () => {
    const parts = compose(fleet(), { detailed: 12 }).sections.filter(({ id }) => id.startsWith('program-'));
    expect(parts.map(({ title }) => title)).toEqual(['sensord on board-30']);
  });

  it('says so where it describes only some of them, or none', () => {
    const noteOf = (analysis: Analysis): string =>
      JSON.stringify(
        compose(analysis, { detailed: 12 })
          .sections.find(({ id }) => id === 'summary')
          ?.blocks.at(-1),
      );
    const [rollup] = fleet().rollups ?? [];
    if (!rollup) throw new Error('expected a leak over the fleet');
    expect(noteOf(fleet())).toContain('Below, each leak is described where it is worst.');
    expect(noteOf({ ...fleet(), rollups: Array.from({ length: 13 }, () => rollup) })).toContain(
      'the first 12 leaks are described',
    );
    const quiet = fleet().verdicts.map((verdict) => ({ ...verdict, label: 'clean' as const }));
    expect(noteOf(withRollUps({ ...fleet(), verdicts: quiet }))).toContain('there is none');
  });

  it('has a row for each program with a word against it, but not for all that are in order', () => {
    const rowsOf = (leaking: number): number | undefined => {
      const verdicts = fleet().verdicts.map((verdict, index) => ({
        ...verdict,
        label: index < leaking ? ('leak' as const) : ('clean' as const),
      }));
      return tableOf(compose(withRollUps({ ...fleet(), verdicts })).sections.find(({ id }) => id === 'summary'))
        .printRows;
    };
    expect([rowsOf(1), rowsOf(100)]).toEqual([60, 100]);
  });
});

describe('the files of a fleet', () => {
  const files = new Map<string, string>();
  beforeAll(async () => {
    const options = { formats: ['html', 'json', 'csv'], onMessage: () => undefined };
    for await (const { name, content } of render(fleet(), options) as AsyncIterable<OutputFile>)
      files.set(name, contentBytes(content).toString('utf8'));
  });

  it('are a page for each device, to which the page of the run leads, and back', () => {
    const index = files.get('index.html') ?? '';
    const linked = new Set([...index.matchAll(/href="(devices\/[^"]+)"/g)].map(([, path]) => path ?? ''));
    expect(linked.size).toBe(40);
    for (const path of linked) expect(files.get(path), path).toContain('href="../../index.html"');
    expect([...files.keys()].filter((name) => name.startsWith('devices/') && name.endsWith('.html'))).toHaveLength(40);
  });

  it('hold what is told of all devices once', () => {
    expect(files.get('rollups.csv')?.split('\r\n')[1]).toMatch(/^sensord,leak,4,40,\[heap\],/);
    const rollups = (name: string): unknown => (JSON.parse(files.get(name) ?? '') as Analysis).rollups;
    expect(rollups('report.json')).toHaveLength(1);
    expect(rollups('devices/board-0/report.json')).toBeUndefined();
    expect(files.has('devices/board-0/rollups.csv')).toBe(false);
  });

  it('are small: pages of devices bring no fonts', () => {
    expect(files.get('index.html')).toContain('@font-face');
    expect(files.get('devices/board-1/index.html')).not.toContain('@font-face');
    expect(files.get('devices/board-1/index.html')?.length).toBeLessThan(80_000);
  });
});

describe('the page of a device', () => {
  it('describes each program: in full those with a word against them, the others in brief', () => {
    const part = [...deviceParts(fleet())].find(({ device }) => device === 'board-0')?.part ?? emptyAnalysis();
    const { title, sections } = composeDevice(part, 'board-0', '../../index.html');
    expect(title).toBe('board-0');
    const parts = sections.filter(({ id }) => /^program-\d+$/.test(id));
    expect(parts.map((one) => one.title)).toEqual(['sensord on board-0', 'netd on board-0', 'uid on board-0']);
    const [leaking = 0, ...others] = parts.map((one) => one.sections.length);
    for (const brief of others) expect(brief).toBeLessThan(leaking);
  });

  it('knows a device of which nothing is told', () => {
    expect(composeDevice(emptyAnalysis(), 'board-0', '../../index.html').sections[0]?.id).toBe('summary');
    expect(composeDevice(fixtureAnalysis(), 'board-7', '../../index.html').sections.length).toBeGreaterThan(3);
  });
});
