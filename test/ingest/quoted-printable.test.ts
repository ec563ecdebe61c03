import { expect, it } from 'vitest';
import { isMailEncoded, withoutMailEncoding } from '../../src/ingest/quoted-printable.js';

function decoded(text: string): string {
  const buffer = Buffer.from(text);
  const { length } = buffer;
  return buffer.toString('utf8', 0, isMailEncoded(buffer, 0, length) ? withoutMailEncoding(buffer, 0, length) : length);
}

it('decodes a log in a mail as it was sent', () => {
  expect(decoded('=3D=3D7=3D=3D x=20\n')).toBe('==7== x \n');
  expect(decoded('=3D=3D7=3D=3D=20\r\nM=C3=BCller=\n')).toBe('==7== \r\nMüller\n');
});

it('puts lines together that were cut, and keeps the numbers of the others', () => {
  expect(decoded('=3D=3D7=3D=3D by 0x1: f (in /usr/lib=\n64/libx.so=\r\n.0)\nnext\n')).toBe(
    '==7== by 0x1: f (in /usr/lib64/libx.so.0)\n\n\nnext\n',
  );
  expect(decoded('=3D=3D7=3D=3D a=\n')).toBe('==7== a\n');
});

it.each(['a=3Db\n', '=3D=3D=3D=3D\n', '==7== a=\nb\n', '=3D=3D\n'])('leaves %j alone', (text) => {
  expect(decoded(text)).toBe(text);
});

it('leaves alone what is no code', () => {
  expect(decoded('=3D=3D7=3D=3D a=b =3d =0A =')).toBe('==7== a=b =3d =0A =');
});
