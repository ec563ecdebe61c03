import type { Analysis, LeakReport } from '../../model/analysis.js';
import type { Comparison } from '../../model/comparison.js';
import { groupBy } from '../../model/group-by.js';
import { isAccused } from '../../model/is-accused.js';
import { siteOf } from '../../model/leaks.js';
import { mainLeakOf } from '../../model/main-leak.js';
import { type Problem, visible } from '../../model/problem.js';
import { programKey } from '../../model/program-key.js';
import type { Statement, Verdict } from '../../model/verdict.js';
import { originText, placeText, symbolText } from './format-cell.js';
import { analysisOf } from './output.js';

/** Places that are told of a statement; the report has the others. */
const PLACES = 3;
/** Problems that are told of the captures. */
const PROBLEMS = 100;

/**
 * A run as JUnit's XML has it, in the form that Jenkins and GitLab read: a suite for each device, in it a test for each
 * program, which fails where the program leaks or may, and is skipped where that could not be told. What was damaged in
 * the captures is said in a suite of its own; it fails nothing.
 *
 * In pieces, since that of a night tells of thousands of devices.
 */
export function* renderJunit(data: Analysis | Comparison): Generator<string> {
  const { verdicts, leaks, problems } = analysisOf(data);
  const leaksOf = groupBy(leaks, programKey);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: 'memreport', ...counts(verdicts) })}>\n`;
  for (const [device, ofDevice] of groupBy(verdicts, (verdict) => verdict.device)) {
    yield `  <testsuite${attributes({ name: device, ...counts(ofDevice) })}>\n`;
    for (const verdict of ofDevice) yield testCase(verdict, leaksOf.get(programKey(verdict)) ?? []);
    yield '  </testsuite>\n';
  }
  yield damages(problems.filter(({ severity }) => severity === 'error'));
  yield '</testsuites>\n';
}

function counts(verdicts: readonly Verdict[]): Record<string, number> {
  const failures = verdicts.filter(isAccused).length;
  const skipped = verdicts.filter(({ label }) => label === 'inconclusive').length;
  return { tests: verdicts.length, failures, errors: 0, skipped };
}

function testCase(verdict: Verdict, leaks: readonly LeakReport[]): string {
  const { device, command, label, grounds, objections, missing } = verdict;
  const leak = mainLeakOf(verdict, leaks);
  const site = leak && isAccused(verdict) ? siteOf(leak.frames) : undefined;
  const name = attributes({ classname: device, name: command, file: site?.file, line: site?.line });
  const message = (grounds[0] ?? objections[0])?.statement ?? missing[0]?.reason ?? '';
  if (isAccused(verdict)) {
    const body = escaped(linesOf(verdict, leak).join('\n'));
    return `    <testcase${name}>\n      <failure${attributes({ type: label, message })}>${body}\n</failure>\n    </testcase>\n`;
  }
  if (label === 'inconclusive') {
    return `    <testcase${name}>\n      <skipped${attributes({ message: missing[0]?.reason ?? message })}/>\n    </testcase>\n`;
  }
  return `    <testcase${name}>\n      <system-out>${escaped(visible(message))}</system-out>\n    </testcase>\n`;
}

/** What a person wants to know who finds a program red: the reasons with their places, and the code. */
function linesOf({ grounds, objections }: Verdict, leak: LeakReport | undefined): string[] {
  const lines = [...grounds.map(withPlaces), ...objections.map((one) => `but: ${withPlaces(one)}`)];
  if (leak) lines.push('allocated at:', ...leak.frames.map((frame) => `    ${symbolText(frame)} ${placeText(frame)}`));
  return lines.map((line) => visible(line.trimEnd()));
}

function withPlaces({ statement, origins }: Statement): string {
  const places = origins.slice(0, PLACES).map(originText);
  return places.length === 0 ? statement : `${statement} (${places.join(', ')})`;
}

function damages(errors: readonly Problem[]): string {
  if (errors.length === 0) return '';
  const lines = errors.slice(0, PROBLEMS).map((problem) => `${originText(problem)}: ${problem.message}`);
  if (errors.length > PROBLEMS) lines.push(`${errors.length - PROBLEMS} more: see report.json`);
  const text = escaped(lines.map(visible).join('\n'));
  return `  <testsuite${attributes({ name: 'captures', tests: 0 })}>\n    <system-err>${text}\n</system-err>\n  </testsuite>\n`;
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${escaped(visible(String(value)))}"`))
    .join('');
}

/** What is visible has nothing else that XML gives a meaning. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
