/** A field of a VMA: its name and its amount in kB. */
export type Field = readonly [name: string, kb: number];

export interface VmaText {
  readonly start: number;
  readonly end: number;
  readonly permissions: string;
  readonly path: string;
  readonly fields: readonly Field[];
  /** The line that kernels since 3.8 print last. */
  readonly vmFlags?: string;
}

export const FIELD_NAMES = [
  'Size',
  'Rss',
  'Pss',
  'Shared_Clean',
  'Shared_Dirty',
  'Private_Clean',
  'Private_Dirty',
  'Referenced',
  'Anonymous',
  'Swap',
  'Locked',
] as const;

/** A VMA of one page at page `page`, as a kernel prints it. */
export function vmaText(page: number, path: string, rss: number, extra: Partial<VmaText> = {}): VmaText {
  const fields = FIELD_NAMES.map((name): Field => [name, name === 'Swap' || name.includes('Shared') ? 0 : rss]);
  return {
    start: page * 4096,
    end: (page + 1) * 4096,
    permissions: 'rw-p',
    path,
    fields,
    vmFlags: 'rd wr mr',
    ...extra,
  };
}

/** smaps as Linux prints it. */
export function smapsText(vmas: readonly VmaText[]): string {
  return vmas.map(blockOf).join('');
}

function blockOf({ start, end, permissions, path, fields, vmFlags }: VmaText): string {
  const hex = (address: number): string => address.toString(16).padStart(8, '0');
  const header = `${hex(start)}-${hex(end)} ${permissions} 00000000 00:00 0 `;
  const lines = fields.map(([name, kb]) => `${`${name}:`.padEnd(16)}${String(kb).padStart(8)} kB\n`);
  const flags = vmFlags === undefined ? '' : `VmFlags: ${vmFlags} \n`;
  return `${path === '' ? header : `${header.padEnd(73)}${path}`}\n${lines.join('')}${flags}`;
}

/** A process of three VMAs with this much private memory in its heap. */
export function processText(heapKb: number, program = '/opt/demo/sensord'): string {
  return smapsText([
    vmaText(0x400, program, 4, { permissions: 'r-xp' }),
    vmaText(0x500, '[heap]', heapKb),
    vmaText(0x600, '', 8),
  ]);
}
