import { EXIT, Failure } from './exit-codes.js';
import { systemReason } from './failure-text.js';

/** That the output cannot be written there. */
export function notWritable(path: string, error: unknown): Failure {
  return new Failure(
    EXIT.outputNotWritable,
    `${path}: expected a writable place for the report, found ${systemReason(error)}`,
  );
}

/** @throws Failure that names the path where the action fails. */
export function attempt<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw notWritable(path, error);
  }
}
