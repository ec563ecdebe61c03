import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { listCaptures } from '../../src/ingest/captures-folder.js';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { Ingest } from '../../src/ingest/ingest.js';
import type { Capture, FileRecord, SampleCapture, SnapshotCapture } from '../../src/model/capture.js';
import type { Problem } from '../../src/model/problem.js';
import { copyTable } from '../../src/model/vma-table.js';

/** Writes files by their paths into a new folder `captures`, which is gone after the test; returns its path. */
export function captureTree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const parent = mkdtempSync(join(tmpdir(), 'captures-test-'));
  onTestFinished(() => {
    rmSync(parent, { recursive: true, force: true });
  });
  const root = join(parent, 'captures');
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

export interface ReadCaptures {
  captures: Capture[];
  snapshots: SnapshotCapture[];
  samples: SampleCapture[];
  files: FileRecord[];
  problems: Problem[];
}

/** Reads captures folders as `analyze` does, and keeps what it would pass on. */
export async function readCaptures(...roots: string[]): Promise<ReadCaptures> {
  const read: ReadCaptures = { captures: [], snapshots: [], samples: [], files: [], problems: [] };
  const ingest = new Ingest(captureFormats, {
    capture: (capture) => {
      if (capture.type === 'snapshot') {
        const kept = { ...capture, table: copyTable(capture.table) };
        read.captures.push(kept);
        read.snapshots.push(kept);
      } else {
        read.captures.push(capture);
        if (capture.type === 'sample') read.samples.push(capture);
      }
    },
    file: (record) => read.files.push(record),
    problem: (problem) => read.problems.push(problem),
  });
  const inputs = listCaptures(roots, (problem) => read.problems.push(problem));
  for (const input of inputs) await ingest.read(input);
  return read;
}

/** Reads one file of the given content. */
export async function readFile(content: string | Uint8Array, name = 'capture.txt'): Promise<ReadCaptures> {
  return readCaptures(captureTree({ [name]: content }));
}
