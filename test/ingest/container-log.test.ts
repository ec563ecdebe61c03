import { expect, it } from 'vitest';
import { withoutContainerJson } from '../../src/ingest/container-log.js';
import { readFile } from './capture-tree.js';

function shown(text: string): string {
  const buffer = Buffer.from(text);
  return buffer.toString('utf8', 0, withoutContainerJson(buffer, 0, buffer.length));
}

/** A line as Docker keeps it. */
const kept = (log: string, second = 0): string =>
  `${JSON.stringify({ log, stream: 'stderr', time: `2026-01-31T21:00:0${second}.123456789Z` })}\n`;

it('shows what Docker keeps as docker logs -t prints it', () => {
  expect(shown(kept('Rss: 4 kB\n'))).toBe('2026-01-31T21:00:00.123456789Z Rss: 4 kB\n');
  expect(shown(`x\n${kept('a "quoted" \u001b[1mMüller\\\r\n', 1)}y`)).toBe(
    'x\n2026-01-31T21:00:01.123456789Z a "quoted" \u001b[1mMüller\\\ny',
  );
  const labelled = '{"log":"a\\n","stream":"stdout","attrs":{"tag":"b"},"time":"2026-01-31T21:00:00Z"}\n';
  expect(shown(labelled)).toBe('2026-01-31T21:00:00Z a\n');
});

it.each(['{"log":"a"}\n', '{"log":"a\\q","stream":"stderr","time":"2026-01-31T21:00:00Z"}\n', '{"log":"\n', 'x'])(
  'leaves %j alone',
  (text) => {
    expect(shown(text)).toBe(text);
  },
);

it('so a log in it is read, with its lines and times', async () => {
  const log = [
    'HEAP SUMMARY:',
    '    in use at exit: 5 bytes in 1 blocks',
    'LEAK SUMMARY:',
    '   definitely lost: 5 bytes in 1 blocks',
  ];
  const { captures, problems } = await readFile(log.map((line, i) => kept(`==7== ${line}\n`, i)).join(''));
  expect(problems).toEqual([]);
  expect(captures).toMatchObject([
    { type: 'diagnosis', summaries: [{ pid: 7, definite: { bytes: 5, blocks: 1 }, origin: { line: 4 } }] },
  ]);
});
