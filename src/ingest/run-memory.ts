import type { CaptureFormat } from './format.js';
import { PathInterner } from './path-interner.js';

/** What lives as long as a run: the names of all mappings, and what formats keep from section to section. */
export class RunMemory {
  readonly paths = new PathInterner();
  private readonly byFormat = new Map<CaptureFormat, unknown>();

  kept<T>(format: CaptureFormat, make: () => T): T {
    const known = this.byFormat.get(format);
    if (known !== undefined) return known as T;
    const made = make();
    this.byFormat.set(format, made);
    return made;
  }
}
