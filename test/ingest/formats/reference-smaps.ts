/** One VMA as the slow reader sees it: its counters in bytes. */
export interface ReferenceVma {
  range: string;
  permissions: string;
  path: string;
  line: number;
  counters: Record<string, number>;
}

const HEADER =
  /^(?<range>[0-9a-f]+-[0-9a-f]+) (?<permissions>[rwxsp-]{4}) [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ \d+ *?(?<path>(?<=^.{73}).*)?$/s;

/** Reads smaps the simplest way there is, line by line with regular expressions: what the fast reader must equal. */
export function referenceSmaps(text: string): ReferenceVma[][] {
  const snapshots: ReferenceVma[][] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const [index, line] of text.split('\n').entries()) {
    const header = HEADER.exec(line)?.groups;
    const field = /^(\w+): +(\d+) kB$/.exec(line);
    if (header) {
      const { range = '', permissions = '', path = '' } = header;
      const start = Number.parseInt(range, 16);
      if (start <= last) snapshots.push([]);
      snapshots.at(-1)?.push({ range, permissions, path, line: index + 1, counters: {} });
      last = start;
    } else if (field) {
      const vma = snapshots.at(-1)?.at(-1);
      if (vma) vma.counters[field[1] ?? ''] = Number(field[2]) * 1024;
    }
  }
  return snapshots;
}
