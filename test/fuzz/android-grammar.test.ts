import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permissionsText } from '../../src/model/vma-table.js';
import { bugreportDocument, bugreportSays, bugreportText } from './bugreport-document.js';
import { compactDumpText, deviceDump, deviceDumpSays, deviceDumpText } from './dumpsys-device-document.js';
import { processDump, processDumpSays, processDumpText } from './dumpsys-process-document.js';
import { FUZZ_TIMEOUT, fuzzRuns } from './fuzz-runs.js';
import { librankDocument, librankText } from './librank-document.js';
import { procrankDocument, procrankSays, procrankText } from './procrank-document.js';
import { type FoundInBytes, type FoundReading, readBytes } from './read-bytes.js';
import {
  isShowmapIncomplete,
  showmapCsv,
  showmapDocument,
  showmapJson,
  showmapSays,
  showmapText,
} from './showmap-document.js';

const RUNS = 2000;

/** Prints documents and reads them back. */
async function expectReadBack<T>(
  document: fc.Arbitrary<T>,
  print: (document: T) => string,
  check: (document: T, found: FoundInBytes) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(document, async (drawn) => {
      const text = print(drawn);
      const found = await readBytes(Buffer.from(text));
      check(drawn, found);
      const { used, ignored, reported, read } = found.lines;
      expect([used + ignored + reported, read]).toEqual([read, text.split('\n').length - 1]);
    }),
    fuzzRuns(RUNS),
  );
}

function samplesOf({ readings }: FoundInBytes): unknown[] {
  return readings.map((reading) =>
    reading.type === 'sample' ? { says: reading.says, sample: reading.sample } : reading.type,
  );
}

function rowsOrTotals(reading: FoundReading | undefined): unknown {
  if (reading?.type !== 'snapshot') return reading?.type === 'sample' ? reading.sample : reading?.type;
  const { table } = reading;
  return Array.from({ length: table.count }, (_, i) => ({
    start: table.start[i],
    end: table.end[i],
    permissions: permissionsText(table.permissions[i] ?? 0),
    name: table.paths[table.path[i] ?? -1],
    ...Object.fromEntries([...table.counters].map(([name, column]) => [name, column[i]])),
  }));
}

describe('tables of Android are read back as they were printed', { timeout: FUZZ_TIMEOUT }, () => {
  it('procrank', async () => {
    await expectReadBack(procrankDocument, procrankText, (drawn, found) => {
      expect(samplesOf(found)).toEqual(procrankSays(drawn));
      expect([found.formats, found.problems]).toEqual([['procrank'], []]);
    });
  });

  it('librank, which says nothing of a process', async () => {
    await expectReadBack(librankDocument, librankText, (_, found) => {
      expect([found.formats, found.readings, found.problems]).toEqual([['librank'], [], []]);
    });
  });

  it.each([
    ['text', showmapText],
    ['CSV', showmapCsv],
    ['JSON', showmapJson],
  ] as const)('showmap as %s', async (notation, print) => {
    await expectReadBack(showmapDocument, print, (drawn, found) => {
      const document = notation === 'text' ? drawn : { ...drawn, columns: 'wide' as const };
      expect(found.readings.map(rowsOrTotals)).toEqual([showmapSays(document)]);
      expect(found.formats).toEqual(['showmap']);
      expect(found.problems.map(({ code }) => code)).toEqual(isShowmapIncomplete(document) ? ['incomplete-log'] : []);
    });
  });

  it('dumpsys meminfo of processes', async () => {
    await expectReadBack(processDump, processDumpText, (drawn, found) => {
      expect(samplesOf(found)).toEqual(processDumpSays(drawn));
      expect([found.formats, found.problems]).toEqual([['dumpsys-meminfo-process'], []]);
    });
  });

  it('dumpsys meminfo of the device', async () => {
    await expectReadBack(deviceDump, deviceDumpText, (drawn, found) => {
      expect(samplesOf(found)).toEqual(deviceDumpSays(drawn));
      expect([found.formats, found.problems]).toEqual([['dumpsys-meminfo-system'], []]);
    });
  });

  it('dumpsys meminfo -c', async () => {
    await expectReadBack(deviceDump, compactDumpText, (drawn, found) => {
      expect(samplesOf(found)).toEqual(deviceDumpSays(drawn));
      expect([found.formats, found.problems]).toEqual([['dumpsys-meminfo-compact'], []]);
    });
  });

  it('a bug report with all of them', async () => {
    await expectReadBack(bugreportDocument, bugreportText, (drawn, found) => {
      expect(samplesOf(found)).toEqual(bugreportSays(drawn));
      expect(found.problems).toEqual([]);
      const at = Date.UTC(2012, 3, 25, 18, 30, 27);
      expect(found.readings.filter(({ header }) => header?.takenAt !== at)).toEqual([]);
    });
  });
});
