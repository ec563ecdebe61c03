import { hexOf } from '../../model/vma-table.js';
import type { ByteWindow } from '../byte-window.js';
import type { CaptureFormat, Section, SectionReader } from '../format.js';
import { VMA_HEADER, VmaHeader } from '../vma-header.js';
import { VmaTableBuilder } from '../vma-table-builder.js';

/**
 * /proc/PID/maps: the headers of smaps without the counters, so it tells address space only, never RSS.
 *
 *     b75e1000-b778b000 r-xp 00000000 08:01 560893      /lib/i386-linux-gnu/libc-2.19.so
 *
 * numa_maps (`559329443000 default file=…`) has no range and is another format.
 * Source: https://docs.kernel.org/filesystems/proc.html
 */
export const maps: CaptureFormat = {
  id: 'maps',
  name: '/proc/PID/maps',
  specification: 'https://docs.kernel.org/filesystems/proc.html',
  howToCapture: 'cat /proc/PID/maps',
  process: 'takes',
  firstLine: /^[0-9a-f]{1,16}-[0-9a-f]{1,16} [r-][w-][x-][sp-] /,
  recognizes: (head) => {
    if (!VMA_HEADER.test(head)) return false;
    const [first = '', second = ''] = head.split('\n', 2);
    return !first.endsWith('[rollup]') && !/^[A-Z]\w*:[ \t]/.test(second);
  },
  open: (section) => new MapsReader(section),
};

class MapsReader implements SectionReader {
  private readonly builder: VmaTableBuilder;
  private readonly header = new VmaHeader();
  private lastStart = -1;

  constructor(private readonly section: Section) {
    this.builder = new VmaTableBuilder(section.paths);
  }

  read(window: ByteWindow): void {
    const { header, builder, section } = this;
    while (window.position < window.end) {
      const { buffer, position, line } = window;
      const newline = window.lineEnd();
      const to = newline > position && buffer[newline - 1] === 13 ? newline - 1 : newline;
      if (!header.read(buffer, position, to)) return;
      if (header.start <= this.lastStart) this.endSnapshot();
      if (header.end <= header.start) {
        const range = `${hexOf(header.start)}-${hexOf(header.end)}`;
        section.problem('warning', 'inverted-range', `expected an end above the start, found "${range}"`, line);
      }
      builder.addRow(header, section.paths.intern(buffer, header.pathStart, to), line);
      this.lastStart = header.start;
      window.position = Math.min(newline + 1, window.end);
      window.line++;
    }
  }

  end(): void {
    this.endSnapshot();
  }

  private endSnapshot(): void {
    const { table } = this.builder;
    this.lastStart = -1;
    if (table.count === 0) return;
    const origin = { file: this.section.file, line: table.line[0] as number };
    this.section.emit({ type: 'snapshot', says: {}, origin, table });
    this.builder.clear();
  }
}
