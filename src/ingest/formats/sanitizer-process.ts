import type { LossRecord, MemoryError, StackFrame } from '../../model/leaks.js';
import type { Origin } from '../../model/origin.js';
import type { Reading } from '../format.js';

/** What the sanitizers say of one process, report by report. */
export class SanitizerProcess {
  readonly leaks: LossRecord[] = [];
  readonly errors: MemoryError[] = [];
  command: string | undefined;
  /** How many leak checks reported so far: a program may ask for one at any time. */
  leakChecks = 0;

  constructor(
    readonly pid: number | undefined,
    private readonly origin: Origin,
  ) {}

  /**
   * The process as one reading. The tools print no totals per kind, so there is no summary: the only total, that of
   * SUMMARY, does not part direct from indirect leaks.
   */
  reading(): Reading {
    const command = this.command ?? this.executable();
    return {
      type: 'diagnosis',
      says: {
        ...(this.pid !== undefined && { pid: this.pid }),
        ...(command !== undefined && { command }),
      },
      origin: this.origin,
      leaks: this.leaks,
      errors: this.errors,
      summaries: [],
    };
  }

  /** Takes over what was said without a pid. */
  adopt(other: SanitizerProcess): void {
    this.leaks.push(...other.leaks);
    this.errors.push(...other.errors);
    this.errors.sort((a, b) => a.origin.line - b.origin.line);
  }

  private executable(): string | undefined {
    for (const { frames } of this.leaks) {
      const module = executableOf(frames);
      if (module !== undefined) return module;
    }
    for (const { frames, related } of this.errors) {
      for (const stack of [frames, ...related.map((one) => one.frames)]) {
        const module = executableOf(stack);
        if (module !== undefined) return module;
      }
    }
    return undefined;
  }
}

/** The executable: the object that holds `main`, or what the C library's start calls, or `_start`. */
function executableOf(frames: readonly StackFrame[]): string | undefined {
  let main: StackFrame | undefined;
  let calledByLibrary: StackFrame | undefined;
  let start: StackFrame | undefined;
  let isInLibrary = false;
  let inner: StackFrame | undefined;
  for (const frame of frames) {
    const { symbol } = frame;
    if (symbol === 'main') main ??= frame;
    else if (symbol === '_start') start ??= frame;
    else if (!isInLibrary && symbol?.startsWith('__libc_start_')) {
      isInLibrary = true;
      calledByLibrary = inner;
    }
    inner = frame;
  }
  return [main, calledByLibrary, start].find((frame) => isProgram(frame?.module))?.module;
}

/** Where the compiler left out the frame of `main`, what the C library's start seems to call is in a library. */
function isProgram(module: string | undefined): boolean {
  return module !== undefined && !/\.so(?:\.[\d.]+)?$/.test(module);
}
