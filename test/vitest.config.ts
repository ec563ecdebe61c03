import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The host's zone and locale must not reach the output: the tests run in an odd zone on purpose.
process.env.TZ = 'Asia/Kathmandu';
process.env.LC_ALL = 'C';
// What is tested is made anew each time.
process.env.MEMREPORT_NO_CACHE = '1';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
