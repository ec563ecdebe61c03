import { spawn } from 'node:child_process';

/** How a program of this host ended: with its output, or with the reason why there is none. */
export type ToolResult =
  | { readonly output: string }
  | { readonly failure: 'missing' | 'slow' | 'talkative' | 'failed'; readonly detail: string };

export interface ToolLimits {
  readonly milliseconds: number;
  readonly bytes: number;
}

/**
 * Runs a program without a shell, gives it `input`, and returns what it printed to stdout. It never throws.
 *
 * Its environment is PATH and a fixed locale: what would send it to the network (DEBUGINFOD_URLS) or change its output
 * (LLVM_SYMBOLIZER_OPTS) does not reach it.
 */
export function runTool(
  command: string,
  words: readonly string[],
  input: string,
  limits: ToolLimits,
): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, words, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let complaint = '';
    const end = (result: ToolResult): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(result);
    };
    const timer = setTimeout(() => {
      end({ failure: 'slow', detail: `no answer within ${limits.milliseconds / 1000} s` });
    }, limits.milliseconds);
    child.on('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR';
      end({ failure: isMissing ? 'missing' : 'failed', detail: error.message });
    });
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > limits.bytes) end({ failure: 'talkative', detail: `more than ${limits.bytes} bytes of output` });
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < 300) complaint += chunk.toString('utf8').slice(0, 300);
    });
    // It may end before it has read all: then its exit code tells.
    child.stdin.on('error', () => undefined);
    child.on('close', (code) => {
      if (code === 0) end({ output: Buffer.concat(chunks).toString('utf8') });
      else end({ failure: 'failed', detail: complaint.trim().split('\n')[0] || `exit code ${code ?? 'none'}` });
    });
    child.stdin.end(input);
  });
}
