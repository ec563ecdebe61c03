import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { buildFacts } from '../../src/report/build-facts.js';
import { composeTicket } from '../../src/report/compose.js';
import { deviceParts } from '../../src/report/device-parts.js';
import { ticketData } from '../../src/report/ticket-data.js';
import { wideAnalysis } from './fixture-analysis.js';

const folder = mkdtempSync(join(tmpdir(), 'memreport-builds-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('what runs on the devices', () => {
  it('is told by the manifests of their captures, each build once', async () => {
    const from = 'samples/sets/mmap-leak';
    const [first = '', second = '', third = ''] = readdirSync(from).filter((name) => name.startsWith('2026'));
    for (const [name, build] of [
      [first, 'nightly 41'],
      [second, 'nightly 42'],
      [third, 'nightly 42'],
    ] as const) {
      cpSync(join(from, name), join(folder, 'board', name), { recursive: true });
      writeFileSync(
        join(folder, 'board', name, 'captures.json'),
        JSON.stringify({ device: 'board', kernel: '6.1.0', build, uptime: 12 }),
      );
    }
    mkdirSync(join(folder, 'other'));
    cpSync(join(from, first), join(folder, 'other', first), { recursive: true });
    const analysis = await analyze({ captures: [folder], jobs: 1 });
    expect(analysis.builds).toEqual([
      { device: 'board', kernel: '6.1.0', build: 'nightly 41' },
      { device: 'board', kernel: '6.1.0', build: 'nightly 42' },
    ]);
    expect(buildFacts(analysis, 'other')).toEqual([]);
    const { facts } = composeTicket(analysis, { device: 'board', command: 'mmap-leak' });
    expect(facts.slice(0, 3)).toEqual([
      { label: 'Device', cells: [{ type: 'code', text: 'board' }] },
      {
        label: 'Build',
        cells: [
          { type: 'code', text: 'nightly 41' },
          { type: 'text', text: ', ' },
          { type: 'code', text: 'nightly 42' },
        ],
      },
      { label: 'Kernel', cells: [{ type: 'code', text: '6.1.0' }] },
    ]);
  });

  it('stands in the data of a ticket and of a device as far as it is about that device', () => {
    const wide = wideAnalysis(60, 1);
    const builds = wide.programs.map(({ device }) => ({ device, build: `of ${device}` }));
    const analysis = { ...wide, builds };
    const [program] = wide.programs;
    if (!program) throw new Error('expected a program');
    expect(ticketData(analysis, program).builds).toEqual(builds.filter(({ device }) => device === program.device));
    const parts = [...deviceParts(analysis)];
    expect(parts.length).toBeGreaterThan(0);
    for (const { device, part } of parts) {
      expect(part.builds).toEqual(builds.filter((build) => build.device === device));
    }
  });

  it('is nothing where no manifest tells', async () => {
    expect(await analyze({ captures: ['samples/sets/sawtooth'], jobs: 1 })).not.toHaveProperty('builds');
  });
});
