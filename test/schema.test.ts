import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../src/analyze.js';
import { diff } from '../src/diff.js';
import { inspect } from '../src/inspect.js';
import type { Analysis } from '../src/model/analysis.js';

/**
 * The schemas that are published. Readers must bear new fields; here every field that is written must be described,
 * so objects are closed.
 */
function closedSchema(name: string): object {
  const schema: unknown = JSON.parse(readFileSync(`src/model/${name}`, 'utf8'));
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    const node = value as Record<string, unknown> | null;
    const isObject = node !== null && typeof node === 'object' && node.type === 'object' && 'properties' in node;
    return isObject ? { ...node, additionalProperties: false } : value;
  }) as object;
}

function errorsOf(schema: string, value: unknown): unknown[] {
  const validate = new Ajv2020({ allErrors: true, strict: true }).compile(closedSchema(schema));
  validate(JSON.parse(JSON.stringify(value)));
  return (validate.errors ?? []).slice(0, 5);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

describe('report.json', () => {
  let analysis: Analysis;
  beforeAll(async () => {
    analysis = await analyze({ captures: ['samples'] });
  });

  it('is as its schema says, for all samples at once', () => {
    expect(errorsOf('report.schema.json', analysis)).toEqual([]);
  });

  it('says something in every list, so that the schema is put to the test', () => {
    const { files, programs, leaks, errors, sharing, verdicts, problems } = analysis;
    for (const list of [files, programs, leaks, errors, sharing, verdicts, problems])
      expect(list.length).toBeGreaterThan(0);
  });

  it('gives each program exactly one verdict', () => {
    const key = ({ device, command }: { device: string; command: string }): string => `${device}/${command}`;
    expect(analysis.verdicts.map(key)).toEqual(analysis.programs.map(key));
    expect(new Set(analysis.verdicts.map(key)).size).toBe(analysis.verdicts.length);
  });

  it('holds finite numbers only', () => {
    // JSON turns NaN and infinities into null, which the schema forbids; undefined disappears.
    expect(JSON.stringify(analysis)).not.toMatch(/[:,[]null[,\]}]/);
  });

  it('is refused where a field has another type', () => {
    const broken = { ...analysis, verdicts: [{ ...analysis.verdicts[0], label: 'fine' }] };
    expect(errorsOf('report.schema.json', broken).length).toBeGreaterThan(0);
  });
});

describe('inspect --json', () => {
  it('is as its schema says, for every sample', async () => {
    const files = filesBelow('samples').filter((file) => !file.includes('/sets/'));
    const results = (await inspect(files)).map(({ result }) => result);
    // An archive gives one for each of its members.
    expect(results.length).toBeGreaterThanOrEqual(files.length);
    expect(errorsOf('inspect.schema.json', results)).toEqual([]);
  });
});

describe('diff.json', () => {
  const sides = ['leak-example', 'sawtooth', 'use-after-free'].map((name) => `samples/sets/${name}`);

  it.each(sides.flatMap((before) => sides.map((after) => [before, after] as const)))(
    'is as its schema says for %s and %s',
    async (before, after) => {
      const { comparison } = await diff({ before, after });
      expect(errorsOf('diff.schema.json', comparison)).toEqual([]);
    },
  );

  it('is as its schema says for all samples at once, against some of them', async () => {
    const { comparison } = await diff({ before: 'samples/sets', after: 'samples' });
    expect(errorsOf('diff.schema.json', comparison)).toEqual([]);
    expect(comparison.programs.flatMap(({ errors }) => errors).length).toBeGreaterThan(0);
    const broken = { ...comparison, isSame: 'yes' };
    expect(errorsOf('diff.schema.json', broken).length).toBeGreaterThan(0);
  });
});
