import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/cli/exit-codes.js';
import { captureFormats } from '../src/ingest/formats/index.js';
import { verdictRules } from '../src/judge/rules/index.js';
import { MAPPING_CATEGORIES } from '../src/model/mapping-category.js';
import { OUTPUTS } from '../src/report/outputs/index.js';

const readme = readFileSync('README.md', 'utf8');

interface Quality {
  readonly precision: { readonly share: number };
  readonly recall: { readonly share: number };
  readonly falsePositives: { readonly share: number };
  readonly f1: number;
}

interface VerdictResults {
  readonly samples: Readonly<Record<string, { readonly leak: Quality }>>;
  readonly all: { readonly leak: Quality };
  readonly others: Readonly<Record<string, Quality>>;
}

/** The rows of the README's first table with this first heading, as cells. */
function table(heading: string): string[][] {
  return tableIn(readme, heading);
}

function tableIn(text: string, heading: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start === -1) throw new Error(`README.md has no table that begins with "${heading}"`);
  const rows: string[][] = [];
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith('|')) break;
    rows.push(
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  }
  return rows;
}

describe('README.md', () => {
  it('lists the formats of the registry, with how to capture each', () => {
    const rows = captureFormats.map(({ id, name, howToCapture }) => [id, name, `\`${howToCapture}\``]);
    expect(table('Format')).toEqual(rows);
  });

  it('lists the rules of the registry', () => {
    const rows = verdictRules.map(({ id, title, description }) => [id, `${title}. ${description}`]);
    expect(table('Rule')).toEqual(rows);
  });

  it('tells of the verdicts what the benchmark found', () => {
    const { samples, all, others } = JSON.parse(readFileSync('test/verdicts/results.json', 'utf8')) as VerdictResults;
    const rows = [
      ...Object.entries(samples).map(([count, { leak }]) => [`memreport, ${count}`, leak] as const),
      ['memreport, all', all.leak] as const,
      ...Object.entries(others),
    ];
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    expect(readme).toContain('### How far to trust it');
    const start = readme.indexOf('### How far to trust it');
    expect(tableIn(readme.slice(start), 'Rule')).toEqual(
      rows.map(([name, { precision, recall, f1, falsePositives }]) => [
        name,
        ...[precision.share, recall.share, f1, falsePositives.share].map(percent),
      ]),
    );
  });

  it('lists the outputs of the registry, with their files', () => {
    const rows = OUTPUTS.map(({ id, fileName, further = [], forTickets, extension, description }) => {
      const names = [
        fileName,
        ...further.map((one) => one.fileName),
        ...(forTickets ? [`tickets/*.${extension}`] : []),
      ];
      return [id, names.map((name) => `\`${name}\``).join(', '), description];
    });
    expect(table('Output')).toEqual(rows);
  });

  it('lists the exit codes', () => {
    const codes = table('Exit').flatMap(([cell = '']) => cell.split(',').map(Number));
    expect(codes.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  it('names scripts and files that are there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const [, name = ''] of readme.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(name);
    for (const [, path = ''] of readme.matchAll(/\]\(([^)#:]+)\)/g)) expect(existsSync(path), path).toBe(true);
    for (const [, path = ''] of readme.matchAll(/`((?:src|samples|templates)\/[\w./-]+)`/g)) {
      if (!path.includes('NAME')) expect(existsSync(path), path).toBe(true);
    }
  });
});

describe('samples/README.md', () => {
  const provenance = readFileSync('samples/README.md', 'utf8');
  const folders = readdirSync('samples', { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it.each(folders.map(({ name }) => name))('has a line for each of %s', (folder) => {
    expect(provenance).toMatch(new RegExp(`^## .*\\b${folder}/`, 'm'));
    for (const name of readdirSync(join('samples', folder))) {
      const stem = name.replace(/\.(?:status|stat)$/, '');
      expect(provenance, `${folder}/${name}`).toContain(stem);
    }
  });
});

describe('src/README.md', () => {
  it('lists the kinds of mappings with their sources', () => {
    const rows = MAPPING_CATEGORIES.map(({ title, source, meaning, dumpsys = '–' }) => [
      `[${title}](${source})`,
      meaning,
      dumpsys,
    ]);
    expect(tableIn(readFileSync('src/README.md', 'utf8'), 'Kind')).toEqual(rows);
  });

  it('names every folder of src', () => {
    const map = readFileSync('src/README.md', 'utf8');
    for (const entry of readdirSync('src', { withFileTypes: true })) {
      if (entry.isDirectory()) expect(map).toContain(`\`${entry.name}/\``);
    }
  });
});
