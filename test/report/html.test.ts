import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { renderJson } from '../../src/report/outputs/json.js';
import { expectGolden } from '../golden.js';
import { emptyAnalysis, fixtureAnalysis, HOSTILE, wideAnalysis } from './fixture-analysis.js';

describe('renderHtml', () => {
  it('renders the fixture as the golden page has it (without fonts, style and script)', () => {
    expectGolden('report/fixture.html', bodyOf(renderHtml(compose(fixtureAnalysis()))));
  });

  it('renders an empty analysis', () => {
    const page = renderHtml(compose(emptyAnalysis()));
    expect(page).toContain('nothing could be judged');
    expect(page.endsWith('</html>\n')).toBe(true);
  });

  it('is one file: nothing in it points outside', () => {
    for (const print of [false, true]) {
      const page = renderHtml(compose(fixtureAnalysis()), { print });
      expect(page.replace(/data:font\/woff2;base64,[\w+/=]+|'?sha256-[^;]+;/g, '')).not.toMatch(
        /https?:|\/\/[a-z]|@import|url\((?!\))/i,
      );
      const targets = [...page.matchAll(/<[a-z][^>]*\s(?:href|src|action|srcset|xlink:href)="([^"]*)"/gi)].map(
        ([, to]) => to ?? '',
      );
      expect(targets.length).toBeGreaterThan(5);
      for (const target of targets) expect(target).toMatch(/^#[a-z0-9-]+$/);
    }
  });

  it('links only to ids that exist', () => {
    const page = renderHtml(compose(fixtureAnalysis()));
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of page.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('allows by policy exactly its own style and script', async () => {
    const { createHash } = await import('node:crypto');
    const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const page = renderHtml(compose(fixtureAnalysis()));
    const policy = unescaped(/Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '');
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src '${hash(style)}'`);
    expect(policy).toContain(`script-src '${hash(script)}'`);
    expect(page).not.toMatch(/ (?:style|on[a-z]+)="/);
  });

  it('has no script on paper, and cuts long tables there and says so', () => {
    const analysis = wideAnalysis(1, 700);
    const screen = renderHtml(compose(analysis));
    const paper = renderHtml(compose(analysis), { print: true });
    expect(paper).not.toContain('<script');
    expect(screen).toMatch(/100 of 700 rows, those that weigh most; with JavaScript, this table has all/);
    expect(screen.match(/<td class="code address" data-v="x/g)).toHaveLength(100);
    expect(paper).toContain('400 of 700 rows are printed');
    expect(screen).not.toContain('rows are printed');
  });

  it('shares the rows of a page between many long tables, but for the verdicts', () => {
    const paper = renderHtml(compose(wideAnalysis(40, 200)), { print: true });
    expect(paper).toContain('20 of 200 rows are printed');
    expect(paper).toMatch(/<span>Verdict on each program<\/span><\/figcaption>/);
  });

  it('keeps hostile names as text, with what is invisible made visible', () => {
    for (const page of [
      renderHtml(compose(fixtureAnalysis())),
      renderHtml(composeTicket(fixtureAnalysis(), { device: HOSTILE, command: HOSTILE })),
    ]) {
      expect(page).not.toContain('alert(1)</script>');
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;&#x60;\\u202e\\x07{{x}}');
      expect(page).not.toContain('\u202e');
    }
  });

  it('gives the same tags whatever the names are', () => {
    const expected = tagsOf(renderNamed('x'));
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({
        unit: fc.constantFrom('<', '>', '"', "'", '&', '=', '/', '`', '{', '}', '!', '-', 'a', ' ', '\n'),
        maxLength: 20,
      }),
      fc.constantFrom(
        '</title><img src=x>',
        '-->',
        ']]>',
        '{{{x}}}',
        '__proto__',
        'constructor',
        '" onload="x',
        '\\u003c',
      ),
    );
    fc.assert(
      fc.property(hostile, (name) => {
        expect(tagsOf(renderNamed(`x${name}`))).toBe(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('never says NaN, Infinity or undefined, whatever the numbers are', () => {
    const strange = JSON.stringify(fixtureAnalysis(), (key, value: unknown) =>
      typeof value === 'number' && !NAMES.has(key) ? `#${value}` : value,
    );
    for (const number of ['1e999', '-1e999', '0', '-5', '0.1', '1e300', '9007199254740993']) {
      const analysis = JSON.parse(strange.replace(/"#[^"]*"/g, number)) as Analysis;
      const page = renderHtml(compose(analysis)).replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
      expect(/.{0,80}(?:NaN|Infinity|undefined|\[object).{0,40}/.exec(page)?.[0], number).toBeUndefined();
    }
  });
});

describe('renderJson', () => {
  it('gives the analysis back, ends in a newline and leaves nothing out', () => {
    const text = [...renderJson(fixtureAnalysis())].join('');
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual(fixtureAnalysis());
    expect(renderHtml(compose(JSON.parse(text) as Analysis))).toBe(renderHtml(compose(fixtureAnalysis())));
  });

  it('comes in pieces that together are what JSON.stringify makes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        fc.array(fc.jsonValue()),
        (fields, list) => {
          const data = { ...fields, list: [...list, ...list, ...list] } as unknown as Analysis;
          expect([...renderJson(data)].join('')).toBe(`${JSON.stringify(data, null, 1)}\n`);
        },
      ),
    );
  });
});

/** Numbers that name something and measure nothing; an array's items have its indices as keys. */
const NAMES = new Set(['schemaVersion', 'pid', 'line', '0', '1']);

/** A page on whose every place of a name stands `name`. */
function renderNamed(name: string): string {
  const analysis = fixtureAnalysis();
  const text = JSON.stringify(analysis).replaceAll(
    JSON.stringify(HOSTILE).slice(1, -1),
    JSON.stringify(name).slice(1, -1),
  );
  return renderHtml(compose(JSON.parse(text) as Analysis));
}

/** The page without its words: every tag with the names of its attributes, in order. */
function tagsOf(page: string): string {
  const markup = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
  const tags = [...markup.matchAll(/<\/?([a-z!][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*(?:="[^"]*")?)*)\s*\/?>/gi)];
  // A bare "<" that begins no such tag would be markup that this pattern does not know.
  expect(markup.match(/</g)).toHaveLength(tags.length);
  return tags.map(([, tag, attributes = '']) => `${tag}${attributes.replace(/="[^"]*"/g, '')}`).join('\n');
}

function bodyOf(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/, '<style></style>')
    .replace(/<script>[\s\S]*?<\/script>/, '<script></script>')
    .replace(/ content="default-src[^"]*"/, '');
}

function unescaped(text: string): string {
  return text.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=');
}
