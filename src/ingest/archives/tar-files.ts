import type { ByteSource } from '../byte-source.js';
import { isTar } from './signatures.js';
import { damagedTar, type TarBytes, ZEROS } from './tar-bytes.js';
import { type PaxWords, paddingOf, paxWords, type TarHeader, tarHeader, textIn } from './tar-header.js';

/** No name is longer, and no list of words about a file. */
const LONGEST_WORDS = 4 * 1024 ** 2;

/** The files of a tar archive as they come along. */
export class TarFiles {
  /** Blocks where a whole header should stand: one lost header costs one file. */
  damagedBlocks = 0;
  /** What is left of the current file, and of its last block. */
  private content = 0;
  private padding = 0;

  constructor(private readonly bytes: TarBytes) {}

  /** The next file, folder, link and so on; undefined behind the last. @throws DamagedSource */
  async next(): Promise<TarHeader | undefined> {
    let longName: string | undefined;
    let pax: PaxWords = {};
    for (;;) {
      await this.bytes.skip(this.content + this.padding);
      this.content = this.padding = 0;
      const found = await this.header();
      if (!found) return undefined;
      const { kind } = found;
      if (kind === 'pax') pax = paxWords(await this.words(found));
      else if (kind === 'long name') longName = textIn(await this.words(found));
      else if (kind === 'ignored') this.expect(found.size);
      else {
        const size = kind === 'folder' ? 0 : (pax.size ?? found.size);
        this.expect(size);
        return { ...found, size, name: pax.path ?? (longName || found.name) };
      }
    }
  }

  /** The content of the file that came last; to be read before the next. */
  open(): ByteSource {
    return {
      read: async (into, offset) => {
        if (this.content === 0) return 0;
        const count = await this.bytes.read(into, offset, this.content);
        this.content -= count;
        return count;
      },
      close: () => undefined,
    };
  }

  /** The next whole one; blocks of zeros may stand between archives that were put together. */
  private async header(): Promise<TarHeader | undefined> {
    for (;;) {
      const block = await this.bytes.block();
      if (!block) return undefined;
      if (isTar(block)) return tarHeader(block);
      if (!block.equals(ZEROS)) this.damagedBlocks++;
    }
  }

  private async words({ size }: TarHeader): Promise<Buffer> {
    this.expect(size);
    if (size > LONGEST_WORDS) throw damagedTar('an invalid header');
    const words = Buffer.alloc(size);
    while (this.content > 0) this.content -= await this.bytes.read(words, size - this.content, this.content);
    return words;
  }

  private expect(size: number): void {
    if (!(size >= 0)) throw damagedTar('an invalid header');
    this.content = size;
    this.padding = paddingOf(size);
  }
}
