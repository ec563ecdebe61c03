import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaptureFormat, LineReader } from '../../src/ingest/format.js';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { memcheck } from '../../src/ingest/formats/memcheck.js';
import { MemcheckLines, MemcheckReader } from '../../src/ingest/formats/memcheck-reader.js';
import { memcheckXml } from '../../src/ingest/formats/memcheck-xml.js';
import { MemcheckXmlReader } from '../../src/ingest/formats/memcheck-xml-reader.js';
import { sanitizer } from '../../src/ingest/formats/sanitizer.js';
import { KnownSanitizerLines } from '../../src/ingest/formats/sanitizer-known-lines.js';
import { SanitizerReader } from '../../src/ingest/formats/sanitizer-reader.js';
import { lineReader } from '../../src/ingest/line-reader.js';
import { RunMemory } from '../../src/ingest/run-memory.js';
import { FUZZ_TIMEOUT, fuzzRuns } from './fuzz-runs.js';
import { mutated, mutations } from './mutate.js';
import { readBytes } from './read-bytes.js';
import { sampleTexts, stretches } from './sample-texts.js';

const COUNT = 5000;

/** The same reader, which is told each line as text. */
function byText(reader: LineReader): LineReader {
  return {
    line: (text, number) => reader.line(text, number),
    end: (atEndOfFile) => {
      reader.end(atEndOfFile);
    },
    isUnfinished: () => reader.isUnfinished?.() ?? false,
    goesOnWith: (line) => reader.goesOnWith?.(line) ?? false,
  };
}

const memcheckLines = new MemcheckLines();
const sanitizerLines = new KnownSanitizerLines();
const textReaders = new Map<CaptureFormat, CaptureFormat['open']>([
  [memcheck, (section) => lineReader(byText(new MemcheckReader(section, memcheckLines)))],
  // Every element is the XML parser's.
  [memcheckXml, (section) => new MemcheckXmlReader(section, { read: () => undefined })],
  [sanitizer, (section) => lineReader(byText(new SanitizerReader(section, sanitizerLines)))],
]);
const textFormats = captureFormats.map(
  (format): CaptureFormat => ({
    ...format,
    open: (section) => textReaders.get(format)?.(section) ?? format.open(section),
  }),
);

const texts = sampleTexts()
  .filter(({ name }) => /^(?:asan|lsan|memcheck)/.test(name))
  .flatMap((sample) => stretches(sample, 4096));

/** Processes and addresses of other runs. */
const asOfAnotherRun = (bytes: Buffer, shift: number): Buffer =>
  Buffer.from(
    bytes
      .toString('latin1')
      .replaceAll(/(?<===)\d(?=\d*==)/g, (digit) => String((Number(digit) + shift) % 10))
      .replaceAll(/(?<= 0x\w*)[3-8](?=\w{4} )/g, (digit) => String(3 + ((Number(digit) + shift) % 6))),
    'latin1',
  );

it('tells of a log by its bytes what it tells by its lines, whatever it has read before', {
  timeout: FUZZ_TIMEOUT,
}, async () => {
  // What was learned from one damaged log stands for all that follow.
  const run = new RunMemory();
  const document = fc.record({
    text: fc.constantFrom(...texts),
    other: fc.constantFrom(...texts),
    shift: fc.nat(9),
    hasReturns: fc.boolean(),
    changes: mutations,
  });
  await fc.assert(
    fc.asyncProperty(document, async ({ text, other, shift, hasReturns, changes }) => {
      const log = mutated(asOfAnotherRun(text.bytes, shift), changes, other.bytes);
      const bytes = hasReturns ? Buffer.from(log.toString('latin1').replaceAll('\n', '\r\n'), 'latin1') : log;
      expect(await readBytes(bytes, run)).toEqual(await readBytes(bytes, new RunMemory(), textFormats));
    }),
    fuzzRuns(COUNT),
  );
});
