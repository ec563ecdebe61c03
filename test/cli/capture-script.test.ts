import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { memreport, temporaryFolder } from './run-cli.js';
import { findCommand, runOnTarget, TARGET_SHELLS, targetPath } from './target-shell.js';

const folder = temporaryFolder();
const script = join(folder, 'capture.sh');

beforeAll(() => {
  writeFileSync(script, memreport(['capture-script']).stdout);
});

describe('memreport capture-script', () => {
  it('prints the script, and nothing else', () => {
    const { status, stdout, stderr } = memreport(['capture-script']);
    expect(status).toBe(0);
    expect(stdout).toBe(readFileSync('templates/capture.sh', 'utf8'));
    expect(stderr).toBe('');
  });

  it('is plain POSIX shell', () => {
    const text = readFileSync(script, 'utf8');
    expect(text.startsWith('#!/bin/sh\n')).toBe(true);
    const code = text.replace(/^\s*#.*$/gm, '');
    // What bash takes and dash, ash or mksh may not; here-documents, for which mksh writes files elsewhere.
    const bashisms =
      /\[\[|<<|\$'|&>|\|&|<\(|\$\{\w+(?:\/|:\d|\^|,,)|(?:^|[;&|({]\s*)(?:local|function|declare|typeset|source|let|select)\s|\w\+=|\(\( |\bread -[^r]|\becho -|[^=!<>]==[^=]|\$RANDOM|\$EUID|\$HOSTNAME/m;
    expect(bashisms.exec(code)?.[0]).toBeUndefined();
    for (const sample of [
      'local a=1',
      'if [[ a ]]; then',
      'cat <<EOF',
      '[ a == b ]',
      'x+=1',
      'echo -n a',
      `x=\${a:1}`,
    ]) {
      expect(sample).toMatch(bashisms);
    }
  });

  const shellcheck = findCommand('shellcheck');
  it.skipIf(shellcheck === undefined)(
    `passes shellcheck${shellcheck === undefined ? ' (skipped: shellcheck is not installed)' : ''}`,
    () => {
      const { stdout, status } = spawnSync(shellcheck ?? '', ['-s', 'sh', script], { encoding: 'utf8' });
      expect(stdout).toBe('');
      expect(status).toBe(0);
    },
  );
});

describe.each(TARGET_SHELLS)('the command line of the capture script under $title', (shell) => {
  const path = targetPath(join(folder, `path-${shell.name}`), shell);

  it.skipIf(shell.missing)('is understood', () => {
    expect(spawnSync(shell.program, [...shell.first, '-n', script]).status).toBe(0);
    expect(runOnTarget(shell, script, ['-h'], path).stdout).toContain('usage: sh capture.sh -p PID|NAME');
  });

  it.skipIf(shell.missing).each([
    [[], 2, 'expected -p'],
    [['-p', ','], 2, 'expected -p'],
    [['-p', 'x', '-i', 'soon'], 2, 'expected seconds'],
    [['-p', 'x', '-i', '0.001'], 2, 'at least 0.01'],
    [['-p', 'x', '-n', '-1'], 2, 'whole number'],
    [['-p', 'x', 'y'], 2, 'options only'],
    [['-z'], 2, 'option is wrong'],
    [['-p', '99999999', '-o', folder], 1, 'nothing was taken'],
    [['-p', 'no-such-name', '-i', '0.1', '-n', '2', '-o', folder], 1, 'no process is called no-such-name now'],
  ])('%j: %i, %s', (words, exitCode, message) => {
    const { status, stderr } = runOnTarget(shell, script, words, path);
    expect(stderr).toContain(message);
    expect(status).toBe(exitCode);
  });
});
