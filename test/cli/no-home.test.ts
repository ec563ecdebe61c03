import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { memreport, temporaryFolder } from './run-cli.js';

const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';

// Whoever runs in a container may have no home, or none that takes a file.
it.skipIf(!hasEmbedded)(
  'a run without a home has its PDF, and leaves nothing behind',
  () => {
    const root = temporaryFolder();
    const home = join(root, 'home');
    writeFileSync(home, 'a file');
    const out = join(root, 'out');
    const temporary = temporaryFolder();
    const words = ['analyze', 'samples/lsan', '--out', out, '--format', 'pdf', '--browser', 'embedded'];
    const environment = { HOME: home, XDG_CACHE_HOME: '', MEMREPORT_NO_CACHE: '', TMPDIR: temporary };
    const { status, stderr } = memreport(words, environment);
    expect(stderr).not.toContain('no PDF');
    expect(status).toBe(0);
    expect(readFileSync(join(out, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(readdirSync(temporary)).toEqual([]);
  },
  120_000,
);
