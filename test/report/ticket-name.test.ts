import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticketName } from '../../src/report/ticket-name.js';

const nameOf = (device: string, command: string): string => ticketName({ device, command }, []);

describe('ticketName', () => {
  it('leaves plain names plain', () => {
    expect(nameOf('board-7', 'sensord')).toBe('board-7--sensord');
    expect(nameOf('board-7', 'a.out')).toBe('board-7--a.out');
    expect(nameOf('board-7', '')).toBe('board-7');
  });

  it.each([
    ['../../etc', 'passwd'],
    ['board', '[kworker/0:1]'],
    ['', ''],
    ['con', 'nul.txt'],
    ['a', '.'],
    ['a', '..'],
    ['a--b', 'c'],
    ['日本', '<script>'],
    ['x'.repeat(300), 'y'],
  ])('makes %j, %j safe, with a hash', (device, command) => {
    expect(nameOf(device, command)).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,130}-[0-9a-f]{8}$/);
  });

  it('tells apart names that differ in case only, in any order', () => {
    const programs = [
      { device: 'd', command: 'App' },
      { device: 'd', command: 'app' },
    ];
    const names = programs.map((program) => ticketName(program, programs).toLowerCase());
    expect(new Set(names).size).toBe(2);
    expect(programs.map((program) => ticketName(program, programs.toReversed()).toLowerCase())).toEqual(names);
    expect(ticketName({ device: 'd', command: 'app' }, [{ device: 'd', command: 'app' }])).toBe('d--app');
  });

  it('gives different programs different names that are legal everywhere', () => {
    const part = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[aA.\-_/0f]{0,12}$/));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(part, part), { maxLength: 12, selector: (pair) => JSON.stringify(pair) }),
        (pairs) => {
          const programs = pairs.map(([device, command]) => ({ device, command }));
          const names = programs.map((program) => ticketName(program, programs));
          expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
          for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/);
        },
      ),
      { numRuns: 500 },
    );
  });
});
