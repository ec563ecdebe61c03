import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { LIMITS } from '../../src/ingest/limits.js';
import { SETTLEMENT, verdictRules } from '../../src/judge/rules/index.js';
import { loadLanguage } from '../../src/report/language/languages.js';
import { PARSER_WORDS } from '../../src/report/language/zh-CN/command-line.js';
import { zhCN } from '../../src/report/language/zh-CN/index.js';
import { literalsIn } from './literals.js';

const CHINESE = await loadLanguage('zh-CN');

/** What is not in the catalogue as a whole, or is still English in part. */
function missing(texts: readonly string[], kind?: string): string[] {
  return texts.filter((text) => {
    const said = CHINESE.find(text, kind);
    return said === undefined || /(?<![A-Za-z] )\b[a-z]{3,} [a-z]{2,} [a-z]{3,}/.test(said);
  });
}

const ADVICE = "add each to a file of src/report/language/zh-CN as ['English', 'Chinese']";

/** Programs that begin a command, which Chinese has as it is. */
const COMMAND = /^(?:adb|cat|pmap|smem|valgrind|\/usr\/bin\/time) [^,:]*$/;

describe('the registries that the command line prints are in the catalogue of Chinese', () => {
  it('formats, with how to capture them', () => {
    const names = captureFormats.map(({ name, refusal }) => (refusal === undefined ? name : `${name} (refused)`));
    expect(missing(names, 'format-name'), `${ADVICE}, kind format-name`).toEqual([]);
    const known = new Set(zhCN['how-to-capture']?.map(([english]) => english));
    const ways = captureFormats.map(({ howToCapture }) => howToCapture).filter((way) => !COMMAND.test(way));
    expect(ways.length).toBeGreaterThan(5);
    expect(
      ways.filter((way) => !known.has(way)),
      `${ADVICE}, kind how-to-capture`,
    ).toEqual([]);
  });

  it('limits', () => {
    const limits = Object.values(LIMITS);
    expect(missing(limits.flatMap(({ name, reason }) => [name, reason]))).toEqual([]);
    const values = limits.map(({ unit }) => (unit === 'bytes' ? '8 MiB' : `8 ${unit}`));
    expect(missing(values, 'limit-value'), `${ADVICE}, kind limit-value`).toEqual([]);
  });

  it('rules, thresholds and what settles them', () => {
    expect(missing(verdictRules.flatMap(({ title, description }) => [title, description])), ADVICE).toEqual([]);
    const thresholds = verdictRules.flatMap((rule) => rule.thresholds);
    expect(
      missing(
        thresholds.map(({ name }) => name),
        'threshold',
      ),
    ).toEqual([]);
    expect(
      missing(
        thresholds.map(({ value, unit }) => `${value}${unit === undefined ? '' : ` ${unit}`}`),
        'threshold-value',
      ),
    ).toEqual([]);
    expect(
      missing(
        thresholds.map(({ source }) => source),
        'threshold-source',
      ),
    ).toEqual([]);
    expect(missing(Object.keys(SETTLEMENT), 'weight')).toEqual([]);
    expect(missing(Object.values(SETTLEMENT).flatMap((row) => Object.values(row)))).toEqual([]);
  });
});

describe('the words of help and of wrong command lines are in the catalogue of Chinese', () => {
  /** Patterns of commands (`diff <before> <after>`) and examples of them are the same in all languages. */
  const literals = literalsIn(['cli/command-line.ts', 'cli/command-options.ts'])
    .map(({ text }) => text.replace(/^memreport: /, ''))
    .filter((text) => !/^(?:\$0 |\{1\}$|[a-z-]+ [<[][a-z.]+[>\]])/.test(text));

  it('of commands, options, examples and mistakes', () => {
    expect(literals.length).toBeGreaterThan(45);
    expect(missing(literals.map((text) => text.replace(/\{\d+\}/g, '7'))), ADVICE).toEqual([]);
  });

  it('of the parser itself, with the holes of its English', () => {
    const path = createRequire(import.meta.resolve('yargs')).resolve('./locales/en.json');
    const english = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    expect(Object.keys(english).filter((word) => PARSER_WORDS[word] === undefined)).toEqual([]);
    for (const [word, chinese] of Object.entries(PARSER_WORDS)) {
      const texts = typeof chinese === 'string' ? [chinese] : [chinese.one, chinese.other];
      expect(typeof chinese, word).toBe(typeof english[word]);
      for (const text of texts) {
        expect(text, word).toMatch(/\p{Script=Han}/u);
        expect(text.match(/%s/g), word).toEqual(word.match(/%s/g));
      }
    }
  });
});

it('a missing text is found', () => {
  expect(missing(['a limit that nobody wrote down', 'as JSON'])).toEqual(['a limit that nobody wrote down']);
  expect(missing(['flat', '7 fathoms'], 'threshold-value')).toEqual(['flat', '7 fathoms']);
  expect(COMMAND.test('cat /proc/PID/smaps')).toBe(true);
  expect(COMMAND.test('dmesg, or cat it')).toBe(false);
});
