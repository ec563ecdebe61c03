import { describe, expect, it } from 'vitest';
import { Translator } from '../../src/report/language/translator.js';

const translator = new Translator({
  texts: [
    ['Nothing', '无'],
    ['Perm.', '权限'],
    ['It rose by {1:amount} in {2}.', '{2} 中上升 {1}。'],
    ['It rose by {1:amount} in {2}, {3:manner}', '{2} 中{3}上升 {1}'],
    ['{1:cell} of {2:cell}', '{2} 中的 {1}'],
    ['found at {1}', '位于 {1}'],
    ['{1} over {2}, i.e. much', '{1} 多于 {2},即很多'],
  ],
  amount: [['{1} bytes', '{1} 字节']],
  manner: [['in steps', '呈阶梯']],
});

const cell = (number: number): string => `\ufdd0${number}\ufdd1`;

describe('a translator', () => {
  it('finds texts, with their full stop and without', () => {
    expect(translator.translate('Nothing')).toBe('无');
    expect(translator.translate('Nothing.')).toBe('无。');
    expect(translator.translate('Perm.')).toBe('权限');
  });

  it('moves what stands in holes, and says words in them in turn', () => {
    expect(translator.translate('It rose by 12 bytes in heap.')).toBe('heap 中上升 12 字节。');
    expect(translator.translate('It rose by 12 bytes in heap, in steps')).toBe('heap 中呈阶梯上升 12 字节');
  });

  it('finds sentences and clauses one by one, and a clause that begins a sentence', () => {
    expect(translator.translate('Nothing. It rose by 1 bytes in a. Nothing')).toBe('无。a 中上升 1 字节。无');
    expect(translator.translate('Nothing; found at x')).toBe('无；位于 x');
    expect(translator.translate('Found at x')).toBe('位于 x');
    expect(translator.translate('a over b, i.e. much')).toBe('a 多于 b,即很多');
  });

  it('keeps names that look like words', () => {
    expect(translator.translate('found at It rose; by much')).toBe('位于 It rose; by much');
    expect(translator.translate('found at {1} Nothing')).toBe('位于 {1} Nothing');
  });

  it('takes cells for cells only', () => {
    expect(translator.translate(`${cell(0)} of ${cell(3)}`)).toBe(`${cell(3)} 中的 ${cell(0)}`);
    expect(translator.translate('one of two')).toBeUndefined();
  });

  it('passes on what has no words, and says so of what it lacks', () => {
    expect(translator.translate('12 (3)')).toBe('12 (3)');
    expect(translator.translate('')).toBe('');
    expect(translator.translate('It fell')).toBeUndefined();
    expect(translator.translate('It rose by much in heap')).toBeUndefined();
  });

  it('bears long hostile text', () => {
    const long = 'It rose by in, . ; '.repeat(20_000);
    const began = performance.now();
    expect(translator.translate(long)).toBeUndefined();
    expect(translator.translate(`found at ${long}x`)).toBe(`位于 ${long}x`);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
