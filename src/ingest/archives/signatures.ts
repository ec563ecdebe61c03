/** How archives begin; apart from their readers, which load packages that most runs never need. */

/** The size of a tar header. */
export const BLOCK = 512;

/** Whether data begins with a header of a tar archive: its checksum is right. Source: POSIX pax, ustar interchange. */
export function isTar(start: Buffer): boolean {
  if (start.length < BLOCK || start[0] === 0) return false;
  const expected = /^[ 0]*([0-7]{1,7})[\0 ]/.exec(start.toString('latin1', 148, 156))?.[1];
  if (expected === undefined) return false;
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += start[i] as number;
  return sum === Number.parseInt(expected, 8);
}

/** Whether data begins as a zip archive: with a file, or with the end of an empty directory. */
export function isZip(start: Buffer): boolean {
  const signature = start.length < 4 ? 0 : start.readUInt32LE();
  return signature === 0x04034b50 || signature === 0x06054b50;
}
