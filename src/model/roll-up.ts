import type { StackFrame } from './leaks.js';
import type { BytesPerHour, Instant } from './units.js';

/**
 * The same leak over the devices of a run: one program that loses memory at one site, or, where no leak checker names
 * a site, one whose same mapping grows.
 */
export interface RollUp {
  command: string;
  /** The worst of its devices. */
  label: 'leak' | 'suspect';
  /** Of the loss record; absent where no checker names a site. */
  fingerprint?: string;
  /** Where the loss record's stack points to in the user's code. */
  site?: StackFrame;
  /** The mapping that most of the growth is in, on most of the devices. */
  mapping?: string;
  /** How many devices show it. */
  devices: number;
  /** How many devices have a verdict on the program. */
  ofDevices: number;
  /** Over the devices whose growth has a rate; absent where none has. */
  ratePerHour?: RateRange;
  /** Where it grows fastest; without rates the first by name. */
  worst: { device: string; ratePerHour?: BytesPerHour };
  /** When it was first seen to grow: the earliest onset, or first sample of one that grew from there. */
  firstSeen?: Instant;
  /** Devices that show it, the fastest first: at most five. */
  examples: string[];
}

export interface RateRange {
  median: BytesPerHour;
  least: BytesPerHour;
  most: BytesPerHour;
}
