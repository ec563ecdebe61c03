import { beforeAll, describe, expect, it } from 'vitest';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Block, Cell, Document } from '../../src/report/document.js';
import { renderGithub } from '../../src/report/outputs/markup-github.js';
import { renderJira } from '../../src/report/outputs/markup-jira.js';
import { markdownPage } from '../hostile/markdown-shape.js';
import { fixtureAnalysis, wideAnalysis } from './fixture-analysis.js';

const GITHUB_LIMIT = 65_536;
const JIRA_LIMIT = 32_767;

function documentOf(...blocks: Block[]): Document {
  return {
    kind: 'Memory report',
    title: 'captures',
    facts: [],
    sections: [{ id: 'section', title: 'Section', blocks, sections: [] }],
    generator: 'memreport 0.1.0',
  };
}

function proseOf(...parts: Cell[]): Document {
  return documentOf({ type: 'prose', parts });
}

/** What is written of one text of a capture. */
function written(render: (document: Document) => string, cell: Cell): string {
  const marked: Cell = { type: 'text', text: 'BEGIN ' };
  const line =
    render(proseOf(marked, cell))
      .split('\n')
      .find((one) => one.startsWith('BEGIN ')) ?? '';
  return line.slice('BEGIN '.length);
}

const text = (value: string): Cell => ({ type: 'text', text: value });
const code = (value: string): Cell => ({ type: 'code', text: value });

