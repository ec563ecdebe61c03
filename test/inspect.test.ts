import { expect, it } from 'vitest';
import { inspect } from '../src/inspect.js';

it('says by which line each format was recognized, and how each part of the identity is known', async () => {
  const [inspection] = await inspect(['samples/smaps/series.log']);
  const result = inspection?.result;
  expect(result?.formats).toEqual(['smaps']);
  expect(result?.recognizedBy).toHaveLength(1);
  // A date stands above the first snapshot.
  expect(result?.recognizedBy[0]).toMatchObject({ format: 'smaps', line: 2 });
  expect(result?.recognizedBy[0]?.text).toMatch(/^[0-9a-f]+-[0-9a-f]+ r--p .*\/opt\/demo\/leak-example$/);
  expect(result?.snapshots.map(({ sources }) => [sources.takenAt, sources.command])).toEqual(
    Array.from({ length: 5 }, () => ['header', 'content']),
  );
});

it('says every line of meminfo, and of which device and time it is', async () => {
  const [inspection] = await inspect(['samples/sets']).then((all) =>
    all.filter(({ result }) => result.file.endsWith('/meminfo')),
  );
  const [memory, ...others] = inspection?.result.deviceMemory ?? [];
  expect(others).toEqual([]);
  expect(memory?.sources).toMatchObject({ device: expect.any(String) as string, takenAt: 'path' });
  expect(memory?.lines.MemAvailable).toBeGreaterThan(2 ** 30);
  expect(memory?.lines.HugePages_Total).toBe(0);
});
