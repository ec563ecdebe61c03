import type { Instant } from '../../model/units.js';

/**
 * The instant of a cell: ISO 8601 (`2026-11-23T02:18:33Z`, `2026-11-23 02:18:33`, `20261123T021833Z`), or seconds or
 * milliseconds since 1970 (`1795400313`, `1795400313.25`, `1795400313250`); undefined for all else.
 *
 * A time without a zone is taken as UTC: the zone of this machine says nothing of the target.
 */
export function instantOf(cell: string): Instant | undefined {
  if (/^\d{9,10}(?:\.\d{1,9})?$/.test(cell)) return Math.round(Number(cell) * 1000);
  if (/^\d{12,13}$/.test(cell)) return Number(cell);
  const iso = ISO.exec(cell)?.groups;
  if (!iso) return undefined;
  const part = (name: string): number => Number(iso[name] ?? 0);
  const month = part('month');
  const day = part('day');
  const local = Date.UTC(part('year'), month - 1, day, part('hour'), part('minute'), part('second'), milliseconds(iso));
  const date = new Date(local);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && part('minute') < 60;
  if (!isReal || part('zoneHour') > 14 || part('zoneMinute') > 59) return undefined;
  const offset = (part('zoneHour') * 60 + part('zoneMinute')) * 60_000;
  return iso.sign === '-' ? local + offset : local - offset;
}

function milliseconds(iso: Partial<Record<string, string>>): number {
  return Math.floor(Number(`0.${iso.fraction ?? '0'}`) * 1000);
}

// 2026-11-23T02:18:33.250+01:00
const ISO =
  /^(?<year>\d{4})-?(?<month>\d\d)-?(?<day>\d\d)[T ](?<hour>\d\d):?(?<minute>\d\d):?(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))? ?(?:Z|UTC|(?<sign>[+-])(?<zoneHour>\d\d):?(?<zoneMinute>\d\d)?)?$/;
