import { type ByteSource, OverLimit } from '../byte-source.js';
import { LIMITS } from '../limits.js';

/** What one packed file or archive may still give, whatever lies inside it. */
export class Allowance {
  private unpacked = 0;
  private entries = 0;

  /** @throws OverLimit */
  takeBytes(count: number): void {
    this.unpacked += count;
    if (this.unpacked > LIMITS.unpacked.value) {
      throw new OverLimit('expected at most 16 GiB of unpacked data, found more: the rest is not read');
    }
  }

  /** @throws OverLimit */
  takeEntries(count = 1): void {
    this.entries += count;
    if (this.entries > LIMITS.entries.value) {
      throw new OverLimit('expected at most 100,000 entries in an archive, found more: the rest is not read');
    }
  }
}

/** A source that counts what is taken from it. */
export interface CountedSource extends ByteSource {
  readonly count: () => number;
}

export function countedSource(inner: ByteSource): CountedSource {
  let count = 0;
  const add = (taken: number): number => {
    count += taken;
    return taken;
  };
  return {
    count: () => count,
    read(into, offset) {
      const taken = inner.read(into, offset);
      return typeof taken === 'number' ? add(taken) : taken.then(add);
    },
    close: () => {
      inner.close();
    },
  };
}

/** @throws OverLimit where so many bytes cannot come from so few. */
export function checkRatio(unpacked: number, packed: number): void {
  if (unpacked > LIMITS.ratioFree.value && unpacked > LIMITS.ratio.value * Math.max(1, packed)) {
    throw new OverLimit(
      `expected at most ${LIMITS.ratio.value} bytes of text for each packed byte, found more: this is no capture`,
    );
  }
}

/**
 * Unpacked bytes, which end with OverLimit where they are too many for the packed bytes taken so far.
 * @param packed how many bytes of the file on disk were needed, or a few more
 */
export function limitedSource(unpacked: ByteSource, packed: () => number, allowance: Allowance): ByteSource {
  let given = 0;
  return {
    async read(into, offset) {
      const count = await unpacked.read(into, offset);
      given += count;
      allowance.takeBytes(count);
      checkRatio(given, packed());
      return count;
    },
    close: () => {
      unpacked.close();
    },
  };
}
