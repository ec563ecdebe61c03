import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LANGUAGES, type LanguageId } from '../language.js';
import { EXIT, Failure } from './exit-codes.js';

/** Splits `html,pdf` and repeated options into names, each of which must be one of `known`. */
export function namesOf(option: string, values: readonly string[], known: readonly string[]): string[] {
  const names = values
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of names) {
    if (!known.includes(name)) throw usage(`--${option}: expected ${known.join(', ')}, found "${name}"`);
  }
  if (names.length === 0) throw usage(`--${option}: expected ${known.join(', ')}, found nothing`);
  return [...new Set(names)];
}

export function wholeNumber(option: string, value: unknown, least: number): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < least) {
    throw usage(`--${option}: expected a whole number from ${least} on, found "${String(value)}"`);
  }
  return number;
}

/** An amount of memory in bytes: digits, and K, M, G or T (binary, `KiB` and the like too) behind them. */
export function memorySize(option: string, value: string): number {
  const { digits = '', unit = '' } =
    /^(?<digits>\d+(?:\.\d+)?) ?(?:(?<unit>[KMGT])(?:i?B)?|B)?$/i.exec(value)?.groups ?? {};
  const bytes = digits === '' ? 0 : Math.floor(Number(digits) * 1024 ** ' KMGT'.indexOf(unit.toUpperCase()));
  if (bytes < 1 || !Number.isSafeInteger(bytes)) {
    throw usage(`--${option}: expected an amount of memory such as 512M or 2G, found "${value}"`);
  }
  return bytes;
}

export function regularExpression(option: string, value: string): RegExp {
  try {
    return new RegExp(value, 'u');
  } catch (error) {
    throw usage(`--${option}: expected a regular expression, found "${value}" (${(error as Error).message})`);
  }
}

/** The absolute path of a folder that is there. */
export function folder(option: string, value: string): string {
  if (statSync(value, { throwIfNoEntry: false })?.isDirectory()) return resolve(value);
  throw usage(`--${option}: expected a folder, found "${value}"`);
}

export function languageId(option: string, value: string): LanguageId {
  const id = LANGUAGES.find((one) => one === value);
  if (id === undefined) throw usage(`--${option}: expected ${LANGUAGES.join(' or ')}, found "${value}"`);
  return id;
}

export function usage(message: string): Failure {
  return new Failure(EXIT.usage, message);
}
