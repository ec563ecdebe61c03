import fc from 'fast-check';

/** An amount in kB: mostly small, up to 2^40. */
export const kilobytes: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.nat(9999) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat(99_999_999) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 ** 40 }) },
);

/** The kernel's largest pid is 4194304. */
export const pid: fc.Arbitrary<number> = fc.integer({ min: 1, max: 4_194_304 });

const ODD_PARTS = [
  ' ',
  '  ',
  '(',
  ')',
  '[',
  ']',
  '"',
  "'",
  ',',
  ';',
  ':',
  '=',
  '==',
  '#1',
  '0x7f',
  ' (deleted)',
  '\\012',
  '12 34',
  'Size:',
];
const PLAIN_PARTS = [
  'sensord',
  'lib',
  '.so.6',
  'a',
  'é',
  '雪',
  '😀',
  '-',
  '_',
  '.',
  '@',
  '+',
  '%',
  '&',
  '*',
  '~',
  '$',
  '7',
];

/** A file's name with blanks, brackets, quotes and letters of the world in it, without blanks at its ends. */
export const oddName: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...PLAIN_PARTS.slice(0, 5)),
    fc.array(fc.constantFrom(...ODD_PARTS, ...PLAIN_PARTS), { maxLength: 6 }),
    fc.constantFrom(...PLAIN_PARTS),
  )
  .map(([first, middle, last]) => `${first}${middle.join('')}${last}`);

export const oddPath: fc.Arbitrary<string> = fc
  .array(oddName, { minLength: 1, maxLength: 3 })
  .map((parts) => `/${parts.join('/')}`);

/** What the kernel writes for a mapping's name. */
export const mappingName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '[heap]', '[stack]', '[vdso]', '[anon:scudo:primary]', '[anon:two words]', '/dev/zero (deleted)'),
  fc.constantFrom('/memfd:a b (deleted)', 'anon_inode:[perf_event]', 'socket:[123]', '/SYSV00000000 (deleted)'),
  oddPath,
);

export interface Area {
  readonly start: number;
  readonly end: number;
  readonly permissions: string;
  readonly offset: number;
  readonly inode: number;
  readonly name: string;
}

const PAGE = 4096;

const permissions = fc
  .tuple(fc.constantFrom('r', '-'), fc.constantFrom('w', '-'), fc.constantFrom('x', '-'), fc.constantFrom('p', 's'))
  .map((letters) => letters.join(''));

/** Areas of one process with ascending addresses; the first is always at the same place. */
export const areas: fc.Arbitrary<readonly Area[]> = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.nat(3), fc.nat(2 ** 30)),
      pages: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 30 })),
      permissions,
      offset: fc.oneof(fc.nat(64), fc.nat(2 ** 36)),
      inode: fc.oneof(fc.constant(0), fc.nat(2 ** 31 - 1)),
      name: mappingName,
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => {
    let at = 0x400000;
    return drawn.map(({ gap, pages, offset, ...rest }, index) => {
      const start = index === 0 ? at : at + gap * PAGE;
      at = start + pages * PAGE;
      return { ...rest, start, end: at, offset: offset * PAGE };
    });
  });

export function hex(value: number, digits = 8): string {
  return value.toString(16).padStart(digits, '0');
}
