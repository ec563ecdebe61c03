import { HOUR, type Milliseconds } from '../../model/units.js';
import { countText, hoursText } from '../amounts.js';
import { type FaultSum, perHour } from './fault-counts.js';

export function spanText(length: Milliseconds): string {
  return hoursText(length / HOUR);
}

/** "83 minor faults and no major faults in 19 s". */
export function countsText(sum: FaultSum): string {
  const span = sum.length > 0 ? ` in ${spanText(sum.length)}` : '';
  return `${faultsText(sum.minor, 'minor')} and ${faultsText(sum.major, 'major')}${span}`;
}

/** "1,444 minor faults (76 per second)". */
export function minorText(sum: FaultSum): string {
  return faultsText(sum.minor, 'minor') + rateText(sum.minor, sum);
}

export function majorText(sum: FaultSum): string {
  return faultsText(sum.major, 'major') + rateText(sum.major, sum);
}

function faultsText(count: number, kind: 'minor' | 'major'): string {
  return `${count === 0 ? 'no' : countText(count)} ${kind} fault${count === 1 ? '' : 's'}`;
}

/** " (152 per second)", or per minute or hour where that is more than one. */
function rateText(faults: number, sum: FaultSum): string {
  const hourly = perHour(faults, sum);
  if (hourly === undefined || faults === 0) return '';
  const [amount, unit] =
    hourly >= 3600 ? [hourly / 3600, 'second'] : hourly >= 60 ? [hourly / 60, 'minute'] : [hourly, 'hour'];
  return ` (${amount < 10 ? amount.toFixed(1).replace(/\.0$/, '') : countText(amount)} per ${unit})`;
}
