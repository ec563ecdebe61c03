import { expect, it } from 'vitest';
import { programReportOf } from '../../src/correlate/program-report.js';
import { correlated, MINUTE, NINE, onlyRecord, sample, smaps, snapshot } from './build-captures.js';

const KIB = 1024;
const at = (minute: number) => ({ command: 'sensord', pid: 812, takenAt: NINE + minute * MINUTE });
const late = { start: 0x10000, end: 0x20000, name: '[anon:late]', kib: { Rss: 8, Private_Dirty: 8 } };

it('a mapping grows from the first snapshot to the last, not from samples that show no mappings', () => {
  const record = onlyRecord(
    correlated(
      sample(at(0), { rss: 1 }, '0/smem.csv'),
      smaps(at(1), 100, '1/smaps'),
      smaps(at(2), 130, '2/smaps'),
      snapshot(at(3), [late], '3/smaps'),
      sample(at(4), { rss: 1 }, '4/smem.csv'),
    ),
  );
  const { mappings, vmas, vmaOrigin } = programReportOf(record, [undefined], 812);
  expect(mappings.map(({ label, growth, privateBytes }) => [label, growth, privateBytes])).toEqual([
    ['[anon:late]', 8 * KIB, 8 * KIB],
    ['/opt/demo/sensord', 0, 0],
    ['[heap]', -100 * KIB, 0],
  ]);
  expect(vmaOrigin).toEqual({ file: '3/smaps', line: 1 });
  expect(vmas.map(({ pathname, growth }) => [pathname, growth])).toEqual([['[anon:late]', 8 * KIB]]);
});
