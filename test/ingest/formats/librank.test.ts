import { describe, expect, it } from 'vitest';
import { librank } from '../../../src/ingest/formats/librank.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';

// Written from the printf formats of librank.cpp; librank runs on Android only.
const TEXT = ` RSStot       VSS      RSS      PSS      USS  Name/PID
 27204K                                       
             116K      64K      64K      64K    bash [1]
   4276K                                      /system/lib64/libart.so
            6676K    4276K    4276K    4276K    com.example.app:remote [813]
`;

describe('librank', () => {
  it.each([
    TEXT,
    TEXT.replace('USS  ', 'USS     Swap      Oom  '),
    `------ LIBRANK (librank) ------\n${TEXT}[librank: 0.6s elapsed]\n`,
    '"Library","Total_RSS","Process","PID","VSS","RSS","PSS","USS"\n"/a, ""b"".so",42,"/init","[1]",66,42,42,42\n',
  ])('is recognized and says nothing of a process: %j', async (text) => {
    expect(librank.recognizes(text)).toBe(true);
    expect(readText(librank, text)).toEqual({ readings: [], problems: [], rest: '' });
    const { files, captures, problems } = await readFile(text);
    expect(files).toMatchObject([{ format: 'librank', status: 'read' }]);
    expect([captures, problems]).toEqual([[], []]);
  });

  it('leaves lines that are not its own', () => {
    expect(readText(librank, `${TEXT}hello\n`).rest).toBe('hello\n');
    expect(readText(librank, `${TEXT}"${'",1,"'.repeat(100_000)}\n`).rest).not.toBe('');
  });

  it('does not recognize a table of processes', () => {
    expect(librank.recognizes('  PID       Vss      Rss      Pss      Uss  cmdline\n')).toBe(false);
    expect(librank.recognizes('RSStot is a column\n')).toBe(false);
  });
});
