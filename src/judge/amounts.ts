import { durationText } from '../model/duration-text.js';
import { HOUR } from '../model/units.js';

/** An amount of memory for a sentence: "12 KiB", "1.2 MiB", "−4 KiB". */
export function memoryText(bytes: number): string {
  const sign = bytes < 0 ? '−' : '';
  let amount = Math.abs(bytes);
  let unit = 0;
  while (amount >= 1023.95 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  const text = unit === 0 ? String(Math.round(amount)) : amount.toFixed(1).replace(/\.0$/, '');
  return `${text === '0' ? '' : sign}${text} ${UNITS[unit] ?? ''}`;
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** A whole number with a comma between each three digits: "12,288". */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** "1 block", "1,234 blocks". */
export function countedText(count: number, noun: string): string {
  return `${countText(count)} ${noun}${Math.round(count) === 1 ? '' : 's'}`;
}

/** A share of 0 to 1: "96 %", "0.4 %". */
export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 1 ? percent.toFixed(1) : String(Math.round(percent))} %`;
}

/** A probability: two significant digits, never "0". */
export function probabilityText(p: number): string {
  if (p < 0.0001) return 'p < 0.0001';
  return `p = ${p < 0.01 ? p.toFixed(4) : p.toFixed(2)}`;
}

/** A Bayes factor from twice its logarithm: "20 : 1", at most "1,000 : 1 or more". */
export function bayesFactorText(evidence: number): string {
  const factor = Math.exp(evidence / 2);
  return factor >= 1000 ? '1,000 : 1 or more' : `${countText(factor)} : 1`;
}

/** A length of time given in hours: "25 s", "12 min", "3 h 30 min". */
export function hoursText(hours: number): string {
  return durationText(hours * HOUR) ?? 'an unknown time';
}
