/** How Docker's json-file driver begins a line. */
const BEGINNING = Buffer.from('{"log":"');
// {"log":"Rss: 4 kB\n","stream":"stderr","time":"2026-01-31T21:00:00.123456789Z"}
const LINE =
  /^\{"log":("(?:[^"\\]|\\.)*"),"stream":"std(?:out|err)"(?:,"attrs":\{[^{}]*\})?,"time":"(\d{4}-\d\d-\d\dT[\d:.]{1,20}Z)"\}\r?$/;

const NEWLINE = 10;

/**
 * Writes the lines that Docker keeps as JSON as `docker logs -t` prints them, in a stretch of whole lines, in place:
 * `2026-01-31T21:00:00.123456789Z Rss: 4 kB`.
 *
 * Source: moby, daemon/logger/jsonfilelog/jsonlog (JSONLogs).
 * @returns where the stretch ends then
 */
export function withoutContainerJson(buffer: Buffer, from: number, to: number): number {
  if (!buffer.subarray(from, to).includes(BEGINNING)) return to;
  let written = from;
  for (let at = from; at < to; ) {
    const newline = buffer.indexOf(NEWLINE, at);
    const end = newline === -1 || newline >= to ? to : newline;
    const isKept = buffer.subarray(at, at + BEGINNING.length).equals(BEGINNING);
    const plain = isKept ? plainLine(buffer.toString('utf8', at, end)) : undefined;
    // What is not longer fits where the line was read.
    if (plain !== undefined && Buffer.byteLength(plain) <= end - at) written += buffer.write(plain, written);
    else written += buffer.copy(buffer, written, at, end);
    if (end < to) buffer[written++] = NEWLINE;
    at = end + 1;
  }
  return written;
}

function plainLine(line: string): string | undefined {
  const [, json, time] = LINE.exec(line) ?? [];
  if (json === undefined || time === undefined) return undefined;
  try {
    // One line each; what the program wrote without a newline has none.
    return `${time} ${(JSON.parse(json) as string).replace(/\r?\n$/, '').replaceAll('\n', ' ')}`;
  } catch {
    return undefined;
  }
}
