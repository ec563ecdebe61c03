import { describe, expect, it } from 'vitest';
import { Terminal } from '../../src/cli/terminal.js';

const streamOf = (isTTY: boolean): NodeJS.WriteStream =>
  Object.defineProperty(Object.create(process.stdout) as NodeJS.WriteStream, 'isTTY', { value: isTTY });

const styled = (color: boolean, isTTY: boolean): string =>
  new Terminal({ quiet: false, verbose: false, color }).style(['bold', 'red'], 'leak', streamOf(isTTY));

describe('the terminal', () => {
  it('is coloured where it is one, and nobody asked for none', () => {
    expect(styled(true, true)).toBe('\u001b[1m\u001b[31mleak\u001b[39m\u001b[22m');
    expect(styled(false, true)).toBe('leak');
    expect(styled(true, false)).toBe('leak');
  });
});
