import { createHash } from 'node:crypto';
import type { Program } from '../model/program.js';
import { programKey } from '../model/program-key.js';

/**
 * The file name, without extension, of a program's ticket: `board-7--sensord`; of a device alone (no command): `board-7`.
 *
 * Only letters, digits, ".", "_" and "-". A name that had to be changed, or that is also another's of `programs` where
 * case does not count, ends in eight hexadecimal digits of its hash: so all are different, and legal on any disk.
 */
export function ticketName(program: Program, programs: readonly Program[]): string {
  return ticketNames(programs)(program);
}

/** As `ticketName`, of any number of programs among the same ones. */
export function ticketNames(programs: readonly Program[]): (program: Program) => string {
  const owners = new Map<string, Set<string>>();
  for (const program of programs) {
    const folded = plainName(program)?.toLowerCase();
    if (folded === undefined) continue;
    const known = owners.get(folded);
    if (known) known.add(programKey(program));
    else owners.set(folded, new Set([programKey(program)]));
  }
  return (program) => {
    const name = plainName(program);
    if (name === undefined) return hashedName(program);
    const all = owners.get(name.toLowerCase());
    const isShared = all !== undefined && all.size > (all.has(programKey(program)) ? 1 : 0);
    return isShared ? hashedName(program) : name;
  };
}

/** `undefined`: it cannot stand as it is. */
function plainName({ device, command }: Program): string | undefined {
  if (!isPlain(device)) return undefined;
  if (command === '') return device;
  return isPlain(command) ? `${device}--${command}` : undefined;
}

function hashedName({ device, command }: Program): string {
  const hash = createHash('sha256').update(programKey({ device, command })).digest('hex').slice(0, 8);
  return `${safe(device)}--${safe(command)}-${hash}`;
}

function safe(name: string): string {
  const kept = name
    .slice(0, LONGEST)
    .split(UNSAFE)
    .filter(Boolean)
    .join('-')
    .replace(/^[-.]+/, '');
  const end = kept.length - (/[-.]*$/.exec(kept)?.[0].length ?? 0);
  const trimmed = kept.slice(0, end);
  return trimmed === '' || RESERVED.test(trimmed) ? 'program' : trimmed;
}

/** Whether a name may stand as it is. "--" is what divides the two, so it may not. */
function isPlain(name: string): boolean {
  return (
    name.length <= LONGEST && PLAIN.test(name) && !name.includes('--') && !RESERVED.test(name) && !HASH_END.test(name)
  );
}

const LONGEST = 60;
const UNSAFE = /[^A-Za-z0-9._]/;
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** What would be taken for a hash of ours, or what a name must not end in. */
const HASH_END = /-[0-9a-f]{8}$|[-.]$/;

/** Device names of Windows, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
