import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBytes } from '../../fuzz/read-bytes.js';

const sample = (name: string): Buffer =>
  readFileSync(new URL(`../../../samples/memcheck-xml/${name}`, import.meta.url));

test.each(['leak-example.xml', 'memory-errors.xml'])(
  '%s cut at any byte: what was whole counts, and one problem tells of the cut',
  async (name) => {
    const bytes = sample(name);
    const whole = bytes.toString('latin1');
    const end = whole.indexOf('</valgrindoutput>');
    // Long frames differ in nothing: of each run of 7 bytes one cut, and all near tags.
    for (let at = whole.indexOf('<pid>'); at < end + '</valgrindoutput>'.length; at++) {
      if (at % 7 !== 0 && !/[<>\n]/.test(whole.slice(at - 2, at + 2))) continue;
      const { readings, problems } = await readBytes(bytes.subarray(0, at));
      const ended = whole.slice(0, at).split('</error>').length - 1;
      const found = readings.flatMap((reading) =>
        reading.type === 'diagnosis' ? [...reading.leaks, ...reading.errors] : [],
      );
      if (found.length !== ended) expect(found.length, `records before byte ${at}`).toBe(ended);
      if (problems.length !== 1) expect(problems, `cut at byte ${at}`).toHaveLength(1);
      expect(problems[0]?.code, `cut at byte ${at}`).toMatch(/^(?:truncated-capture|incomplete-log)$/);
    }
  },
  30_000,
);
