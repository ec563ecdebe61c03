import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../src/ingest/byte-window.js';
import { firstLineTest } from '../../src/ingest/first-lines.js';
import type { CaptureFormat } from '../../src/ingest/format.js';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { meminfo } from '../../src/ingest/formats/meminfo.js';
import { androidTexts } from '../fuzz/android-texts.js';
import { sampleTexts } from '../fuzz/sample-texts.js';

const texts = [...sampleTexts(), ...androidTexts()];

describe('a line with which no section can begin', () => {
  it('is none that a format recognizes, in any sample', () => {
    const missed: string[] = [];
    const met = new Set<string>();
    for (const { bytes } of texts) {
      const window = new ByteWindow(bytes);
      window.end = bytes.length;
      while (window.position < window.end) {
        const line = window.peekLine() ?? '';
        const head = window.head(1024);
        window.skipLine();
        if (line.trim() === '') continue;
        for (const format of captureFormats) {
          if (!format.recognizes(head)) continue;
          met.add(format.id);
          if (!(format.firstLine?.test(line) ?? true)) missed.push(`${format.id}: ${line}`);
        }
      }
    }
    expect(missed).toEqual([]);
    expect(captureFormats.map(({ id }) => id).filter((id) => !met.has(id))).toEqual(['meminfo']);
  });

  it('is told by every format, so that lines of other programs cost little', () => {
    expect(captureFormats.filter(({ firstLine }) => firstLine === undefined).map(({ id }) => id)).toEqual([]);
    const mayBegin = firstLineTest(captureFormats);
    const foreign = [
      '04-25 09:55:47.799  3064  3082 E AndroidRuntime: java.lang.Exception',
      '  Package [com.example.app] (41d2a9c8):',
      '[   16.199996] usb 1-1: new device',
      'Mon Nov 23 01:06:25 UTC 2026',
    ];
    expect(foreign.filter(mayBegin)).toEqual([]);
  });

  it('may be any where one format does not tell', () => {
    const untold: CaptureFormat = { ...meminfo };
    Reflect.deleteProperty(untold, 'firstLine');
    expect(firstLineTest([untold])('anything')).toBe(true);
    expect(firstLineTest([meminfo])('anything')).toBe(false);
  });
});
