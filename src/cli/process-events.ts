import { exit } from 'node:process';
import { EXIT } from './exit-codes.js';

const CODES = [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
] as const;

export interface ProcessEvents {
  readonly onSignal: () => void;
  /** Stdout takes no more: its disk is full. */
  readonly onStdoutError: (error: Error) => void;
  /** What nobody caught. Returns the exit code. */
  readonly onError: (error: unknown) => number;
}

/**
 * Lets the process end with a documented exit code, whatever ends it. What waits for `exit` cleans up behind itself:
 * files that are not whole, the lock, the browser.
 */
export function watchProcess({ onSignal, onStdoutError, onError }: ProcessEvents): void {
  const handlers = CODES.map(([signal, code]) => {
    const end = (): void => {
      // From here on, another signal ends the process at once.
      for (const [name, handler] of handlers) process.off(name, handler);
      onSignal();
      exit(code);
    };
    return [signal, end] as const;
  });
  for (const [signal, end] of handlers) process.on(signal, end);

  process.on('uncaughtException', (error) => {
    exit(onError(error));
  });

  let isStdoutLost = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that goes away (`memreport formats | head -1`) is no error: what it was to be told is dropped.
    if (error.code === 'EPIPE' || isStdoutLost) return;
    isStdoutLost = true;
    onStdoutError(error);
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => undefined);
  process.once('exit', (code) => {
    if (isStdoutLost && code === EXIT.written) process.exitCode = EXIT.outputNotWritable;
  });
}