describe('a ticket as text', () => {
  const [, program = { device: '', command: '' }] = fixtureAnalysis().verdicts;
  let markdown = '';
  let jira = '';
  beforeAll(() => {
    const ticket = composeTicket(fixtureAnalysis(), program);
    markdown = renderGithub(ticket);
    jira = renderJira(ticket);
  });

  it('begins with the program and its verdict', () => {
    expect(markdown).toMatch(/^# Memory report of one program: `sensord`\n/);
    expect(markdown).toMatch(/^\*\*LEAK\*\* Grows by 148 KiB\/h in `\[heap\]`/m);
    expect(jira).toMatch(/^h1\. Memory report of one program: \{\{sensord\}\}\n/);
    expect(jira).toMatch(/^\*LEAK\* Grows by 148 KiB\/h in \{\{\\\[heap\\\]\}\}/m);
  });

  it('has the stack as it was printed', () => {
    expect(markdown).toContain('```\nmalloc');
    expect(markdown).toContain('\nmake_node (leak-example.c:6)\nstd::map<int, std::less<int>>::insert(int const&)');
    expect(jira).toContain('\nmake_node (leak-example.c:6)\nstd::map<int, std::less<int>>::insert(int const&)');
    expect(jira.match(/^\{noformat\}$/gm)?.length).toBe(markdown.match(/^```$/gm)?.length);
  });

  it('has tables with a cell for each column, without those of charts', () => {
    expect(jira.split('\n').filter((line) => line.startsWith('||')).length).toBe(markdown.match(/^\| -/gm)?.length);
    const summary = renderGithub(compose(fixtureAnalysis()));
    expect(summary).toMatch(/^\| Verdict \| Program \| Device \| Rate \|.*\| Errors \|$/m);
    const page = markdownPage(markdown);
    expect(page).toContain('<th align="right">');
    const tables = page.split('<table>').slice(1);
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables) {
      const cells = [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) => row.match(/<t[hd]/g)?.length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  it('has no heading without anything below it', () => {
    expect(`${markdown}\n`).not.toMatch(/^## [^\n]*\n+## /m);
    expect(`${jira}\n`).not.toMatch(/^h2\. [^\n]*\n+h2\. /m);
  });
});

describe('text that is too long for a tracker', () => {
  it.each([
    ['GitHub', renderGithub, GITHUB_LIMIT, '65,536'],
    ['Jira', renderJira, JIRA_LIMIT, '32,767'],
  ] as const)('is cut for %s, by whole parts, which are named', (_, render, limit, said) => {
    const whole = compose(wideAnalysis(40, 60));
    const cut = render(whole);
    expect(cut.length).toBeLessThanOrEqual(limit);
    expect(cut.length).toBeGreaterThan(limit * 0.8);
    expect(cut).toContain(`To stay within ${said} characters, these parts are left out: `);
    expect(cut).toMatch(/ and \d+ more\.\n/);
    // The verdict on each program comes before the details of the first.
    expect(cut).toContain('daemon-40 on board');
    expect(render(compose(wideAnalysis(1, 3)))).not.toContain('left out');
  });

  it('is cut for one name that has no end, too', () => {
    const endless = '$|'.repeat(100_000);
    const blocks: Block[] = Array.from({ length: 50 }, () => ({
      type: 'prose',
      parts: [text(endless), code(endless)],
    }));
    const document = { ...documentOf(...blocks), title: endless, facts: [{ label: 'Device', cells: [code(endless)] }] };
    expect(renderGithub(document).length).toBeLessThanOrEqual(GITHUB_LIMIT);
    expect(renderJira(document).length).toBeLessThanOrEqual(JIRA_LIMIT);
    expect(renderJira(document)).toContain('these parts are left out: Section');
  });

  it('has no half of a character at the cut', () => {
    const written = renderGithub(proseOf(text(`a${'😀'.repeat(2000)}`)));
    expect(written).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(written).toContain('😀…');
  });
});

describe("GitHub's Markdown", () => {
  it.each([
    ['2026-01-31 21:00 UTC', '2026-01-31 21:00 UTC'],
    ['p < 0.001, 95 %, +1.5 MiB/h (x)', 'p < 0.001, 95 %, +1.5 MiB/h (x)'],
    ['make_node at list.c:29', 'make_node at list.c:29'],
    ['\u0007', '\\x07'],
    ['a*b_ `c` ~d', 'a\\*b\\_ \\`c\\` \\~d'],
    ['[a](b) <b>', '\\[a](b) \\<b>'],
    ['@octocat #12 GH-12', '@<!-- -->octocat #<!-- -->12 GH<!-- -->-12'],
    ['http://a.example www.b.example', 'http<!-- -->://a.example www<!-- -->.b.example'],
    ['commit 0123456789abcdef', 'commit 012345<!-- -->6789abcdef'],
    [':tada: 10:20:30', ':<!-- -->tada: 10:20:30'],
    ['Foo$1', 'Foo<span>$</span>1'],
    ['a|b', 'a&#124;b'],
    ['&lt;', '\\&lt;'],
  ])('writes %j as %j', (given, expected) => {
    expect(written(renderGithub, text(given))).toBe(expected);
  });

  it.each([
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b\\', '<code>a&#124;b\\\\</code>'],
    ['@x $y$ <b>', '`@x $y$ <b>`'],
  ])('writes the name %j as %j', (given, expected) => {
    expect(written(renderGithub, code(given))).toBe(expected);
  });

  it.each(['- x', '+ x', '1. x', '1) x', '> x', '# x', '---', '***', '    x', '| x |', '~~~', '```'])(
    'keeps %j a paragraph where it begins a line',
    (given) => {
      const page = markdownPage(renderGithub(proseOf(text(given))));
      expect(page).toContain('<h2>Section</h2>\n<p>');
      expect(page.match(/<(?!\/|!--)\w+/g)).toEqual(['<h1', '<code', '<h2', '<p', '<p']);
    },
  );

  it('shows what was there', () => {
    const strange = '<b> & "x" \'y\' \\ ` * _ ~ | $ [a](b) @c #1 http://d :e: 1. &amp;';
    const page = markdownPage(renderGithub(proseOf(text(strange), text(' '), code(strange))));
    const shown = page
      .replace(/<!-- -->|<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    expect(shown.replaceAll('&quot;', '"').replaceAll('&amp;', '&')).toContain(`${strange} ${strange}\n`);
  });
});

describe("Jira's notation", () => {
  it.each([
    ['2026-01-31 21:00 UTC', '2026-01-31 21:00 UTC'],
    ['p < 0.001, 95 %, +1.5 MiB/h (see below)', 'p < 0.001, 95 %, +1.5 MiB/h (see below)'],
    ['make_node at list.c:29, a leak-example', 'make_node at list.c:29, a leak-example'],
    ['{code} [a|b] !c!', '\\{code\\} \\[a&#124;b\\] \\!c\\!'],
    ['*a* _b_ -c- +d+ ^e^ ~f~ ??g??', '\\*a\\* \\_b\\_ \\-c\\- \\+d\\+ \\^e\\^ \\~f\\~ \\?\\?g\\?\\?'],
    ['ABC-12', 'ABC\\-12'],
    ['[open', '&#91;open'],
    ['\u0007 C:\\x \\\\host', '\\x07 C:\\x &#92;&#92;host'],
    [':) (x) ;) :D', ':\\) \\(x) ;\\) &#58;D'],
    ['http://a.example mailto:a@b.example', 'http&#58;//a.example mailto&#58;a\\@b.example'],
    ['&lt; & &x', '&#38;lt; & &x'],
  ])('writes %j as %j', (given, expected) => {
    expect(written(renderJira, text(given))).toBe(expected);
  });

  it('writes names between marks that hold', () => {
    expect(written(renderJira, code(' a}} '))).toBe('{{\u00a0a\\}\\}\u00a0}}');
    expect(renderJira(proseOf(text('h1. x')))).toContain('\nh1&#46; x\n');
    expect(renderJira(documentOf({ type: 'stack', title: 'Stack', frames: [{ symbol: '{noformat}x' }] }))).toContain(
      '{noformat}\n{ noformat}x\n{noformat}',
    );
  });

  it('has something in every cell', () => {
    const row = { cells: [code(''), text('')] };
    const table: Block = {
      type: 'table',
      caption: 'T',
      columns: [{ label: '' }, { label: 'B' }],
      rows: [row],
      empty: '',
    };
    expect(renderJira(documentOf(table))).toContain('|| ||B||\n| | |');
  });
});
