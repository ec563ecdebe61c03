import type { Verdict } from './verdict.js';

/** Whether a program leaks or may: it is described in full, and gets a ticket. */
export function isAccused({ label }: Pick<Verdict, 'label'>): boolean {
  return label === 'leak' || label === 'suspect';
}
