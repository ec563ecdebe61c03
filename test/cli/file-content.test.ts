import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { heldContent, LargeText, sha256Of, writeContent } from '../../src/cli/file-content.js';
import { temporaryFolder } from './run-cli.js';

const MEBIBYTE = 1 << 20;

function* pieces(count: number, made: number[] = []): Generator<string> {
  for (let piece = 0; piece < count; piece++) {
    made.push(piece);
    yield `${piece} ü`.padEnd(MEBIBYTE);
  }
}

describe('what a file is to hold', () => {
  it('is held where it is small, however it comes', () => {
    const expected = Buffer.from([...pieces(2)].join(''));
    for (const content of [expected, expected.toString(), pieces(2)]) {
      const held = heldContent(content);
      if (held instanceof LargeText) throw new Error('expected bytes');
      expect(expected.equals(held)).toBe(true);
    }
  });

  it('is made while it is written where it is large', () => {
    const made: number[] = [];
    const held = heldContent(pieces(20, made));
    expect(held).toBeInstanceOf(LargeText);
    expect(made.length).toBeLessThan(12);
    const path = join(temporaryFolder(), 'large');
    const descriptor = openSync(path, 'w');
    const sha256 = writeContent(descriptor, held);
    closeSync(descriptor);
    const expected = Buffer.from([...pieces(20)].join(''));
    expect(readFileSync(path).equals(expected)).toBe(true);
    expect(sha256).toBe(createHash('sha256').update(expected).digest('hex'));
    expect(sha256).toBe(sha256Of(expected));
  });
});
