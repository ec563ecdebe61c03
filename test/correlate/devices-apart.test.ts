import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyLedger, fold, type Ledger, ledgersByDevice } from '../../src/correlate/ledger.js';
import { type Correlation, recordsOf, sampledPrograms } from '../../src/correlate/records.js';
import { assignLogs } from '../../src/correlate/witnesses.js';
import type { Capture } from '../../src/model/capture.js';
import { compareNames } from '../../src/model/origin.js';
import { sortProblems } from '../../src/model/problem.js';
import { anything, captureOf } from './random-captures.js';

type Told = Pick<Correlation, 'records' | 'problems'>;

function folded(captures: readonly Capture[]): Ledger {
  const ledger = emptyLedger();
  for (const capture of captures) fold(ledger, capture);
  return ledger;
}

/** As a run does it: the logs first, then one device after the other. */
function deviceByDevice(ledger: Ledger): Told {
  const { diagnoses } = ledger;
  const ledgers = ledgersByDevice(ledger);
  const sampled = [...ledgers.values()].flatMap((own) => sampledPrograms(own).programs);
  const logs = assignLogs([...diagnoses.values()], sampled);
  const devices = new Set([...ledgers.keys(), ...logs.map(({ device }) => device)]);
  const parts = [...devices].sort(compareNames).map((device) =>
    recordsOf(ledgers.get(device) ?? emptyLedger(), {
      logs: logs.filter((log) => log.device === device),
      witnesses: sampled.filter((program) => program.device !== device),
    }),
  );
  return {
    records: parts.flatMap(({ records }) => records),
    problems: sortProblems(parts.flatMap(({ problems }) => problems)),
  };
}

it('devices give the same records one by one as all together', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 20 }), (seeds) => {
      const captures = seeds.map((seed, i) => captureOf(seed, i + 1, ['']));
      const { records, problems } = recordsOf(folded(captures));
      expect(deviceByDevice(folded(captures))).toStrictEqual({ records, problems });
    }),
    { numRuns: 1000 },
  );
});
