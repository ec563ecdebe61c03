import { expect, it } from 'vitest';
import { ShownText } from '../../src/ingest/shown-text.js';

const MAIL = '=3D=3D7=3D=3D by 0x1: f (in /usr/lib=\r\n64/libx.so)=20\n>> =3D=3D7=3D=3D =C3=A9=\n';
const KEPT = '{"log":"==7== \\u001b[1mé\\u001b[0m\\n","stream":"stderr","time":"2026-01-31T21:00:00.1Z"}\r\n';

function linesOf(bytes: Buffer): number {
  return bytes.toString('latin1').split('\n').length;
}

it.each([MAIL, KEPT, MAIL + KEPT, KEPT.repeat(3)])('keeps the number of lines of %j, wherever it is cut', (text) => {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from++) {
    const stretch = Buffer.from(bytes.subarray(from));
    const end = new ShownText().of(stretch, 0, stretch.length);
    expect(end).toBeLessThanOrEqual(stretch.length);
    expect(linesOf(stretch.subarray(0, end))).toBe(linesOf(bytes.subarray(from)));
    const head = Buffer.from(bytes.subarray(0, from));
    expect(linesOf(head.subarray(0, new ShownText().of(head, 0, head.length)))).toBeGreaterThanOrEqual(
      linesOf(bytes.subarray(0, from)),
    );
  }
});

it('touches nothing outside of the stretch', () => {
  const bytes = Buffer.from(`${KEPT}${MAIL}x`);
  const from = Buffer.byteLength(KEPT);
  new ShownText().of(bytes, from, bytes.length - 1);
  expect(bytes.toString('utf8', 0, from)).toBe(KEPT);
  expect(bytes.toString('utf8', bytes.length - 1)).toBe('x');
});
