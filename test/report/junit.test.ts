import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.js';
import { visible } from '../../src/model/problem.js';
import { renderJunit } from '../../src/report/outputs/junit.js';
import { fuzzRuns } from '../fuzz/fuzz-runs.js';
import { attackText } from '../hostile/attack-text.js';
import { emptyAnalysis, fixtureAnalysis } from './fixture-analysis.js';

interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** The root of an XML document; throws where it is not well-formed. */
function parsed(xml: string): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return top.children[0] as XmlElement;
}

const suitesOf = (analysis: Analysis): XmlElement => parsed([...renderJunit(analysis)].join(''));

describe('JUnit', () => {
  const root = suitesOf(fixtureAnalysis());
  const cases = root.children.flatMap(({ children }) => children);
  const { verdicts } = fixtureAnalysis();

  it('has a suite for each device, in it a test for each program', () => {
    const suites = root.children.filter(({ attributes }) => attributes.name !== 'captures');
    expect(suites.map(({ attributes }) => attributes.name)).toEqual([
      ...new Set(verdicts.map(({ device }) => visible(device))),
    ]);
    const tests = cases.filter(({ name }) => name === 'testcase');
    expect(tests).toHaveLength(verdicts.length);
    for (const { attributes, children } of [root, ...suites]) {
      const inside = children.flatMap((child) => (child.name === 'testsuite' ? child.children : [child]));
      const below = outcomesOf(inside.filter((child) => child.name === 'testcase'));
      expect(attributes.tests).toBe(String(below.length));
      expect(attributes.failures).toBe(String(below.filter((outcome) => outcome === 'failure').length));
      expect(attributes.skipped).toBe(String(below.filter((outcome) => outcome === 'skipped').length));
    }
  });

  it('fails where a program leaks or may, and is skipped where that could not be told', () => {
    const outcomes = { leak: 'failure', suspect: 'failure', inconclusive: 'skipped', clean: 'system-out' };
    for (const verdict of verdicts) {
      const test = cases.find(
        ({ attributes }) =>
          attributes.classname === visible(verdict.device) && attributes.name === visible(verdict.command),
      );
      expect(test?.children.map((child) => child.name)).toEqual([outcomes[verdict.label]]);
    }
  });

  it('tells of a failure the reasons with their places, and the code', () => {
    const failed = cases.find(({ attributes }) => attributes.name === 'sensord');
    expect(failed?.attributes).toMatchObject({ classname: 'board-7', line: '6' });
    const [failure] = failed?.children ?? [];
    const [ground] = verdicts.find(({ command }) => command === 'sensord')?.grounds ?? [];
    expect(failure?.attributes).toEqual({ type: 'leak', message: ground?.statement });
    expect(failure?.text).toContain('allocated at:\n');
    expect(failure?.text).toContain('make_node');
  });

  it('has no test without programs', () => {
    expect(suitesOf(emptyAnalysis())).toMatchObject({ attributes: { tests: '0' }, children: [] });
  });

  it('tells what was damaged, the first hundred of it, and fails nothing for it', () => {
    const problems = Array.from({ length: 120 }, (_, line) => ({
      severity: 'error' as const,
      code: 'truncated-capture' as const,
      message: 'expected more',
      file: 'board-7/smaps',
      line: line + 1,
    }));
    const [suite] = suitesOf({ ...emptyAnalysis(), problems }).children;
    expect(suite?.attributes).toEqual({ name: 'captures', tests: '0' });
    const lines = suite?.children[0]?.text.trim().split('\n') ?? [];
    expect(lines).toHaveLength(101);
    expect(lines[0]).toBe('board-7/smaps:1: expected more');
    expect(lines.at(-1)).toBe('20 more: see report.json');
  });

  it('keeps its form whatever the names are', () => {
    const [first] = verdicts;
    fc.assert(
      fc.property(attackText, attackText, (command, statement) => {
        if (!first) throw new Error('expected a verdict');
        const grounds = [{ rule: 'r', statement, origins: [{ file: command, line: 1 }] }];
        const verdict = { ...first, label: 'leak' as const, device: command, command, grounds };
        const [suite] = suitesOf({ ...emptyAnalysis(), verdicts: [verdict] }).children;
        expect(suite?.children).toHaveLength(1);
        expect(suite?.children[0]?.children.map((child) => child.name)).toEqual(['failure']);
        expect(suite?.children[0]?.children[0]?.children).toEqual([]);
      }),
      fuzzRuns(200),
    );
  });
});

/** How each test ended. */
function outcomesOf(tests: readonly XmlElement[]): (string | undefined)[] {
  return tests.map(({ children }) => children[0]?.name);
}
