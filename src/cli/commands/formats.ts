import type { CaptureFormat } from '../../ingest/format.js';
import { captureFormats } from '../../ingest/formats/index.js';
import { LIMITS, type Limit } from '../../ingest/limits.js';
import { amount } from '../amount.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { textTable } from '../text-table.js';
import { wrapped } from '../wrapped.js';

/** `memreport formats`: what it can read, with how to capture each. */
export function formatsCommand(
  terminal: Terminal,
  options: { readonly json: boolean; readonly limits: boolean },
): number {
  if (options.limits) return printLimits(terminal, options.json);
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
  const packings =
    'Any of them may be packed (gz, xz, zst, bz2) or in an archive (zip, tar, packed tar), one inside another once, and ' +
    'several may stand in one file. Formats are told by content, not by name. --limits tells how much is read.';
  terminal.data(`\n${wrapped(packings)}`);
  return EXIT.written;
}

/** `memreport formats --limits`: beyond these, something is skipped or refused, and reported. */
function printLimits(terminal: Terminal, json: boolean): number {
  const limits: readonly Limit[] = Object.values(LIMITS);
  if (json) terminal.data(JSON.stringify(limits, null, 1));
  else
    terminal.data(
      textTable([{ title: 'LIMIT', right: true }, { title: 'OF' }, { title: 'WHY' }], limits.map(limitRow)),
    );
  return EXIT.written;
}

function limitRow({ name, value, unit, reason }: Limit): string[] {
  const text = unit === 'bytes' ? amount(value) : `${value.toLocaleString('en-US')} ${unit}`;
  return [text, name, reason];
}

function rowOf({ id, name, howToCapture, refusal }: CaptureFormat): string[] {
  return [id, refusal === undefined ? name : `${name} (refused)`, howToCapture];
}
