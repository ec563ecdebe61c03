import { describe, expect, it } from 'vitest';
import type { LeakReport } from '../../src/model/analysis.js';
import type { StackFrame } from '../../src/model/leaks.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Block } from '../../src/report/document.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { programViews } from '../../src/report/program-view.js';
import { unresolvedFrames } from '../../src/report/sections/unresolved-frames.js';
import { emptyAnalysis, HOSTILE } from './fixture-analysis.js';

function leakOf(frames: StackFrame[]): LeakReport {
  return {
    device: 'lab',
    command: 'sensord',
    tool: 'memcheck',
    kind: 'definite',
    bytes: 8,
    blocks: 1,
    fingerprint: '0',
    frames,
    origins: [{ file: 'a.log', line: 3 }],
  };
}

function blocksOf(frames: StackFrame[]): readonly Block[] {
  const analysis = { ...emptyAnalysis(), leaks: [leakOf(frames)] };
  const [view] = programViews(analysis);
  return view ? unresolvedFrames.build(view, 'report', analysis) : [];
}

function rowsOf(frames: StackFrame[]): string[][] {
  return blocksOf(frames).flatMap((block) =>
    block.type === 'table' ? block.rows.map(({ cells }) => cells.map((cell) => formatCell(cell).text)) : [],
  );
}

describe('addresses without names', () => {
  it('are told by module, each once, with the command that names them', () => {
    const frames = ['13f8', '9', '13f8'].map((offset) => ({
      module: '/opt/demo/sensord',
      offset,
      address: `55${offset}`,
    }));
    expect(rowsOf(frames)).toEqual([['/opt/demo/sensord', '2', 'addr2line -f -C -i -e sensord 0x9 0x13f8']]);
    expect(rowsOf([{ module: 'sensord', offset: '1', buildId: '0bad' }])).toEqual([
      ['sensord', '1', '0bad', 'addr2line -f -C -i -e sensord 0x1'],
    ]);
  });

  it("are where valgrind's executables are linked; a library's place is not known", () => {
    const of = (address: string): string | undefined => rowsOf([{ module: 'x', address }])[0]?.[2];
    expect(of('109156')).toBe('addr2line -f -C -i -e x 0x1156');
    expect(of('401abc')).toBe('addr2line -f -C -i -e x 0x401abc');
    expect(of('4853161')).toMatch(/^where it was loaded is not known/);
    expect(of('not hex')).toMatch(/^where it was loaded is not known/);
  });

  it('are none where a name or a line is known, or no module', () => {
    expect(blocksOf([{ symbol: 'f', module: 'a', offset: '1' }])).toEqual([]);
    expect(blocksOf([{ file: 'a.c', line: 1, module: 'a', offset: '1' }])).toEqual([]);
    expect(blocksOf([{ address: '1' }])).toEqual([]);
  });

  it('make a command that a shell and a tool take for one file', () => {
    const of = (module: string): string | undefined => rowsOf([{ module, offset: '1' }])[0]?.[2];
    expect(of('/x/-rf')).toBe('addr2line -f -C -i -e ./-rf 0x1');
    expect(of('/x/@options')).toBe('addr2line -f -C -i -e ./@options 0x1');
    expect(of("/x/a b'; rm *")).toBe("addr2line -f -C -i -e 'a b'\\''; rm *' 0x1");
    expect(of('/x/$(id)')).toBe("addr2line -f -C -i -e '$(id)' 0x1");
  });

  it('read module+0xoffset in a stack', () => {
    const frame: StackFrame = { module: '/opt/demo/sensord', offset: '13f8', address: '55' };
    expect(formatCell({ type: 'frame', frame }).text).toBe('sensord+0x13f8 (/opt/demo/sensord)');
  });
});

describe('the code of a leak', () => {
  const source = { file: 'src/a.c', line: 2, firstLine: 1, lines: ['{', '\tp = malloc(n);', '}'] };

  it('stands below its stack, in the report and the ticket, with its line marked', () => {
    const analysis = { ...emptyAnalysis(), leaks: [{ ...leakOf([{ symbol: 'f', file: 'a.c', line: 2 }]), source }] };
    for (const document of [compose(analysis), composeTicket(analysis, { device: 'lab', command: 'sensord' })]) {
      const page = renderHtml(document);
      expect(page).toContain('src/a.c:2');
      expect(page).toContain(
        '<li class="source-line meant"><span class="line-number">2</span><code>    p &#x3D; malloc(n);</code></li>',
      );
      const excerpts = page.match(/<figure class="source">/g) ?? [];
      expect(excerpts.length).toBeGreaterThan(0);
      expect(page.match(/<li class="source-line meant">/g)).toHaveLength(excerpts.length);
      expect(page.match(/<li class="source-line">/g)).toHaveLength(2 * excerpts.length);
    }
  });

  it('is escaped', () => {
    const lines = [HOSTILE, '</code><script>x</script>', '\u202e\0'];
    const leak = { ...leakOf([{ symbol: 'f', file: 'a.c', line: 1 }]), source: { ...source, file: HOSTILE, lines } };
    const page = renderHtml(compose({ ...emptyAnalysis(), leaks: [leak] }));
    expect(page).toContain('&lt;/code&gt;&lt;script&gt;');
    expect(page).toContain('\\u202e\\x00');
  });
});
