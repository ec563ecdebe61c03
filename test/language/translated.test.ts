import { describe, expect, it } from 'vitest';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Document } from '../../src/report/document.js';
import { chartIn } from '../../src/report/language/chart-words.js';
import { loadLanguage } from '../../src/report/language/languages.js';
import { translated } from '../../src/report/language/translated.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { fixtureAnalysis, HOSTILE } from '../report/fixture-analysis.js';

const CHINESE = await loadLanguage('zh-CN');
const page = renderHtml(translated(compose(fixtureAnalysis()), 'zh-CN'));
const words = page.replace(/<(style|script)[\s\S]*?<\/\1>/g, '');

function documentOf(...blocks: Document['sections'][number]['blocks']): Document {
  return { kind: '', title: '', facts: [], sections: [{ id: 'a', title: '', blocks, sections: [] }], generator: '' };
}

describe('a document in Chinese', () => {
  it('says so, in its attribute and its own words', () => {
    expect(page).toContain('<html lang="zh-CN"');
    expect(words).toContain('aria-label="目录"');
    expect(words).toContain('时间为 UTC');
    expect(words).toContain('<span class="tally-word">泄漏</span>');
    expect(words).toContain('data-filter="筛选"');
    expect(renderHtml(compose(fixtureAnalysis()))).toContain('<html lang="en"');
  });

  it('numbers its pages in Chinese', () => {
    expect(page).toContain('content:"第 " counter(page) " 页，共 " counter(pages) " 页"');
  });

  it('moves cells where Chinese has them, and keeps each', () => {
    const document = documentOf({
      type: 'prose',
      parts: [
        { type: 'text', text: 'Loses ' },
        { type: 'count', value: 300, noun: ['byte', 'bytes'] },
        { type: 'text', text: ' in ' },
        { type: 'count', value: 3, noun: ['block', 'blocks'] },
        { type: 'text', text: ', lost at ' },
        { type: 'frame', frame: { symbol: 'main', file: 'a.c', line: 6 } },
        { type: 'text', text: '.' },
      ],
    });
    expect(translated(document, 'zh-CN').sections[0]?.blocks).toEqual([
      {
        type: 'prose',
        parts: [
          { type: 'text', text: '丢失 ' },
          { type: 'count', value: 300, noun: ['字节', '字节'] },
          { type: 'text', text: '（' },
          { type: 'count', value: 3, noun: ['个块', '个块'] },
          { type: 'text', text: '），位于 ' },
          { type: 'frame', frame: { symbol: 'main', file: 'a.c', line: 6 } },
          { type: 'text', text: '。' },
        ],
      },
    ]);
  });

  it('keeps what it has no words for, and takes no mark of a capture for a cell', () => {
    const parts = [
      { type: 'text', text: 'nobody said \ufdd00\ufdd1 ' },
      { type: 'code', text: 'x' },
    ] as const;
    const [block] = translated(documentOf({ type: 'prose', parts }), 'zh-CN').sections[0]?.blocks ?? [];
    expect(block).toEqual({ type: 'prose', parts });
  });

  it('leaves names alone that are words of ours', () => {
    const cells = [
      { type: 'code', text: 'Growth' },
      { type: 'link', to: 'a', text: 'leak' },
    ] as const;
    const table = { type: 'table', caption: '', columns: [], rows: [{ cells }], empty: '' } as const;
    const [block] = translated(documentOf(table), 'zh-CN').sections[0]?.blocks ?? [];
    expect(block).toEqual(table);
    expect(translated({ ...documentOf(), title: 'leak' }, 'zh-CN').title).toBe('leak');
    expect(translated({ ...documentOf(), title: 'No captures' }, 'zh-CN').title).toBe('没有采集文件');
  });

  it('is escaped as in English', () => {
    const ticket = translated(composeTicket(fixtureAnalysis(), { device: HOSTILE, command: HOSTILE }), 'zh-CN');
    expect(renderHtml(ticket)).not.toContain('<script>alert');
    expect(words).not.toContain('<script>alert');
    expect(words).not.toContain('\ufdd0');
  });

  it('is the same document in English', () => {
    const document = compose(fixtureAnalysis());
    expect(translated(document, 'en')).toBe(document);
  });
});

describe('a chart in Chinese', () => {
  it('has its words and what is read aloud, and its shapes as they are', () => {
    const svg =
      '<svg aria-label="trend +1 KiB/h"><text x="1">Last snapshot</text><path d="M1,2"/><text>a &#60; b</text></svg>';
    expect(chartIn(svg, CHINESE)).toBe(
      '<svg aria-label="趋势 +1 KiB/h"><text x="1">最后快照</text><path d="M1,2"/><text>a &#60; b</text></svg>',
    );
  });

  it('is escaped as before', () => {
    expect(chartIn('<text>&#60;b&#62; over 3 samples</text>', CHINESE)).toBe('<text>&#60;b&#62;，3 个样本</text>');
  });
});
