import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bundled } from './bundled.js';
import { writeSmaps } from './data.js';
import { writeLogs } from './logs.js';
import { compared, type Finding, run } from './pairs.js';

const SUM_OF_PSS = '/^Pss:/{s+=$2} END{printf "%d\\n", s}';
const LOSSES = '/ in loss record /{n++} END{print n}';
const SANITIZER_LEAKS = '/^(Direct|Indirect) leak of /{n++} END{print n}';

const parse = (folder: string) => {
  const program = bundled('parse');
  return () => run(process.execPath, [program, folder]);
};
const mawk = (program: string, files: readonly string[]) => () => run('mawk', [program, ...files]);

/** The bare parser on smaps of `bytes`: to mawk, wc and C, and to itself on text of other shapes. */
export function smapsReading(folder: string, bytes: number): Finding[] {
  const data = join(folder, 'smaps');
  const files = writeSmaps(data, bytes);
  const toMawk = compared(
    'parse-mawk',
    'every field of every VMA, to mawk summing Pss',
    parse(data),
    mawk(SUM_OF_PSS, files),
    0.8,
  );
  const { pssKilobytes, peakMegabytes } = JSON.parse(toMawk.stdout) as Record<string, number>;
  const sum = Number(mawk(SUM_OF_PSS, files)().stdout);
  if (pssKilobytes !== sum) throw new Error(`expected the sum of mawk, ${sum} kB, found ${String(pssKilobytes)}`);
  const peak: Finding = {
    name: 'parse-memory',
    title: 'peak memory of that in MB',
    figures: { peak: peakMegabytes ?? Number.NaN },
    goal: 150,
    met: (peakMegabytes ?? Number.NaN) <= 150,
  };
  const toWc = compared('parse-wc', 'the same, to wc -l', parse(data), () => run('wc', ['-l', ...files]), 5);
  return [toMawk.finding, peak, toWc.finding, toC(folder, data, files), ...otherShapes(folder, data, bytes)];
}

function toC(folder: string, data: string, files: readonly string[]): Finding {
  const program = join(folder, 'smaps-in-c');
  run('cc', ['-O2', '-o', program, 'test/bench/smaps.c']);
  return compared('parse-c', 'the same, to a plain parser in C', parse(data), () => run(program, files), 1).finding;
}

function otherShapes(folder: string, data: string, bytes: number): Finding[] {
  const mixed = join(folder, 'mixed');
  const young = kernelFields('samples/sets');
  // Every second board has an older kernel: without the fields that it did not print.
  writeSmaps(mixed, bytes, (text, board) => (board % 2 === 0 ? text : withoutFields(text, young)));
  const returns = join(folder, 'crlf');
  writeSmaps(returns, bytes, (text) => Buffer.from(text.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'));
  return [
    compared('parse-mixed', 'smaps of two kernels, to those of one', parse(mixed), parse(data), 1.2).finding,
    compared('parse-crlf', 'smaps with CR LF, to those with LF', parse(returns), parse(data), 1.6).finding,
  ];
}

/** Fields that kernels before 4.14 do not print, of those in the samples. */
function kernelFields(folder: string): RegExp {
  const path = (readdirSync(folder, { recursive: true }) as string[]).find((name) => name.endsWith('/smaps.gz'));
  if (path === undefined) throw new Error(`expected a packed smaps below ${folder}`);
  const names = new Set(
    [
      ...gunzipSync(readFileSync(join(folder, path)))
        .toString('latin1')
        .matchAll(/^([A-Z]\w+):/gm),
    ].map(([, name]) => name),
  );
  const young = ['Pss_Dirty', 'KSM', 'LazyFree', 'ShmemPmdMapped', 'FilePmdMapped', 'THPeligible'];
  return new RegExp(`^(?:${young.filter((name) => names.has(name)).join('|')}):.*\\n`, 'gm');
}

function withoutFields(text: Buffer, fields: RegExp): Buffer {
  return Buffer.from(text.toString('latin1').replace(fields, ''), 'latin1');
}

/** Logs of valgrind and of a sanitizer, to mawk counting their records. */
export function logReading(folder: string, bytes: number): Finding[] {
  const valgrind = join(folder, 'valgrind');
  const valgrindFiles = writeLogs(valgrind, 'memcheck/leak-example.log', bytes);
  const sanitizer = join(folder, 'sanitizer');
  const sanitizerFiles = writeLogs(sanitizer, 'lsan/leak-example.txt', bytes);
  return [
    compared('valgrind', 'logs of valgrind, to mawk', parse(valgrind), mawk(LOSSES, valgrindFiles), 0.8).finding,
    compared('sanitizer', 'logs of LSan, to mawk', parse(sanitizer), mawk(SANITIZER_LEAKS, sanitizerFiles), 0.8)
      .finding,
  ];
}

/** A packed archive of smaps, to zcat of it. */
export function archiveReading(folder: string, bytes: number): Finding[] {
  const data = join(folder, 'to-pack');
  writeSmaps(data, bytes);
  const packed = join(folder, 'packed');
  mkdirSync(packed, { recursive: true });
  const archive = join(packed, 'night.tar.gz');
  run('tar', ['-czf', archive, '-C', data, '.']);
  const zcat = () => run('bash', ['-c', 'zcat "$0" >/dev/null', archive]);
  return [compared('tar-gz', 'smaps in a tar.gz, to zcat', parse(packed), zcat, 1.2).finding];
}
