import { statSync } from 'node:fs';
import { EXIT, Failure } from './exit-codes.js';
import { systemReason } from './failure-text.js';
import { isStandardInput } from './standard-input.js';

/**
 * To be called before a run begins: what it reads must be there.
 *
 * @param expected in words
 * @throws Failure with the reason why not
 */
export function requireInput(path: string, expected: string): void {
  let found = 'nothing at this path';
  try {
    if (isStandardInput(path) || statSync(path, { throwIfNoEntry: false })) return;
  } catch (error) {
    found = systemReason(error);
  }
  throw new Failure(EXIT.noInput, `${path}: expected ${expected}, found ${found}`);
}
