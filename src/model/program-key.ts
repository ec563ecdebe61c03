import type { Program } from './program.js';

/** A key for maps: the same for the same device and command, and for no other. */
export function programKey({ device, command }: Program): string {
  return JSON.stringify([device, command]);
}
