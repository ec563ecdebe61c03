import { readFileSync } from 'node:fs';
import type { DeviceBuild } from '../model/device-build.js';
import type { ProblemCode } from '../model/problem.js';
import type { Instant } from '../model/units.js';
import { findTime } from './time-text.js';

export const MANIFEST_NAME = 'captures.json';

/** What a manifest says of one file, or of every file of its folder. */
export interface ManifestEntry {
  device?: string;
  command?: string;
  pid?: number;
  startTicks?: number;
  takenAt?: Instant;
  build?: DeviceBuild;
}

/**
 * The `captures.json` of a folder: facts that its files do not tell.
 *
 * `{ "device": "board-7", "files": [{ "path": "night/smaps.1", "command": "sensord", "pid": 812,
 *    "takenAt": "2026-01-31T21:00:00Z" }] }`; what stands outside `files` holds for all of the folder.
 * Paths are relative to the manifest; `takenAt` is ISO 8601 or epoch seconds or milliseconds. `model`, `kernel` and
 * `build` say what the device runs, for the report. Other fields are passed over: our capture script writes a manifest
 * with all that it knows of the target into each sample.
 */
export interface Manifest {
  readonly all: ManifestEntry;
  readonly files: ReadonlyMap<string, ManifestEntry>;
}

export type ReportManifest = (code: ProblemCode, message: string) => void;

/** Reads a manifest. What cannot be used is reported and left out; undefined: none of it can be used. */
export function readManifest(path: string, report: ReportManifest): Manifest | undefined {
  return parseManifest(() => readFileSync(path, 'utf8'), report);
}

/** What a manifest says; `text` may fail. */
export function parseManifest(text: () => string, report: ReportManifest): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text().replace(/^\ufeff/, ''));
  } catch (error) {
    report('bad-manifest', `expected JSON as the README describes it, found ${(error as Error).message}`);
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    report('bad-manifest', `expected an object with "files", found ${typeof value}`);
    return undefined;
  }
  const root = (Array.isArray(value) ? { files: value } : value) as Record<string, unknown>;
  const files = new Map<string, ManifestEntry>();
  const entries: unknown[] = Array.isArray(root.files) ? root.files : [];
  for (const entry of entries) {
    const fields = entry as Record<string, unknown> | null;
    if (typeof fields?.path === 'string') files.set(fields.path.replace(/^\.\//, ''), entryOf(fields, report));
    else report('bad-manifest', 'expected a "path" in each of "files"');
  }
  return { all: entryOf(root, report), files };
}

function entryOf(fields: Record<string, unknown>, report: ReportManifest): ManifestEntry {
  const entry: ManifestEntry = {};
  if (typeof fields.device === 'string') entry.device = fields.device;
  if (typeof fields.command === 'string') entry.command = fields.command;
  if (isCount(fields.pid)) entry.pid = fields.pid;
  if (isCount(fields.startTicks)) entry.startTicks = fields.startTicks;
  if (fields.takenAt !== undefined) {
    const time = findTime(JSON.stringify(fields.takenAt));
    if (time) entry.takenAt = time.at;
    else report('bad-manifest', `expected a time in "takenAt", found ${JSON.stringify(fields.takenAt)}`);
  }
  const build = buildOf(fields);
  if (build) entry.build = build;
  return entry;
}

function buildOf(fields: Record<string, unknown>): DeviceBuild | undefined {
  const build: DeviceBuild = {};
  for (const name of ['model', 'kernel', 'build'] as const) {
    const value = fields[name];
    if (typeof value === 'string' && value.trim() !== '') build[name] = value.trim().slice(0, MOST_CHARACTERS);
  }
  return Object.keys(build).length === 0 ? undefined : build;
}

/** Of a name that is told in the report; fingerprints of Android have 60 to 120. */
const MOST_CHARACTERS = 200;

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
