import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../src/cli/file-content.js';
import { RunJournal } from '../../src/cli/run-journal.js';
import { temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const path = join(folder, 'journal');
const file = (name: string): string => join(folder, name);

function written(...names: string[]): void {
  const journal = RunJournal.begin(path, 'night 1');
  for (const name of names) {
    writeFileSync(file(name), `content of ${name}`);
    journal.add(name, sha256Of(Buffer.from(`content of ${name}`)));
  }
}

describe('a journal', () => {
  it('knows what was written, as long as it is as it was', () => {
    written('a.html', 'b.html');
    writeFileSync(file('b.html'), 'content of b.htm1');
    const journal = RunJournal.resume(path, 'night 1');
    if (typeof journal === 'string') throw new Error(journal);
    expect(journal.size).toBe(2);
    expect(journal.has('a.html', file('a.html'))).toBe(true);
    expect(journal.has('b.html', file('b.html'))).toBe(false);
    expect(journal.has('c.html', file('a.html'))).toBe(false);
    expect(journal.has('a.html', file('gone.html'))).toBe(false);
  });

  it('is of one input and its options', () => {
    written('a.html');
    expect(RunJournal.resume(path, 'night 2')).toBe('another');
    expect(RunJournal.resume(file('no-journal'), 'night 1')).toBe('none');
    writeFileSync(file('prose'), 'no journal\n');
    expect(RunJournal.resume(file('prose'), 'night 1')).toBe('none');
  });

  it('may be cut anywhere, and goes on behind the cut', () => {
    written('a.html', 'b.html');
    const whole = readFileSync(path);
    const lines = whole.toString('utf8').split('\n');
    for (let end = (lines[0] ?? '').length + 1; end < whole.length; end++) {
      writeFileSync(path, whole.subarray(0, end));
      const journal = RunJournal.resume(path, 'night 1');
      if (typeof journal === 'string') throw new Error(`${journal} at ${end}`);
      const isCut = end < whole.length - 1;
      expect(journal.has('b.html', file('b.html')), `cut at ${end}`).toBe(!isCut);
      journal.add('c.html', sha256Of(Buffer.from('c')));
      writeFileSync(file('c.html'), 'c');
      const next = RunJournal.resume(path, 'night 1');
      expect(typeof next === 'string' ? next : next.has('c.html', file('c.html')), `cut at ${end}`).toBe(true);
    }
  });

  it('passes over lines that it did not write', () => {
    written('a.html');
    appendFileSync(path, '{"name":1,"sha256":""}\nnull\n[]\nprose\n');
    const journal = RunJournal.resume(path, 'night 1');
    expect(typeof journal === 'string' ? journal : journal.size).toBe(1);
  });
});
