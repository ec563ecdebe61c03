import { describe, expect, test } from 'vitest';
import { memcheckXml } from '../../../src/ingest/formats/memcheck-xml.js';
import { readFile } from '../capture-tree.js';
import { DECLARATION, diagnosesOf, diagnosisOf, END, FINISHED, loss, START, whole } from './memcheck-xml-text.js';

describe('what is not well-formed', () => {
  test('killed: what was told counts', () => {
    const { bytes, problems } = diagnosisOf(DECLARATION + START + loss(300));
    expect(bytes).toEqual([300]);
    expect(problems).toMatchObject([{ severity: 'warning', code: 'incomplete-log' }]);
  });

  test('cut inside an error: those before it count', () => {
    const text = DECLARATION + START + loss(1, '1 of 2') + loss(2, '2 of 2');
    const start = text.lastIndexOf('<error>');
    for (const cut of [start + 7, start + 100, text.length - 60, text.length - 10]) {
      const { bytes, problems } = diagnosisOf(text.slice(0, cut));
      expect(bytes).toEqual([1]);
      expect(problems).toMatchObject([
        { severity: 'error', code: 'truncated-capture', line: text.slice(0, start).split('\n').length },
      ]);
      expect(problems).toHaveLength(1);
    }
  });

  test('its beginning is lost: the rest counts, of a process not known', async () => {
    const text = loss(1, '1 of 2') + loss(2, '2 of 2') + FINISHED + END;
    expect(memcheckXml.recognizes(text)).toBe(true);
    const { bytes, says, problems } = diagnosisOf(text);
    expect({ bytes, says }).toEqual({ bytes: [1, 2], says: {} });
    expect(problems).toMatchObject([{ code: 'incomplete-log' }]);
    // Cut inside an error, at its front.
    const { captures } = await readFile(loss(9).slice(100) + text, 'a.xml');
    expect(captures).toMatchObject([{ type: 'diagnosis', leaks: [{ bytes: 1 }, { bytes: 2 }] }]);
  });

  test('a process killed while it wrote, and another document behind it', async () => {
    const text = DECLARATION + START + loss(1, '1 of 2') + loss(2, '2 of 2').slice(0, 200);
    const { captures, problems } = await readFile(`${text}\n${whole(loss(3)).replaceAll('812', '813')}`, 'a.xml');
    expect(captures).toMatchObject([
      { context: { pid: 812 }, leaks: [{ bytes: 1 }] },
      { context: { pid: 813 }, leaks: [{ bytes: 3 }] },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['truncated-capture']);
  });

  test.each(['', 'output of the program', '\n'])('documents one behind the other, with %j between', async (between) => {
    const second = whole(loss(2)).replaceAll('812', '813');
    const { captures, problems } = await readFile(whole(loss(1)) + between + second, 'a.xml');
    expect(captures).toMatchObject([
      { context: { pid: 812, command: 'a.out' }, leaks: [{ bytes: 1 }] },
      { context: { pid: 813, command: 'a.out' }, leaks: [{ bytes: 2 }] },
    ]);
    expect(problems).toEqual([]);
  });

  test('forked children in one file: one program, of which nothing tells the processes apart', () => {
    const text = DECLARATION + START + FINISHED + loss(1) + END + FINISHED + loss(2) + END;
    const { diagnoses, problems } = diagnosesOf(text);
    expect(diagnoses.map(({ says, leaks }) => [says, leaks.map(({ bytes }) => bytes)])).toEqual([
      [{ command: 'a.out' }, [1]],
      [{ command: 'a.out' }, [2]],
    ]);
    expect(problems).toMatchObject([{ severity: 'warning', code: 'incomplete-log' }]);
  });

  test('output of the program between and before the elements', async () => {
    const noise = 'a < b & c\n<b>not closed\n<p>\n';
    const text = `no newline at the end${whole(`${noise}${loss(1, '1 of 2')}${noise}ready${loss(2, '2 of 2')}${noise}`)}`;
    const { captures, problems } = await readFile(text, 'a.xml');
    expect(captures).toMatchObject([{ context: { pid: 812 }, leaks: [{ bytes: 1 }, { bytes: 2 }] }]);
    expect(problems).toEqual([]);
  });

  test('output of the program inside of an error: at worst that one is lost, and told', () => {
    const inside = (noise: string): string => loss(2, '2 of 3').replace('  <stack>', `${noise}\n  <stack>`);
    const text = (noise: string): string => whole(loss(1, '1 of 3') + inside(noise) + loss(3, '3 of 3'));
    expect(diagnosisOf(text('plain words')).bytes).toEqual([1, 2, 3]);
    expect(diagnosisOf(text('\x1b[31mred\x1b[0m \x07')).bytes).toEqual([1, 2, 3]);
    for (const noise of ['<b>', '</b>', 'R&D', '</error', '<', '&lol;']) {
      const { bytes, problems, says } = diagnosisOf(text(noise));
      expect(bytes, noise).toEqual([1, 3]);
      expect(says.pid).toBe(812);
      expect(problems).toMatchObject([{ severity: 'error', code: 'truncated-capture' }]);
    }
  });

  test('an error that begins inside of another', () => {
    const torn = loss(1, '1 of 2').slice(0, 150);
    const { bytes, problems } = diagnosisOf(whole(`${torn}\n${loss(2, '2 of 2')}`));
    expect(bytes).toEqual([2]);
    expect(problems).toMatchObject([{ code: 'truncated-capture', line: 19 }]);
  });

  test('entities are not read', async () => {
    const bomb = `${DECLARATION}<!DOCTYPE x [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;">\n]>\n${START}`;
    const text = `${bomb}${loss(1).replace('main', '&b;')}${loss(2)}${FINISHED}${END}`;
    const { captures, problems } = await readFile(text, 'a.xml');
    expect(captures).toMatchObject([{ leaks: [{ bytes: 2 }] }]);
    expect(problems.map(({ code }) => code).sort()).toEqual(['bad-value', 'truncated-capture']);
  });

  test('endless nesting and endless text end with the next error', () => {
    const nested = `<error>\n${'<a>\n'.repeat(300)}`;
    const long = `<error>\n<what>${`${'x'.repeat(99)}\n`.repeat(30_000)}`;
    const { bytes, problems } = diagnosisOf(whole(nested + loss(1, '1 of 2') + long + loss(2, '2 of 2')));
    expect(bytes).toEqual([1, 2]);
    expect(problems).toMatchObject([
      { code: 'truncated-capture', message: expect.stringContaining('2 that') as string },
    ]);
  });

  test('reads in linear time, whatever begins and never ends', () => {
    const times = [40_000, 160_000].map((count) => {
      const started = performance.now();
      diagnosesOf(DECLARATION + START + '<error>\n'.repeat(count));
      return performance.now() - started;
    });
    expect(times[1]).toBeLessThan(12 * (times[0] ?? 0) + 100);
  });
});
