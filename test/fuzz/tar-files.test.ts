import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { extract, type Header, pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { Allowance } from '../../src/ingest/archives/allowance.js';
import { memberPath } from '../../src/ingest/archives/member-path.js';
import { tarArchive } from '../../src/ingest/archives/tar.js';
import { readAll } from '../../src/ingest/capture-file.js';
import { FUZZ_TIMEOUT, fuzzRuns } from './fuzz-runs.js';
import { memorySource } from './memory-source.js';

/** tar-stream is the general way: a package that many use. Ours takes what is damaged, and less time. */
interface Member {
  readonly path: string;
  readonly modifiedAt: number;
  readonly content: string;
}

const entry = fc.record({
  name: fc.oneof(
    fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,3}$/),
    fc.stringMatching(/^([a-z]{20}\/){6,12}[a-zü]{1,40}$/),
    fc.constantFrom('./a/smaps', 'b//c', 'ü/smaps', '../out', '/etc/x', 'a/.hidden'),
  ),
  type: fc.constantFrom<NonNullable<Header['type']>>(
    ...(['file', 'file', 'file', 'contiguous-file'] as const),
    ...(['directory', 'symlink', 'link', 'fifo'] as const),
  ),
  content: fc
    .tuple(fc.string({ maxLength: 40 }), fc.constantFrom(0, 1, 20, 400))
    .map(([text, times]) => text.repeat(times)),
  mtime: fc.integer({ min: 0, max: 2 ** 31 - 1 }).map((seconds) => new Date(seconds * 1000)),
  saysMore: fc.boolean(),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;
const entries = fc.array(entry, { maxLength: 8 });

async function packed(list: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, type, content, mtime, saysMore } of list) {
    const header: Partial<Header> & { name: string } = { name, type, mtime };
    if (!type.endsWith('file')) archive.entry({ ...header, linkname: 'x' });
    else if (saysMore) {
      const size = String(Buffer.byteLength(content));
      archive.entry({ ...header, pax: { comment: 'more', size } }, Buffer.from(content));
    } else archive.entry(header, Buffer.from(content));
  }
  archive.finalize();
  return buffer(archive);
}

/** By the package; only of archives that are whole. */
async function expectedOf(bytes: Buffer): Promise<Member[]> {
  const unpacker = extract();
  unpacker.end(bytes);
  const members: Member[] = [];
  for await (const stream of unpacker) {
    const { name, type, mtime } = stream.header;
    const content = (await buffer(stream)).toString('latin1');
    const found = memberPath(name);
    if (!['file', 'contiguous-file'].includes(type ?? '') || typeof found === 'string') continue;
    members.push({ path: found.path, modifiedAt: mtime?.getTime() ?? 0, content });
  }
  return members;
}

async function membersOf(bytes: Buffer): Promise<{ members: Member[]; damage: string | undefined }> {
  const members: Member[] = [];
  const source = memorySource(bytes);
  let damage: string | undefined;
  try {
    const archive = tarArchive(source, () => bytes.length, new Allowance());
    await archive.walk(
      async (member) => {
        const content = (await readAll(await member.open(), bytes.length)) ?? Buffer.alloc(0);
        members.push({ path: member.path, modifiedAt: member.modifiedAt ?? 0, content: content.toString('latin1') });
      },
      () => undefined,
    );
  } catch (error) {
    damage = (error as Error).message;
  }
  return { members, damage };
}

/** Where members have their headers. */
function headersIn(bytes: Buffer): number[] {
  const blocks = Array.from({ length: bytes.length / 512 }, (_, i) => i * 512);
  return blocks.filter((at) => bytes.toString('latin1', at + 257, at + 262) === 'ustar');
}

describe('a tar archive', () => {
  it('whole has the files that the package finds', { timeout: FUZZ_TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const bytes = await packed(list);
        expect(await membersOf(bytes)).toEqual({ members: await expectedOf(bytes), damage: undefined });
      }),
      fuzzRuns(300),
    );
  });

  it('that is cut has all up to there', { timeout: FUZZ_TIMEOUT }, async () => {
    const share = fc.nat(999_999).map((millionths) => millionths / 1_000_000);
    await fc.assert(
      fc.asyncProperty(entries, share, async (list, at) => {
        const bytes = await packed(list);
        const expected = await expectedOf(bytes);
        const { members, damage } = await membersOf(bytes.subarray(0, Math.floor(at * (bytes.length - 1024))));
        for (const [i, { path, content }] of members.entries()) {
          expect(path).toBe(expected[i]?.path);
          if (i < members.length - 1) expect(content).toBe(expected[i]?.content);
          else expect(expected[i]?.content.startsWith(content)).toBe(true);
        }
        if (members.length > 0) expect(damage).toBeDefined();
      }),
      fuzzRuns(300),
    );
  });

  it('with a wrong byte in a header has all other files', { timeout: FUZZ_TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.nat(), fc.nat(511), async (list, which, at) => {
        const plain = list.filter(({ name, saysMore }) => !saysMore && /^[\w./]{1,40}$/.test(name));
        const bytes = await packed(plain.map((one, i) => ({ ...one, name: `${i}/${one.name}` })));
        const expected = await expectedOf(bytes);
        const headers = headersIn(bytes);
        const header = headers[which % Math.max(1, headers.length)];
        if (header === undefined) return;
        bytes[header + at] = (bytes[header + at] ?? 0) ^ 0x40;
        const { members, damage } = await membersOf(bytes);
        const lost = `${which % headers.length}/`;
        expect(members.filter(({ path }) => !path.startsWith(lost))).toEqual(
          expected.filter(({ path }) => !path.startsWith(lost)),
        );
        expect(damage).toContain('expected a header at the end of each file');
      }),
      fuzzRuns(300),
    );
  });
});
