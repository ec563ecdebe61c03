import { baseName, type StackFrame } from '../../model/leaks.js';
import { VALGRIND_LOAD_ADDRESS } from '../../model/load-address.js';
import { compareNames } from '../../model/origin.js';
import { code, count, text } from '../cells.js';
import type { Row } from '../document.js';
import type { ProgramView } from '../program-view.js';
import type { ProgramSection } from '../section.js';

const MODULES = { report: 20, ticket: 5 } as const;
/** So many addresses are written into a command. */
const ADDRESSES = 8;

/** The addresses that no tool named, and what names them. */
export const unresolvedFrames: ProgramSection = {
  id: 'unresolved-frames',
  title: 'Addresses without names',
  build(view, place) {
    const modules = modulesOf(view);
    if (modules.length === 0) return [];
    const total = modules.reduce((sum, { frames }) => sum + frames.size, 0);
    const hasIds = modules.some(({ buildId }) => buildId !== undefined);
    const shown = modules.slice(0, MODULES[place]);
    const rows = shown.map((module) => rowOf(module, hasIds));
    const parts = [
      count(total, ['address', 'addresses']),
      text(' in '),
      count(modules.length, ['module', 'modules']),
      text(total === 1 ? ' has' : ' have'),
      text(' no name: the logs were made with stripped binaries. '),
      code('memreport analyze CAPTURES --symbols DIR'),
      text(' names those that are in the unstripped binaries below DIR; addr2line does it for one module.'),
    ];
    return [
      { type: 'prose', parts },
      {
        type: 'table',
        caption: shown.length < modules.length ? `The first ${shown.length} of ${modules.length} modules` : 'By module',
        columns: [
          { label: 'Module', shape: 'name' },
          { label: 'Addresses', align: 'right', shape: 'plain' },
          ...(hasIds ? [{ label: 'Build id', shape: 'name' } as const] : []),
          { label: 'Command', shape: 'name' },
        ],
        rows,
        empty: '',
      },
    ];
  },
};

/** The nameless frames of one module, each address once. */
interface NamelessModule {
  readonly module: string;
  readonly buildId: string | undefined;
  readonly frames: ReadonlyMap<string, StackFrame>;
}

function modulesOf({ leaks, errors, report }: ProgramView): NamelessModule[] {
  const stacks = [
    ...leaks.map(({ frames }) => frames),
    ...errors.flatMap(({ frames, related }) => [frames, ...related.map((stack) => stack.frames)]),
    ...(report.heapProfiles ?? []).flatMap(({ sites }) => sites.map(({ frames }) => frames)),
  ];
  const modules = new Map<string, { module: string; buildId: string | undefined; frames: Map<string, StackFrame> }>();
  for (const frame of stacks.flat()) {
    const { symbol, line, module, offset, address, buildId } = frame;
    const place = offset ?? address;
    if (symbol !== undefined || line !== undefined || module === undefined || place === undefined) continue;
    const key = JSON.stringify([module, buildId]);
    const known = modules.get(key) ?? { module, buildId, frames: new Map<string, StackFrame>() };
    known.frames.set(place, frame);
    modules.set(key, known);
  }
  return [...modules.values()].sort((a, b) => b.frames.size - a.frames.size || compareNames(a.module, b.module));
}

function rowOf({ module, buildId, frames }: NamelessModule, hasIds: boolean): Row {
  const addresses = [...frames.values()].flatMap((frame) => addressIn(frame) ?? []);
  const words = addresses
    .sort((a, b) => a.length - b.length || compareNames(a, b))
    .slice(0, ADDRESSES)
    .join(' ');
  const command =
    words === ''
      ? text('where it was loaded is not known: capture /proc/PID/maps')
      : code(`addr2line -f -C -i -e ${shellWord(baseName(module))} ${words}`);
  return { cells: [code(module), count(frames.size), ...(hasIds ? [code(buildId)] : []), command] };
}

/**
 * What addr2line takes for a frame. Of an address that valgrind printed, its load address is taken off where that must
 * be it: below 0x400000, where linkers put executables that are not loaded anywhere else. Undefined: a library's, of
 * which only the maps of its process tell where it was loaded.
 */
function addressIn({ offset, address }: StackFrame): string | undefined {
  if (offset !== undefined) return `0x${offset}`;
  if (address === undefined || !/^[0-9a-f]{1,16}$/.test(address)) return undefined;
  const value = BigInt(`0x${address}`);
  if (value >= LIBRARIES) return undefined;
  const isMoved = value >= VALGRIND_LOAD_ADDRESS && value < FIXED_EXECUTABLES;
  return `0x${(isMoved ? value - VALGRIND_LOAD_ADDRESS : value).toString(16)}`;
}

const FIXED_EXECUTABLES = 0x400000n;
/** Where valgrind begins to map what a program loads: coregrind/m_aspacemgr, aspacem_cStart. */
const LIBRARIES = 0x4000000n;

/** A file name as one word for a shell, which no tool takes for an option. */
function shellWord(name: string): string {
  const plain = name.startsWith('-') || name.startsWith('@') ? `./${name}` : name;
  return /^[\w.+/@:-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
}
