import fc from 'fast-check';
import { kilobytes, oddName, oddPath, pid } from './arbitraries.js';

const sharer = fc.record({
  pid,
  oom: fc.integer({ min: -1000, max: 1000 }),
  amounts: fc.array(kilobytes, { minLength: 5, maxLength: 5 }),
  command: oddName,
});
const library = fc.record({
  name: fc.oneof({ weight: 9, arbitrary: oddPath }, { weight: 1, arbitrary: fc.constantFrom('', '[heap]') }),
  rss: kilobytes,
  sharers: fc.array(sharer, { minLength: 1, maxLength: 4 }),
});

/** Libraries with the processes that map them. */
export const librankDocument = fc.record({
  hasSwap: fc.boolean(),
  hasOom: fc.boolean(),
  libraries: fc.array(library, { minLength: 1, maxLength: 4 }),
});
export type LibrankDocument = typeof librankDocument extends fc.Arbitrary<infer T> ? T : never;

/** As libmeminfo/tools/librank.cpp prints it. */
export function librankText({ hasSwap, hasOom, libraries }: LibrankDocument): string {
  const more = (swap: string, oom: string): string => `${hasSwap ? swap : ''}${hasOom ? oom : ''}`;
  const wide = (title: string): string => `${title.padStart(7)}  `;
  const header = ` RSStot       VSS      RSS      PSS      USS  ${more(wide('Swap'), wide('Oom'))}Name/PID\n`;
  const lines = libraries.flatMap(({ name, rss, sharers }) => [
    `${`${rss}K`.padStart(7)}${' '.repeat(37)}  ${more(wide(''), wide(''))}${name}\n`,
    ...sharers.map(({ pid: id, oom, amounts, command }) => {
      const [vss = 0, ...others] = amounts;
      const shown = others.slice(0, hasSwap ? 4 : 3).map((amount) => `${amount}K      `);
      return `${' '.repeat(7)}${String(vss).padStart(9)}K      ${shown.join('')}${hasOom ? `${oom}    ` : ''}${command} [${id}]\n`;
    }),
  ]);
  return header + lines.join('');
}
