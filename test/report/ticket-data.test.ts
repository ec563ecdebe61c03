import { describe, expect, it } from 'vitest';
import type { Analysis, VmaReport } from '../../src/model/analysis.js';
import { filesOfProgram, hashesOf } from '../../src/model/program-files.js';
import { composeTicket } from '../../src/report/compose.js';
import type { Document } from '../../src/report/document.js';
import { ticketAttachment, ticketData, ticketPart, VMAS_IN_TICKET_DATA } from '../../src/report/ticket-data.js';
import { fixtureAnalysis } from './fixture-analysis.js';

const SENSORD = { device: 'board-7', command: 'sensord' };

describe('ticketData', () => {
  const analysis = fixtureAnalysis();
  const data = ticketData(analysis, SENSORD);

  it('holds what is known of the program, and nothing of another', () => {
    expect(data.verdicts.map(({ command }) => command)).toEqual(['sensord']);
    expect(data.programs.map(({ command }) => command)).toEqual(['sensord']);
    expect(data.leaks).toEqual(analysis.leaks.filter(({ command }) => command === 'sensord'));
    expect(data.leaks.length).toBeGreaterThan(0);
    expect(JSON.stringify(data)).not.toContain('sawtooth');
  });

  it('makes the same ticket again but for how much went wrong elsewhere', () => {
    const clean = { ...analysis, problems: [] };
    expect(composeTicket(ticketData(clean, SENSORD), SENSORD)).toEqual(composeTicket(clean, SENSORD));
  });

  it('makes the same ticket, whatever other programs do', () => {
    const ticketOf = (run: Analysis): Document => composeTicket(ticketPart(run, SENSORD), SENSORD);
    const programs = analysis.programs.map((program) => ({ ...program, period: { from: 1, to: 2 } }));
    const expected = ticketOf({ ...analysis, programs });
    expect(expected.sections.length).toBeGreaterThan(3);
    const [own, others] = [analysis, analysis].map(({ verdicts }, index) =>
      verdicts.filter(({ command }) => (command === SENSORD.command) === (index === 0)),
    );
    const faster = (others ?? []).map((verdict) => ({ ...verdict, label: 'leak' as const, ratePerHour: 2 ** 40 }));
    const run = { ...analysis, programs, verdicts: [...faster, ...(own ?? [])], period: { from: 0, to: 2 ** 42 } };
    expect(ticketOf({ ...run, sharing: [], kernelFindings: [], devices: [] })).toEqual(expected);
    expect(ticketOf({ ...run, verdicts: (own ?? []).map((verdict) => ({ ...verdict, growth: 1 })) })).not.toEqual(
      expected,
    );
  });

  it('has the problems of the run, of which a ticket tells how many there are', () => {
    expect(composeTicket(ticketPart(analysis, SENSORD), SENSORD).sections.at(-1)?.blocks).toEqual(
      composeTicket(analysis, SENSORD).sections.at(-1)?.blocks,
    );
  });

  it('names its file, and says whose data it is without what a terminal would obey', () => {
    const { name, mediaType, description } = ticketAttachment(analysis, { device: 'x', command: 'a\u001b[2J' });
    expect({ name, mediaType }).toEqual({ name: 'report.json', mediaType: 'application/json' });
    expect(description).not.toContain('\u001b');
  });

  it('keeps the VMAs that grow and hold most, in their order, and the ticket says how many', () => {
    const vmas = Array.from({ length: VMAS_IN_TICKET_DATA + 5 }, (_, n) => vma(n, n % 7 === 0 ? 0 : 4096 * n));
    const programs = analysis.programs.map((report) => (report.command === 'sensord' ? { ...report, vmas } : report));
    const many = { ...analysis, programs };
    const kept = ticketData(many, SENSORD).programs[0]?.vmas ?? [];
    expect(kept).toHaveLength(VMAS_IN_TICKET_DATA);
    expect(kept.map(({ start }) => start)).toEqual(kept.map(({ start }) => start).toSorted());
    const left = vmas.filter((one) => !kept.includes(one));
    expect(left.map(({ rss }) => rss)).toEqual([0, 0, 0, 0, 0]);
    const facts = JSON.stringify(composeTicket(many, SENSORD, { isAttached: true }).facts);
    expect(facts).toContain('"value":2000');
    expect(facts).toContain('"value":2005');
    expect(JSON.stringify(composeTicket(many, SENSORD).facts)).not.toContain('attached');
  });
});

describe('filesOfProgram', () => {
  it('lists what the statements, records and snapshots come from, each once', () => {
    const files = filesOfProgram(fixtureAnalysis(), SENSORD);
    expect(files).toContain('lab/valgrind.4711.log');
    expect(files).toEqual([...new Set(files)]);
    expect(filesOfProgram(fixtureAnalysis(), { device: 'none', command: 'none' })).toEqual([]);
  });

  it('knows a file of an archive', () => {
    const hashes = [{ path: 'a.tar', bytes: 1, sha256: '00' }];
    expect(hashesOf({ hashes }, ['a.tar/b/c', 'a.tar/b'])).toEqual(hashes);
    expect(hashesOf({ hashes }, ['a.tar'])).toEqual(hashes);
    expect(hashesOf({ hashes }, ['a.tarball/b'])).toEqual([]);
  });
});

describe('a ticket that has to be short', () => {
  it.each(['short', 'shortest'] as const)('leaves parts out and names them: %s', (brevity) => {
    const whole = composeTicket(fixtureAnalysis(), SENSORD);
    const { sections } = composeTicket(fixtureAnalysis(), SENSORD, { brevity });
    const left = whole.sections.filter(({ id }) => !sections.some((one) => one.id === id));
    expect(left.length).toBeGreaterThan(1);
    expect(sections.map(({ title }) => title)).toEqual(expect.arrayContaining(['Verdict', 'Data and provenance']));
    for (const { title } of left) expect(JSON.stringify(sections.at(-1))).toContain(title);
  });
});

function vma(number: number, rss: number): VmaReport {
  const start = 0x7f0000000000 + number * 0x2000;
  return {
    start: start.toString(16),
    end: (start + 0x1000).toString(16),
    permissions: 'rw-p',
    pathname: '',
    kind: 'anonymous',
    size: 4096,
    rss,
  };
}
