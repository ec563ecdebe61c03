import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runTool } from '../../src/symbols/run-tool.js';
import { captureTree } from '../ingest/capture-tree.js';

const LIMITS = { milliseconds: 10_000, bytes: 10_000 };

describe('runTool', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('gives the input and returns the output', async () => {
    expect(await runTool('cat', [], 'a\nb\n', LIMITS)).toEqual({ output: 'a\nb\n' });
  });

  it('passes words as they are: no shell reads them', async () => {
    expect(await runTool('printf', ['%s', '$(id) ; | > x'], '', LIMITS)).toEqual({ output: '$(id) ; | > x' });
  });

  it('gives no variable that leads to the network or changes the output', async () => {
    vi.stubEnv('DEBUGINFOD_URLS', 'https://example.org');
    vi.stubEnv('LLVM_SYMBOLIZER_OPTS', '--pretty-print');
    const result = await runTool('env', [], '', LIMITS);
    expect(result).toEqual({ output: expect.stringContaining('LC_ALL=C') as string });
    expect(JSON.stringify(result)).not.toMatch(/DEBUGINFOD|LLVM_SYMBOLIZER/);
  });

  it('says why there is no output', async () => {
    const folder = captureTree({});
    const script = join(folder, 'fails');
    writeFileSync(script, '#!/bin/sh\necho "no such file" >&2\nexit 3\n');
    chmodSync(script, 0o755);
    expect(await runTool(script, [], 'x'.repeat(1_000_000), LIMITS)).toEqual({
      failure: 'failed',
      detail: 'no such file',
    });
    expect(await runTool(join(folder, 'none'), [], '', LIMITS)).toMatchObject({ failure: 'missing' });
    expect(await runTool(folder, [], '', LIMITS)).toMatchObject({ failure: 'missing' });
    expect(await runTool('sleep', ['20'], '', { ...LIMITS, milliseconds: 100 })).toMatchObject({ failure: 'slow' });
    expect(await runTool('yes', [], '', LIMITS)).toMatchObject({ failure: 'talkative' });
  });
});
