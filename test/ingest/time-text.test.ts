import { describe, expect, it } from 'vitest';
import { findTime } from '../../src/ingest/time-text.js';
import { cpuTime } from '../cpu-time.js';

const NINE_PM = Date.UTC(2026, 0, 31, 21, 0, 0);

describe('findTime', () => {
  it.each([
    ['2026-01-31T21:00:00Z', NINE_PM],
    ['2026-01-31T21:00:00', NINE_PM],
    ['2026-01-31 21:00:00', NINE_PM],
    ['2026-01-31 21:00', NINE_PM],
    ['2026-01-31_21-00-00', NINE_PM],
    ['2026-01-31-21.00.00', NINE_PM],
    ['2026.01.31 21:00:00', NINE_PM],
    ['20260131T210000Z', NINE_PM],
    ['20260131-210000', NINE_PM],
    ['20260131_210000', NINE_PM],
    ['2026-01-31T21:00:00.250Z', NINE_PM + 250],
    ['2026-01-31 21:00:00,250', NINE_PM + 250],
    ['2026-01-31T21:00:00.123456789Z', NINE_PM + 123],
    ['2026-01-31T22:00:00+01:00', NINE_PM],
    ['2026-01-31T16:00:00-0500', NINE_PM],
    ['2026-02-01T02:45:00+05:45', NINE_PM],
    ['2026-01-31 22:00:00 CET', NINE_PM],
    ['2026-01-31 21:00:00 UTC', NINE_PM],
    ['Sat Jan 31 21:00:00 UTC 2026', NINE_PM],
    ['Sat Jan 31 22:00:00 CET 2026', NINE_PM],
    ['Sat Jan 31 09:00:00 PM UTC 2026', NINE_PM],
    ['Sun Feb  1 12:00:00 AM UTC 2026', NINE_PM + 3 * 3_600_000],
    ['Sat Jan 31 21:00:00 2026', NINE_PM],
    ['Sat Jan 31 16:00:00 -0500 2026', NINE_PM],
    ['Sat Jan 31 21:00:00.250 2026', NINE_PM + 250],
    ['Sat, 31 Jan 2026 21:00:00 +0000', NINE_PM],
    ['2026年 01月 31日 星期六 21:00:00 UTC', NINE_PM],
    ['2026年 02月 01日 星期日 05:00:00 CST', NINE_PM],
    ['2026年1月31日 土曜日 21:00:00', NINE_PM],
    ['2026年02月01日 日曜日 06時00分00秒 JST', NINE_PM],
    ['Sat 31 Jan 2026 09:00:00 PM UTC', NINE_PM],
    ['31.01.2026 21:00:00', NINE_PM],
    ['31.01.2026_21-00', NINE_PM],
    ['2026/01/31 21:00:00', NINE_PM],
    ['2026_01_31_21_00_00', NINE_PM],
    ['2026-01-31_21h00m00s', NINE_PM],
    ['2026-01-31_21h00', NINE_PM],
    ['20260131210000', NINE_PM],
    ['202601312100', NINE_PM],
    ['20260131210000250', NINE_PM + 250],
    ['01/31/2026 9:00:00 PM', NINE_PM],
    ['31-01-2026_21-00-00', NINE_PM],
    ['31-Jan-2026 21:00:00', NINE_PM],
    ['31Jan2026_210000', NINE_PM],
    ['Sat_Jan_31_21:00:00_UTC_2026', NINE_PM],
    ['Sa 31. Jan 22:00:00 CET 2026', NINE_PM],
    ['Saturday, January 31, 2026 09:00:00 PM', NINE_PM],
    ['2026年01月31日 星期六 21时00分00秒', NINE_PM],
    ['2026年1月31日 下午9:00:00', NINE_PM],
    ['1769893200', NINE_PM],
    ['1769893200.12', NINE_PM + 120],
    ['1769893200123', NINE_PM + 123],
    ['epoch1769893200', NINE_PM],
    ['date1769893200', NINE_PM],
  ])('reads %s', (text, at) => {
    expect(findTime(text)).toEqual({ at, start: text.search(/\d|[A-Z]/), end: text.length, dayOnly: false });
  });

  it.each(['2026-01-31', '20260131', '2026_01_31', '31.01.2026'])('knows %s for a day without a time', (text) => {
    expect(findTime(text)).toMatchObject({ at: Date.UTC(2026, 0, 31), dayOnly: true });
  });

  it.each([
    ['smaps_sensord_812_1769893200.txt', 18, 28],
    ['smaps-812-2026-01-31_21-00-00.txt', 10, 29],
    ['==== 2026-01-31 21:00:00 pid=2 ====', 5, 24],
  ])('tells where it stands in %s', (text, start, end) => {
    expect(findTime(text)).toMatchObject({ at: NINE_PM, start, end });
  });

  it('takes a pid behind a time for no zone', () => {
    expect(findTime('2026-01-31_21-00-00-1200')).toMatchObject({ at: NINE_PM, end: 19 });
    expect(findTime('smaps-2026-01-31_21-00-00-812')).toMatchObject({ at: NINE_PM, end: 25 });
  });

  it.each([
    ['a month 13', '2026-13-01T00:00:00Z'],
    ['31 February', '2026-02-31T00:00:00Z'],
    ['31 February of date', 'Sat Feb 31 21:00:00 UTC 2026'],
    ['32 January', '2026-01-32T21:00:00Z'],
    ['minute 99', 'Sat Jan 31 21:99:00 UTC 2026'],
    ['hour 99', 'Sat Jan 31 99:00:00 PM UTC 2026'],
    ['a year before clocks begin', 'Sat Jan 31 21:00:00 UTC 1926'],
    ['an hour before clocks begin', '1970-01-01T00:30:00+01:00'],
    ['a year with a wrong digit', 'Sat Jan 31 21:00:00 UTC 6026'],
    ['a pid', '812'],
    ['a long pid', '4194304'],
    ['a version', 'linux-6.18.44'],
    ['a version that looks like a day', '1.31.01.2026'],
    ['a month before its day', '01.31.2026'],
    ['two numbers that may be months', '01/02/2026 21:00:00'],
    ['a word that begins as a month', 'Market 12 21:00:00 2026'],
    ['an address', '7f1769893200'],
    ['an address in smaps', '559329443000-559329444000 rw-p 00000000 00:00 0'],
    ['a number with an epoch in it', '41769893200'],
    ['an epoch after the year 2100', '3999999999999999'],
    ['an epoch before the year 2001', '0900000000.5'],
    ['a fraction', '0.1769893200'],
    ['a hash', '1769893200abc'],
    ['an IP address', '192.168.100.200'],
    ['a counter', '       2272 kB'],
    ['a kernel time stamp', '[ 1180.040713] usb 1-1: new high-speed USB device'],
    ['nothing', ''],
  ])('finds no time in %s', (_, text) => {
    expect(findTime(text)).toBeUndefined();
  });

  it('reads hostile text in no time', () => {
    const texts = ['1'.repeat(65_536), '2026-'.repeat(13_000), 'Mon '.repeat(16_000), 'a'.repeat(65_536)];
    const time = cpuTime(() => {
      for (const text of texts) findTime(text);
    });
    expect(time).toBeLessThan(2000);
  });
});
