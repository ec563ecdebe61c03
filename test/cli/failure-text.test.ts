import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT, Failure } from '../../src/cli/exit-codes.js';
import { failureText } from '../../src/cli/failure-text.js';

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('expected a throw');
}

describe('what is told of an error', () => {
  it('is the message of a failure', () => {
    expect(failureText(new Failure(EXIT.usage, '--jobs: expected a number'))).toBe('--jobs: expected a number');
  });

  it('of the system is a line with the path and no stack', () => {
    const error = thrownBy(() => readFileSync('/nowhere/report.hbs'));
    expect(failureText(error)).toBe(
      '/nowhere/report.hbs: expected the system to let memreport use it, found ENOENT: no such file or directory',
    );
  });

  it('of ours has the stack', () => {
    const text = failureText(new TypeError('x is no function'));
    expect(text).toMatch(/^a bug of ours, please report it .*\nTypeError: x is no function\n +at /);
    expect(failureText('thrown')).toMatch(/\nthrown$/);
  });
});
