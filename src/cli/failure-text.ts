import { Failure } from './exit-codes.js';
import { inSources } from './source-places.js';

/** What to tell of an error that ends the command: in one line, unless it is a bug. */
export function failureText(error: unknown): string {
  if (error instanceof Failure) return error.message;
  if (isSystemError(error)) {
    return `${error.path ?? 'a file'}: expected the system to let memreport use it, found ${systemReason(error)}`;
  }
  const text = error instanceof Error ? inSources(error.stack ?? error.message) : String(error);
  return `a bug of ours, please report it with the capture that shows it\n${text}`;
}

/** What the system says of an error, without the call and the path behind it. */
export function systemReason(error: unknown): string {
  return error instanceof Error ? (error.message.split(',')[0] ?? '') : String(error);
}

/** One of the disk or the kernel, not of our code. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'errno' in error;
}
