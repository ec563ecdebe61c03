import { groupBy } from '../../model/group-by.js';
import { LEAK_TOOL_NAMES, type LeakTool } from '../../model/leaks.js';
import type { Leak, ProgramRecord } from '../../model/program.js';
import { siteText } from '../../model/site-text.js';
import type { Finding, NotApplicable, VerdictRule } from '../../model/verdict.js';
import { countedText } from '../amounts.js';
import { firstOrigins } from '../evidence-origins.js';

const ID = 'definite-loss';

/** Memory that a leak checker found lost: no pointer to it is left. */
export const definiteLoss: VerdictRule = {
  id: ID,
  title: 'A leak checker found lost memory',
  description:
    'A definite loss record of memcheck or LeakSanitizer proves a leak and says where it was allocated; a possible ' +
    'one is a hint. Indirect and reachable blocks alone say nothing. A leak check that found nothing speaks against.',
  thresholds: [
    {
      name: 'least bytes lost',
      value: 1,
      unit: 'byte',
      source: 'a lost block cannot be freed any more, whatever its size',
    },
    { name: 'most records told one by one', value: 20, source: 'the largest; the rest is summed up in one sentence' },
  ],
  judge(record) {
    if (record.leaks.length === 0 && record.summaries.length === 0) {
      return { rule: ID, reason: 'no memcheck or LeakSanitizer log' };
    }
    const definite = findingsOf(record, 'definite', 'strong');
    const findings = [...definite, ...findingsOf(record, 'possible', 'weak')];
    if (definite.length > 0) return findings;
    const nothingLost = objectionOf(record);
    if (nothingLost) return [...findings, nothingLost];
    return findings.length > 0 ? findings : unchecked();
  },
};

const MOST_RECORDS = 20;

function unchecked(): NotApplicable {
  return { rule: ID, reason: 'the log has no result of a leak check (--leak-check=full, or killed before the end)' };
}

interface Loss {
  readonly tools: readonly LeakTool[];
  readonly largest: Leak;
  readonly leaks: readonly Leak[];
}

function findingsOf(record: ProgramRecord, kind: 'definite' | 'possible', strength: Finding['strength']): Finding[] {
  const losses = lossesOf(record.leaks.filter((leak) => leak.kind === kind && leak.bytes > 0));
  const findings = losses.slice(0, MOST_RECORDS).map(
    (loss): Finding => ({
      rule: ID,
      bearing: 'for',
      strength,
      statement: lossText(loss, kind),
      origins: firstOrigins(loss.leaks.flatMap(({ origins }) => origins)),
    }),
  );
  const rest = losses.slice(MOST_RECORDS);
  if (rest.length > 0) {
    const bytes = rest.reduce((sum, { largest }) => sum + largest.bytes, 0);
    findings.push({
      rule: ID,
      bearing: 'for',
      strength,
      statement: `${countedText(rest.length, 'further stack')} lost ${countedText(bytes, 'byte')}${kind === 'possible' ? ' possibly' : ''}`,
      origins: firstOrigins(rest.flatMap(({ largest }) => largest.origins.slice(0, 1))),
    });
  }
  return findings;
}

/** The records by call stack, whichever tool saw it; the largest first. */
function lossesOf(leaks: readonly Leak[]): Loss[] {
  const groups = groupBy(leaks, ({ fingerprint }) => fingerprint);
  const losses = [...groups.values()].map((group): Loss => {
    const sorted = group.toSorted((a, b) => b.bytes - a.bytes || (a.tool < b.tool ? -1 : 1));
    const tools = [...new Set(sorted.map(({ tool }) => tool))].sort();
    return { tools, largest: sorted[0] as Leak, leaks: sorted };
  });
  return losses.sort(
    (a, b) => b.largest.bytes - a.largest.bytes || (a.largest.fingerprint < b.largest.fingerprint ? -1 : 1),
  );
}

function lossText({ tools, largest, leaks }: Loss, kind: 'definite' | 'possible'): string {
  const names = tools.map((tool) => LEAK_TOOL_NAMES[tool]).join(' and ');
  const verb = kind === 'definite' ? (tools.length > 1 ? 'both found' : 'found') : 'saw';
  const indirect = largest.indirectBytes
    ? ` (and ${countedText(largest.indirectBytes, 'byte')} that hang on them)`
    : '';
  const lost = kind === 'definite' ? 'lost' : 'possibly lost';
  const witnesses = [...new Set(leaks.flatMap(({ witness }) => (witness === undefined ? [] : [witness])))].sort();
  const seen = witnesses.length > 0 ? `; the log comes from ${witnesses.join(', ')}` : '';
  return (
    `${names} ${verb} ${countedText(largest.bytes, 'byte')} in ${countedText(largest.blocks, 'block')} ${lost}${indirect}, ` +
    `allocated at ${siteText(largest.frames)}${seen}`
  );
}

/** A leak check that came to its end and found nothing. */
function objectionOf(record: ProgramRecord): Finding | undefined {
  const done = record.summaries.filter(({ definite, inUseAtExit }) => (definite ?? inUseAtExit)?.bytes === 0);
  if (done.length === 0) return undefined;
  const names = [...new Set(done.map(({ tool }) => `${LEAK_TOOL_NAMES[tool]}'s run`))].sort().join(' and ');
  return {
    rule: ID,
    bearing: 'against',
    strength: 'weak',
    statement: `${names} lost nothing for certain`,
    origins: firstOrigins(done.map(({ origin }) => origin)),
  };
}
