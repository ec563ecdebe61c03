import type { CaptureFormat } from '../../ingest/format.js';
import { captureFormats } from '../../ingest/formats/index.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { textTable } from '../text-table.js';

/** `memreport formats`: what it can read, with how to capture each. */
export function formatsCommand(terminal: Terminal, options: { readonly json: boolean }): number {
  if (options.json) {
    const rows = captureFormats.map(({ id, name, specification, howToCapture, refusal }) => ({
      id,
      name,
      howToCapture,
      specification,
      ...(refusal !== undefined && { refusal }),
    }));
    terminal.data(JSON.stringify(rows, null, 1));
    return EXIT.written;
  }
  const columns = [{ title: 'FORMAT' }, { title: 'WHAT IT IS' }, { title: 'HOW TO CAPTURE IT' }];
  terminal.data(textTable(columns, captureFormats.map(rowOf)));
  terminal.data('\nAny of them may be gzipped, and several may stand in one file. Formats are told by content, not by name.');
  return EXIT.written;
}

function rowOf({ id, name, howToCapture, refusal }: CaptureFormat): string[] {
  return [id, refusal === undefined ? name : `${name} (refused)`, howToCapture];
}
