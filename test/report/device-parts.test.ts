import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import { isAnalysis } from '../../src/model/is-analysis.js';
import { type SavedAnalysis, withDeviceFiles } from '../../src/read-report.js';
import { render } from '../../src/render.js';
import { OUTPUTS } from '../../src/report/outputs/index.js';
import { temporaryFolder } from '../cli/run-cli.js';
import { contentBytes } from './content-bytes.js';
import { emptyAnalysis, fixtureAnalysis, wideAnalysis } from './fixture-analysis.js';

/** All that needs no browser: a PDF is printed from a page that is compared here. */
const FORMATS = OUTPUTS.flatMap(({ id, needsBrowser }) => (needsBrowser ? [] : [id]));

type Files = ReadonlyMap<string, string>;

async function filesOf(analysis: Analysis): Promise<Files> {
  const files = new Map<string, string>();
  for await (const { name, content } of render(analysis, { formats: FORMATS, onMessage: () => undefined }))
    files.set(name, contentBytes(content).toString('utf8'));
  return files;
}

/** Sixty programs on three devices, with VMAs and all that is told beside them. */
function manyPrograms(): Analysis {
  const wide = wideAnalysis(60, 3);
  const deviceOf = (index: number): string => `board ${index % 3}`;
  return {
    ...wide,
    programs: wide.programs.map(({ timelines, vmas, ...program }, index) => ({
      ...program,
      device: deviceOf(index),
      timelines,
      vmas,
      addressSpace: {
        after: vmas.map(({ start, end, permissions, pathname }) => ({
          ...{ start, end, permissions, label: pathname, category: 'heap', vmaCount: 1, size: 4096 },
        })),
      },
      categorySeries: { measure: 'private', at: [0, 25], series: [{ category: 'heap', bytes: [index, 4096] }] },
    })),
    verdicts: wide.verdicts.map((verdict, index) => ({ ...verdict, device: deviceOf(index) })),
  };
}

const folder = temporaryFolder();

function saved(name: string, files: Files): string {
  for (const [path, content] of files) {
    const target = join(folder, name, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return join(folder, name, 'report.json');
}

function readAgain(path: string): SavedAnalysis {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isAnalysis(value)) throw new Error('expected an analysis');
  return withDeviceFiles(value, path);
}

describe('a run over many programs', () => {
  let files: Files;
  let folders: string[] = [];
  beforeAll(async () => {
    files = await filesOf(manyPrograms());
    folders = [...new Set([...files.keys()].filter((name) => name.startsWith('devices/')).map(dirname))];
  });

  it('has the VMAs in the files of its devices, and nowhere else', () => {
    expect(folders).toHaveLength(3);
    const ofDevice = ['index.html', 'report.json', 'programs.csv', 'leaks.csv', 'vmas.csv'];
    expect([...files.keys()].filter((name) => !name.startsWith('tickets/')).sort()).toEqual(
      [
        ...['index.html', 'report.md', 'report.jira', 'report.json', 'programs.csv', 'leaks.csv', 'junit.xml'],
        ...folders.flatMap((one) => ofDevice.map((name) => `${one}/${name}`)),
      ].sort(),
    );
    const rows = folders.map(
      (one) =>
        String(files.get(`${one}/vmas.csv`))
          .trimEnd()
          .split('\r\n').length - 1,
    );
    expect(rows).toEqual([60, 60, 60]);
    expect(String(files.get('report.json'))).not.toContain('addressSpace');
  });

  it('is read again as it was, with its devices beside it', () => {
    const { analysis, missing } = readAgain(saved('many', files));
    expect(missing).toEqual([]);
    expect(JSON.stringify(analysis)).toBe(JSON.stringify(manyPrograms()));
  });

  it('is read without the VMAs of a device whose file is missing or damaged, and names it', () => {
    const path = saved('damaged', files);
    const [first = '', second = ''] = folders.map((one) => join(folder, 'damaged', one, 'report.json'));
    rmSync(first);
    writeFileSync(second, '{"schemaVersion": 1');
    const { analysis, missing } = readAgain(path);
    expect(missing).toEqual([first, second]);
    expect(analysis.programs.filter(({ vmas }) => vmas.length > 0)).toHaveLength(20);
    expect(analysis.programs).toHaveLength(60);
  });
});

describe('a saved report', () => {
  it.each([
    ['of nothing', () => emptyAnalysis()],
    ['of the fixture', () => fixtureAnalysis()],
    ['of many programs', () => manyPrograms()],
    ['of the shipped samples', () => analyze({ captures: ['samples/sets'], jobs: 1 })],
    [
      'of logs and causes',
      () => analyze({ captures: ['samples/causes', 'samples/faults', 'samples/massif'], jobs: 1 }),
    ],
  ] as const)(
    '%s gives the same bytes in each format as the analysis did',
    async (name, make) => {
      const analysis = await make();
      const files = await filesOf(analysis);
      const again = await filesOf(readAgain(saved(name, files)).analysis);
      expect([...again.keys()]).toEqual([...files.keys()]);
      for (const [path, content] of files) expect(again.get(path) === content, path).toBe(true);
    },
    60_000,
  );
});
