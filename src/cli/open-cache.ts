import { RunCache } from '../run-cache.js';
import type { Terminal } from './terminal.js';

/** The user's cache, unless --no-cache or MEMREPORT_NO_CACHE forbids it. */
export function openCache(terminal: Terminal, isWanted: boolean): { readonly cache?: RunCache } {
  if (!isWanted || process.env.MEMREPORT_NO_CACHE) return {};
  const onMessage = (message: string): void => {
    terminal.detail(`memreport: ${message}`);
  };
  return { cache: new RunCache({ environment: process.env, clock: Date.now, onMessage }) };
}
