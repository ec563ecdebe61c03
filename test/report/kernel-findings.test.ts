import { describe, expect, it } from 'vitest';
import type { KernelFindingReport } from '../../src/model/analysis.js';
import { compose } from '../../src/report/compose.js';
import type { Block } from '../../src/report/document.js';
import { faultText, kernelFindings } from '../../src/report/sections/kernel-findings.js';
import { emptyAnalysis, fixtureAnalysis } from './fixture-analysis.js';

const leak: KernelFindingReport = {
  device: 'board-7',
  kind: 'kmemleak',
  message: 'unreferenced object 0xdb8040c0 (size 20):',
  command: 'swapper',
  pid: 0,
  address: 'db8040c0',
  size: 20,
  frames: [{ symbol: 'kmem_cache_alloc+0x11e/0x174' }],
  origins: [1, 2, 3].map((night) => ({ file: `night-${night}/kmemleak`, line: 2 })),
};
const fault: KernelFindingReport = {
  device: 'board-8',
  kind: 'segfault',
  message: 'sensord[812]: segfault at 10 ip 0000000000401136 sp 00007ffc0d5209f0 error 6 in sensord[400000+1000]',
  command: 'sensord',
  pid: 812,
  sinceBoot: 12_345.678,
  address: '10',
  access: 'write',
  faultBits: { protection: false, write: true, user: true, reserved: false, instructionFetch: false },
  module: 'sensord[400000+1000]',
  frames: [],
  origins: [{ file: 'board-8/dmesg.txt', line: 9 }],
};

function blocksOf(findings: KernelFindingReport[]): readonly Block[] {
  const analysis = { ...emptyAnalysis(), kernelFindings: findings };
  return kernelFindings.build({ analysis, views: [], detailed: [] });
}

describe('kernel findings in the report', () => {
  it('stand after the programs, and nowhere without findings', () => {
    const ids = (findings: KernelFindingReport[]): string[] =>
      compose({ ...fixtureAnalysis(), kernelFindings: findings }).sections.map(({ id }) => id);
    expect(ids([])).not.toContain('kernel-findings');
    const sections = ids([leak]);
    const programs = sections.filter((id) => id.startsWith('program-'));
    expect(programs.length).toBeGreaterThan(0);
    expect(sections.indexOf('kernel-findings')).toBeGreaterThan(sections.indexOf(programs.at(-1) ?? ''));
  });

  it('have their cause with the VMA that tells it', () => {
    const cause = {
      kind: 'null-page',
      statement: 'a null pointer, with an offset of 0x10',
      origins: [{ file: 'board-8/812/smaps', line: 1 }],
    } as const;
    const facts = blocksOf([{ ...fault, cause: { ...cause, origins: [...cause.origins] } }]).flatMap((block) =>
      block.type === 'facts' ? block.facts : [],
    );
    expect(facts.find(({ label }) => label === 'Cause')?.cells).toEqual([
      { type: 'strong', text: 'null-page' },
      { type: 'text', text: ': a null pointer, with an offset of 0x10' },
      { type: 'text', text: ' ' },
      { type: 'origins', origins: cause.origins },
    ]);
  });

  it('are told device by device, with the task and the count of places', () => {
    const tables = blocksOf([leak, fault]).filter((block) => block.type === 'table');
    expect(tables.map(({ caption }) => caption)).toEqual(['The kernel of board-7', 'The kernel of board-8']);
    expect(tables[0]?.rows[0]?.cells).toEqual([
      { type: 'text', text: 'kmemleak' },
      { type: 'code', text: leak.message },
      { type: 'code', text: 'swapper[0]' },
      { type: 'unknown' },
      { type: 'count', value: 3 },
      { type: 'origins', origins: leak.origins },
    ]);
    expect(tables[1]?.rows[0]?.cells).toContainEqual({ type: 'duration', value: 12_345.678 });
  });

  it('have their stack, and words for the bits of a fault', () => {
    const blocks = blocksOf([leak, fault]);
    expect(blocks.filter(({ type }) => type === 'stack')).toEqual([
      { type: 'stack', title: 'Allocated at', frames: leak.frames },
    ]);
    const [ofLeak, ofFault] = blocks.flatMap((block) => (block.type === 'facts' ? [block.facts] : []));
    expect(ofLeak).toContainEqual({ label: 'Size', cells: [{ type: 'count', value: 20, noun: ['byte', 'bytes'] }] });
    expect(ofFault).toContainEqual({
      label: 'Access',
      cells: [{ type: 'text', text: 'write to a page that is not mapped, from user mode' }],
    });
    expect(ofFault).toContainEqual({ label: 'Code in', cells: [{ type: 'code', text: 'sensord[400000+1000]' }] });
  });

  it.each([
    [
      { protection: false, write: false, user: true, reserved: false, instructionFetch: false },
      'read of a page that is not mapped, from user mode',
    ],
    [
      { protection: true, write: true, user: true, reserved: false, instructionFetch: false },
      'write to a page that does not permit it, from user mode',
    ],
    [
      { protection: true, write: false, user: true, reserved: false, instructionFetch: true },
      'execution of a page that does not permit it, from user mode',
    ],
    [
      { protection: true, write: true, user: false, reserved: true, instructionFetch: false },
      'write to a page that has a damaged table entry, from kernel mode',
    ],
  ])('%j is a %s', (bits, words) => {
    expect(faultText(bits)).toBe(words);
  });

  it('are cut to twenty in full, and the report says so', () => {
    const many = Array.from({ length: 25 }, (_, i) => ({ ...fault, pid: i }));
    const blocks = blocksOf(many);
    expect(blocks.filter(({ type }) => type === 'heading')).toHaveLength(20);
    expect(JSON.stringify(blocks.at(-1))).toContain('The first 20 of 25 kernel findings');
    expect(blocks.find((block) => block.type === 'table')?.rows).toHaveLength(25);
  });
});
