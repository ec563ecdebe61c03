import type { CaptureFormat } from '../../ingest/format.js';
import { captureFormats } from '../../ingest/formats/index.js';
import { LIMITS, type Limit } from '../../ingest/limits.js';
import type { Language } from '../../language.js';
import { amount } from '../amount.js';
import { countText } from '../count-text.js';
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
  const { say } = terminal.language;
  const columns = [{ title: say('FORMAT') }, { title: say('WHAT IT IS') }, { title: say('HOW TO CAPTURE IT') }];
  terminal.data(
    textTable(
      columns,
      captureFormats.map((format) => rowOf(format, terminal.language)),
    ),
  );
  const packings =
    'Any of them may be packed (gz, xz, zst, bz2) or in an archive (zip, tar, packed tar), one inside another once, and ' +
    'several may stand in one file. Formats are told by content, not by name. --limits tells how much is read.';
  terminal.data(`\n${wrapped(say(packings))}`);
  return EXIT.written;
}

/** `memreport formats --limits`: beyond these, something is skipped or refused, and reported. */
function printLimits(terminal: Terminal, json: boolean): number {
  const limits: readonly Limit[] = Object.values(LIMITS);
  if (json) {
    terminal.data(JSON.stringify(limits, null, 1));
    return EXIT.written;
  }
  const { say } = terminal.language;
  const columns = [{ title: say('LIMIT'), right: true }, { title: say('WHAT IT BOUNDS') }, { title: say('WHY') }];
  terminal.data(
    textTable(
      columns,
      limits.map((limit) => limitRow(limit, terminal.language)),
    ),
  );
  return EXIT.written;
}

function limitRow({ name, value, unit, reason }: Limit, { say }: Language): string[] {
  const text = unit === 'bytes' ? amount(value) : `${countText(value)} ${unit}`;
  return [say(text, 'limit-value'), say(name), say(reason)];
}

function rowOf({ id, name, howToCapture, refusal }: CaptureFormat, { say }: Language): string[] {
  const called = refusal === undefined ? name : `${name} (refused)`;
  return [id, say(called, 'format-name'), say(howToCapture, 'how-to-capture')];
}
