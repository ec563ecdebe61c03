import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { WholeFiles } from '../../src/cli/whole-files.js';
import { temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const temporaries = join(folder, 'own');
mkdirSync(temporaries);
const path = (name: string | number): string => join(folder, String(name));
const content = (name: string | number): Buffer => Buffer.from(`content of ${name}`);

describe('files that are written', () => {
  it('get their names in order, and leave nothing else', async () => {
    const files = new WholeFiles(temporaries);
    const named: number[] = [];
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    for (const number of numbers) {
      await files.write(path(number), content(number), () => {
        expect(readFileSync(path(number))).toEqual(content(number));
        named.push(number);
      });
    }
    await files.settled();
    expect(named).toEqual(numbers);
    expect(readdirSync(temporaries)).toEqual([]);
  });

  it('end with the first that cannot be', async () => {
    const files = new WholeFiles(temporaries);
    const named: string[] = [];
    const write = (name: string): Promise<void> => files.write(path(name), content(name), () => named.push(name));
    await write('before');
    await write('no-folder/lost');
    const failure = { exitCode: EXIT.outputNotWritable, message: expect.stringContaining('no-folder/lost') as string };
    const writeMore = async (): Promise<void> => {
      for (let i = 0; i < 50; i++) await write(`behind-${i}`);
    };
    await expect(writeMore()).rejects.toMatchObject(failure);
    await expect(files.settled()).rejects.toMatchObject(failure);
    expect(named).toEqual(['before']);
    expect(existsSync(path('behind-0'))).toBe(false);
  });
});
