import type { ProgramChange, ProgramComparison } from '../model/comparison.js';
import { compareNames } from '../model/origin.js';
import { compareErrors } from './errors.js';
import { compareLeaks, isLoss } from './leaks.js';
import { compareLevels } from './levels.js';
import { compareMappings } from './mappings.js';
import { measureOfMappings, notCompared } from './not-compared.js';
import type { Observation } from './observations.js';
import type { ProgramPair } from './pairing.js';
import { compareRates, compareVerdicts, stateOf } from './states.js';
import { compareVmas } from './vmas.js';

/** What differs in one program. Of a program that one side does not have, only what the other knows. */
export function compareProgram(pair: ProgramPair): ProgramComparison {
  const { command, commandBefore, before, after } = pair;
  const earlier = stateOf(before);
  const later = stateOf(after);
  const devices = { before: devicesOf(before), after: devicesOf(after) };
  const isPaired = earlier !== undefined && later !== undefined;
  const verdict = isPaired ? compareVerdicts(earlier, later) : undefined;
  const rate = isPaired ? compareRates(earlier.rate, later.rate) : undefined;
  const isSameMeasure = measureOfMappings(before) === measureOfMappings(after);
  const compared: Omit<ProgramComparison, 'change' | 'notCompared'> = {
    command,
    ...(commandBefore !== undefined && { commandBefore }),
    devices,
    ...(earlier && { before: earlier }),
    ...(later && { after: later }),
    ...(verdict && { verdict }),
    ...(rate && { rate }),
    levels: isPaired ? compareLevels(before, after) : [],
    mappings: isPaired && isSameMeasure ? compareMappings(pair) : [],
    vmas: isPaired ? compareVmas(pair) : [],
    leaks: compareLeaks(before, after),
    errors: compareErrors(before, after),
  };
  return {
    ...compared,
    change: changeOf(compared),
    notCompared: isPaired ? notCompared(pair, compared) : [],
  };
}

function changeOf(compared: Omit<ProgramComparison, 'change' | 'notCompared'>): ProgramChange {
  const { before, after, verdict, rate, levels, mappings, vmas, leaks, errors } = compared;
  if (!before) return 'new';
  if (!after) return 'gone';
  const [level] = levels;
  const losses = leaks.filter(isLoss);
  const has = (items: readonly { change: string }[], change: string): boolean =>
    items.some((item) => item.change === change);
  const isWorse =
    verdict?.change === 'worse' ||
    rate?.change === 'faster' ||
    level?.change === 'grew' ||
    has(losses, 'new') ||
    has(errors, 'new');
  const isBetter =
    verdict?.change === 'better' ||
    rate?.change === 'slower' ||
    level?.change === 'shrank' ||
    has(losses, 'gone') ||
    has(errors, 'gone');
  if (isWorse || isBetter) return isWorse && isBetter ? 'mixed' : isWorse ? 'worse' : 'better';
  const isOther =
    mappings.some(({ change }) => change !== 'not-told') ||
    vmas.length > 0 ||
    [...leaks, ...errors].some(({ change }) => change === 'new' || change === 'gone');
  if (isOther) return 'changed';
  return isTold(compared) ? 'same' : 'not-told';
}

/** Whether anything could be held against each other. */
function isTold({ verdict, rate, levels, leaks, errors }: Omit<ProgramComparison, 'change' | 'notCompared'>): boolean {
  return (
    verdict?.change === 'same' ||
    rate?.change === 'not-told-apart' ||
    levels.some(({ change }) => change !== 'not-told') ||
    [...leaks, ...errors].some(({ change }) => change === 'still')
  );
}

function devicesOf(observations: readonly Observation[]): string[] {
  return [...new Set(observations.map(({ device }) => device))].sort(compareNames);
}
