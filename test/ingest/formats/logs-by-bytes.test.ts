import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../../src/ingest/byte-window.js';
import { LossBytes } from '../../../src/ingest/formats/memcheck-loss-bytes.js';
import { parseLossRecord } from '../../../src/ingest/formats/memcheck-loss-record.js';
import { sanitizer } from '../../../src/ingest/formats/sanitizer.js';
import { FrameHead } from '../../../src/ingest/formats/sanitizer-frame-head.js';
import { parseHeadline, parseLeakHead } from '../../../src/ingest/formats/sanitizer-headline.js';
import { LeakBytes } from '../../../src/ingest/formats/sanitizer-leak-bytes.js';
import { parseSanitizerFrame } from '../../../src/ingest/stack-frames.js';
import { readText } from '../read-text.js';

function windowOf(text: string): ByteWindow {
  const window = new ByteWindow(Buffer.from(text));
  window.end = window.buffer.length;
  return window;
}

describe('the first line of a loss record', () => {
  const read = (line: string) => new LossBytes().read(windowOf(` ${line}`), 0);

  it.each([
    '12,288 bytes in 1 blocks are definitely lost in loss record 3 of 9',
    '640 (64 direct, 576 indirect) bytes in 1 blocks are definitely lost in loss record 2 of 4',
    '1,072 (0 direct, 0 indirect) bytes in 1,000 blocks are still reachable in loss record 1,024 of 2,048',
    '8 bytes in 2 blocks are possibly lost in loss record 1 of 1\r',
    '8, bytes in ,2, blocks are indirectly lost in loss record 1 of 1',
  ])('%j', (line) => {
    expect(read(`${line}\n`)).toEqual(parseLossRecord(line));
  });

  it.each([
    ',8 bytes in 2 blocks are possibly lost in loss record 1 of 1\n',
    '8 bytes in 2 blocks are lost in loss record 1 of 1\n',
    '1,072 (+1,072) bytes in 1 (+1) blocks are still reachable in new loss record 1 of 2\n',
    '9999999999999999 bytes in 2 blocks are possibly lost in loss record 1 of 1\n',
    '8 (, direct, 1 indirect) bytes in 2 blocks are possibly lost in loss record 1 of 1\n',
    '8 (1 direct, , indirect) bytes in 2 blocks are possibly lost in loss record 1 of 1\n',
    '8 bytes in 2 blocks are possibly lost in loss record 1 of 1',
    '8 bytes in 2 blocks are possibly lost in loss record 1 of 1 \n',
    '8 bytes in 2 blocks are possi',
    '',
  ])('is left to the general way: %j', (line) => {
    expect(read(line)).toBeUndefined();
  });
});

describe('the first line of a leak', () => {
  const read = (line: string) => new LeakBytes().read(windowOf(line));

  it.each([
    'Direct leak of 24 byte(s) in 1 object(s) allocated from:',
    'Indirect leak of 0 byte(s) in 12 object(s) allocated from:',
    'Direct leak of 24 byte(s) in 1 object(s) allocated from:\r',
  ])('%j', (line) => {
    expect(read(`${line}\n`)).toEqual(parseLeakHead(line));
  });

  it.each([
    'Direct leak of 24 byte(s) in 1 object(s) allocated from:',
    'Direct leak of 2,4 byte(s) in 1 object(s) allocated from:\n',
    'Direct leak of 9999999999999999 byte(s) in 1 object(s) allocated from:\n',
    'Direct leak of  byte(s) in 1 object(s) allocated from:\n',
    ' Direct leak of 24 byte(s) in 1 object(s) allocated from:\n',
    'Direct leak of 24 byte(s) in 1 object(s) allocated from: x\n',
    'Direct leak',
  ])('is left to the general way: %j', (line) => {
    expect(read(line)).toBeUndefined();
  });
});

describe('the beginning of a frame of a sanitizer', () => {
  it.each(['    #1 0x55b in main a.c:1', '#0 0x7ff078cb89cf  (/lib/x.so+0x1)', '\t#1234  0x0a1 in f'])('%j', (line) => {
    const head = new FrameHead();
    const buffer = Buffer.from(`${line}\n`);
    expect(head.read(buffer, 0)).toBe(true);
    const told = parseSanitizerFrame(line);
    expect([head.number, buffer.toString('latin1', head.digits, head.end)]).toEqual([
      told?.number,
      told?.frame.address,
    ]);
    expect(head.address).toBe(Number.parseInt(told?.frame.address ?? '', 16));
  });

  it.each([
    '    #1 0x55B in main',
    '    #1 0x in main',
    '    #1 0x0123456789abcd in main',
    '    #12345 0x1 in main',
    '    # 0x1 in main',
    '    #1 in main',
    '    #00 pc 0000000000034bd8  /system/lib64/libc.so',
    '    #1',
    '',
  ])('has no blank behind its address, or is left to the general way: %j', (line) => {
    const head = new FrameHead();
    const buffer = Buffer.from(`${line}\n`);
    const isRead = head.read(buffer, 0);
    expect(isRead && buffer[head.end] === 0x20).toBe(false);
  });
});

it('a headline is of the pid next to it, whatever stands before', () => {
  const lines = ['==77==ERROR', '==77===1==ERROR', '==77==x==1==ERROR', '==7:5==ERROR', '==0==ERROR', '==77== ERROR'];
  const log = lines.map((line) => `${line}: AddressSanitizer: heap-use-after-free on address 0x60f0\n`).join('');
  const pids = readText(sanitizer, log).readings.map(({ says }) => says.pid);
  expect(pids).toEqual([...new Set(lines.map((line) => parseHeadline(`${line}: AddressSanitizer: x`)?.pid))]);
});
