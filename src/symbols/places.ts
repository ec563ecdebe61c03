import type { StackCapture } from '../model/capture.js';
import type { StackFrame } from '../model/leaks.js';
import type { VmaTable } from '../model/vma-table.js';
import { stacksOf } from './capture-stacks.js';
import { type AddressSpace, isUnresolved, type PlacedFrame, placeFrame, type Unplaced } from './place-frame.js';
import type { SymbolFiles } from './symbol-files.js';

/** The VMAs of a process, as far as they were captured. */
export type TablesOf = (device: string, pid: number | undefined) => readonly VmaTable[];

/** The places in files of the frames of captures. Logs repeat few frames many times: each is placed once. */
export class Places {
  private readonly spaces = new Map<string, AddressSpace>();
  private readonly placed = new WeakMap<AddressSpace, WeakMap<StackFrame, PlacedFrame | Unplaced>>();
  /** By device and module, why all its frames stay as they are. */
  private readonly misfits = new Map<string, Unplaced>();

  constructor(
    captures: readonly StackCapture[],
    private readonly files: SymbolFiles,
    private readonly tablesOf: TablesOf,
  ) {
    for (const capture of captures) {
      for (const [frames] of stacksOf(capture)) for (const frame of frames) this.check(frame, capture);
    }
  }

  /** Undefined: the frame is not to be looked up. The same for the same frame, and only for that. */
  of(frame: StackFrame, capture: StackCapture): PlacedFrame | Unplaced | undefined {
    if (!isUnresolved(frame)) return undefined;
    const misfit = this.misfits.size > 0 ? this.misfits.get(moduleKey(frame, capture)) : undefined;
    return misfit ?? this.place(frame, this.spaceOf(capture));
  }

  /** Where one address is outside its code, a file is of another build, and its other names are wrong. */
  private check(frame: StackFrame, capture: StackCapture): void {
    const place = isUnresolved(frame) ? this.place(frame, this.spaceOf(capture)) : undefined;
    if (place && 'why' in place && place.isMisfit) this.misfits.set(moduleKey(frame, capture), place);
  }

  private place(frame: StackFrame, space: AddressSpace): PlacedFrame | Unplaced {
    const ofSpace = this.placed.get(space) ?? new WeakMap<StackFrame, PlacedFrame | Unplaced>();
    this.placed.set(space, ofSpace);
    let place = ofSpace.get(frame);
    if (place === undefined) {
      place = placeFrame(frame, this.files, space);
      ofSpace.set(frame, place);
    }
    return place;
  }

  /** Where the kernel says that the code is in which a process failed; else what was captured of the process. */
  private spaceOf(capture: StackCapture): AddressSpace {
    const { device, pid } = capture.context;
    const module = capture.type === 'kernel' ? capture.finding.module : undefined;
    const key = JSON.stringify([device, pid, module]);
    const known = this.spaces.get(key);
    if (known) return known;
    const start = CODE.exec(module ?? '')?.[1];
    const space: AddressSpace =
      start === undefined ? { tables: this.tablesOf(device, pid) } : { tables: [], codeStart: BigInt(`0x${start}`) };
    this.spaces.set(key, space);
    return space;
  }
}

// "sensord[400000+1000]"; since 6.9 "sensord[11a2,5627361e9000+1000]", with the offset in the file
const CODE = /\[(?:[0-9a-f]{1,16},)?([0-9a-f]{1,16})\+[0-9a-f]{1,16}\]$/;

function moduleKey({ module, buildId }: StackFrame, { context }: StackCapture): string {
  return JSON.stringify([context.device, module, buildId]);
}
