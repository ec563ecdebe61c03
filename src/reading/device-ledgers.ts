import { Deserializer, Serializer } from 'node:v8';
import { deflated, inflated } from '../cache/deflated.js';
import { emptyLedger, type Ledger, merge } from '../correlate/ledger.js';
import { type LedgerColumns, ledgerColumns, ledgerOfColumns } from '../correlate/packed-logs.js';
import { compareNames } from '../model/origin.js';

/** What some files tell of one device. */
interface Part {
  readonly content: Ledger | PackedLedger;
  /** Stands for the content; absent where nothing does. */
  readonly key?: string;
}

/** A ledger as bytes: a twentieth of it, since most counters of VMAs are zero and series repeat themselves. */
export type PackedLedger = Uint8Array;

/**
 * What was read of each device but for the logs, put together when the device is asked for. The ledgers of a night would
 * not fit into memory side by side; packed, they do.
 */
export class DeviceLedgers {
  private readonly parts = new Map<string, Part[]>();

  /** @param content must not be used any more */
  add(device: string, content: Ledger | PackedLedger, key?: string): void {
    const part: Part = { content, ...(key !== undefined && { key }) };
    const known = this.parts.get(device);
    if (known) known.push(part);
    else this.parts.set(device, [part]);
  }

  /** @param key stands for all of `other` */
  addAll(other: DeviceLedgers, key?: string): void {
    for (const [device, parts] of other.parts) for (const { content } of parts) this.add(device, content, key);
  }

  /** In the order of their names. */
  devices(): string[] {
    return [...this.parts.keys()].sort(compareNames);
  }

  /** Of how many parts it consists what is known of the device. */
  partsOf(device: string): number {
    return this.contentsOf(device).length;
  }

  /** Stands for all that is known of the device; undefined where nothing does. */
  keysOf(device: string): string[] | undefined {
    const keys = this.contentsOf(device).map(({ key }) => key);
    return keys.every((key) => key !== undefined) ? keys.sort(compareNames) : undefined;
  }

  /** Empty for a device that is not known. Not to be folded into, or merged: it may be asked for again. */
  of(device: string): Ledger {
    return mergedLedger(this.contentsOf(device).map(({ content }) => content));
  }

  /** As `of`, in parts and packed. */
  packedOf(device: string): PackedLedger[] {
    return this.contentsOf(device).map(({ content }) => asPacked(content));
  }

  /** All of them, packed. */
  *packed(): Generator<[device: string, ledger: PackedLedger]> {
    for (const device of this.parts.keys()) for (const ledger of this.packedOf(device)) yield [device, ledger];
  }

  private contentsOf(device: string): readonly Part[] {
    return this.parts.get(device) ?? [];
  }
}

/** One ledger of several, to be read only: it shares their parts. They stay as they were. */
export function mergedLedger(contents: readonly (Ledger | PackedLedger)[]): Ledger {
  const [only] = contents;
  if (only !== undefined && contents.length === 1) return asLedger(only);
  const whole = emptyLedger();
  // One after the other, so that of many parts one at a time is unpacked.
  for (const content of contents) merge(whole, asLedger(content));
  return whole;
}

function asLedger(content: Ledger | PackedLedger): Ledger {
  return content instanceof Uint8Array ? ledgerOfColumns(deserialized(inflated(content))) : content;
}

function asPacked(content: Ledger | PackedLedger): PackedLedger {
  return content instanceof Uint8Array ? content : deflated(serialized(ledgerColumns(content)));
}

/** As `v8.serialize` does, which however calls back for each of the hundreds of arrays of a ledger. */
function serialized(columns: LedgerColumns): Uint8Array {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(columns);
  return serializer.releaseBuffer();
}

function deserialized(bytes: Uint8Array): LedgerColumns {
  const deserializer = new Deserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue() as LedgerColumns;
}
