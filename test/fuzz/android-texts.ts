import fc from 'fast-check';
import { bugreportDocument, bugreportText } from './bugreport-document.js';
import { compactDumpText, type DeviceDump, deviceDump, deviceDumpText } from './dumpsys-device-document.js';
import { processDump, processDumpText } from './dumpsys-process-document.js';
import { librankDocument, librankText } from './librank-document.js';
import { procrankDocument, procrankText } from './procrank-document.js';
import type { SampleText } from './sample-texts.js';
import { showmapCsv, showmapDocument, showmapJson, showmapText } from './showmap-document.js';

const SEED = 20_261_123;

/** One document, the same in each run: the first of those drawn that is `wanted`. */
function oneOf<T>(document: fc.Arbitrary<T>, print: (document: T) => string, wanted: (document: T) => boolean): string {
  const drawn = fc.sample(document, { seed: SEED, numRuns: 500 });
  const found = drawn.find(wanted);
  if (found === undefined) throw new Error('expected a document of the kind among 500, found none');
  return print(found);
}

const withAddresses = oneOfShowmap((drawn) => drawn.hasAddresses && drawn.isVerbose && drawn.columns === 'wide');
const withoutAddresses = oneOfShowmap((drawn) => !drawn.hasAddresses && drawn.columns === 'old');

function oneOfShowmap(
  wanted: (drawn: Parameters<typeof showmapText>[0]) => boolean,
): (print: typeof showmapText) => string {
  return (print) => oneOf(showmapDocument, print, (drawn) => !drawn.isTerse && drawn.areas.length > 2 && wanted(drawn));
}

function oneOfDevice(print: typeof deviceDumpText, version: DeviceDump['version']): string {
  return oneOf(deviceDump, print, (drawn) => drawn.processes.length > 2 && drawn.version === version);
}

/** Android's tools do not run here: a printed document for each format and notation of theirs, by name. */
export const ANDROID_TEXTS = {
  procrank: oneOf(procrankDocument, procrankText, ({ rows, swap }) => rows.length > 3 && swap === 'zram'),
  librank: oneOf(librankDocument, librankText, ({ libraries }) => libraries.length > 2),
  showmap: withAddresses(showmapText),
  'showmap, old': withoutAddresses(showmapText),
  'showmap -o csv': withAddresses(showmapCsv),
  'showmap -o json': withAddresses(showmapJson),
  'dumpsys meminfo of processes': oneOf(
    processDump,
    processDumpText,
    ({ processes, isSummary, titles }) => processes.length > 1 && !isSummary && titles === 'android12',
  ),
  'dumpsys meminfo of the device': oneOfDevice(deviceDumpText, 'android8'),
  'dumpsys meminfo of the device, RSS and PSS': oneOfDevice(deviceDumpText, 'android12'),
  'dumpsys meminfo -c': oneOfDevice(compactDumpText, 'android8'),
  'dumpsys meminfo -c, RSS and PSS': oneOfDevice(compactDumpText, 'android12'),
  bugreport: oneOf(
    bugreportDocument,
    bugreportText,
    ({ procrank, librank, processes, device }) =>
      procrank !== undefined && librank !== undefined && processes !== undefined && device?.version === 'android8',
  ),
} as const satisfies Readonly<Record<string, string>>;

/** The same as texts to be changed. */
export function androidTexts(): SampleText[] {
  return Object.entries(ANDROID_TEXTS).map(([name, text]) => ({ name: `android ${name}`, bytes: Buffer.from(text) }));
}
