import { type FoundTime, found, instantOf } from './instant-of.js';

/**
 * The first date in a text whose month is a word, in English or German, or that is written in Chinese or Japanese: what
 * `date` prints in these languages, the time of mails, `21-Sep-2026 14:13:20`.
 */
export function findWrittenDate(text: string): FoundTime | undefined {
  if (text.includes('年')) return findEastAsian(text);
  if (!HAS_MONTH.test(text)) return undefined;
  for (const pattern of PATTERNS) {
    const match = pattern.exec(text);
    const { year, month = '', day, ...time } = match?.groups ?? {};
    if (match) return found(match, instantOf({ ...time, year: Number(year), month: monthOf(month), day: Number(day) }));
  }
  return undefined;
}

/** January is 0. */
export function monthOf(word: string): number {
  return MONTHS.findIndex((names) => new RegExp(`^(?:${names})$`).test(word));
}

const MONTHS = [
  'Jan(?:uar|uary)?',
  'Feb(?:ruar|ruary)?',
  'Mar(?:ch)?|Mär(?:z)?',
  'Apr(?:il)?',
  'Ma[iy]',
  'Jun[ei]?',
  'Jul[iy]?',
  'Aug(?:ust)?',
  'Sept?(?:ember)?',
  'O[ck]t(?:ober)?',
  'Nov(?:ember)?',
  'De[cz](?:ember)?',
];
const HAS_MONTH = new RegExp(MONTHS.join('|'));
/** `Sep`, `Sept.`, `September`. */
export const MONTH = String.raw`(?<month>${MONTHS.join('|')})\.?`;
const DAY = String.raw`(?<day>[0-3]?\d)(?!\d)`;
const YEAR = String.raw`(?<year>(?:19|20)\d\d)(?!\d)`;
const HALF = '(?:[ _](?<half>[AP]M))?';
const TIME = String.raw`(?<hour>[0-2]?\d)(?<t>[:._-]?)(?<minute>[0-5]\d)\k<t>(?<second>[0-6]\d)(?:[.,](?<fraction>\d{1,9}))?${HALF}`;
const ZONE = String.raw`(?:[ _](?<zone>[A-Z][A-Za-z]{1,5}|[+-]\d\d(?::?\d\d)?)(?![A-Za-z\d]))?`;

const PATTERNS = [
  // Mon Nov 23 01:06:25 UTC 2026 · Mon Nov 23 01:06:25 AM CET 2026 · Mon_Nov_23_01:06:25_UTC_2026
  `(?<![A-Za-z])${MONTH}[ _]+${DAY}[ _]+${TIME}${ZONE}[ _]${YEAR}`,
  // Mo 23. Nov 01:06:25 CET 2026
  String.raw`(?<!\d)${DAY}\.?[ _]+${MONTH}[ _]+${TIME}${ZONE}[ _]${YEAR}`,
  // Mon, 23 Nov 2026 01:06:25 +0000 · Mo 23. Nov 2026, 01:06:25 CET · 23-Nov-2026 01:06:25 · 23Nov2026_010625
  String.raw`(?<!\d)${DAY}\.?[ _/-]?${MONTH}[ _/-]?${YEAR}[ T_,:-]{1,2}${TIME}${ZONE}`,
  // Monday, November 23, 2026 01:06:25 AM
  `(?<![A-Za-z])${MONTH}[ _-]${DAY},?[ _-]${YEAR}[ T_,-]{1,2}(?:at )?${TIME}${ZONE}`,
].map(
  (pattern) =>
    new RegExp(`(?:(?<![A-Za-z])(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Mo|Di|Mi|Do|Fr|Sa|So)[a-z]{0,6}[.,]?[ _])?${pattern}`),
);

// 2026年 11月 23日 星期一 01:06:25 CST · 2026年11月23日 星期一 01时06分25秒 CST · 2026年11月23日 下午1:06:25
// 2026年11月23日 月曜日 01時06分25秒 JST
const EAST_ASIAN = new RegExp(
  String.raw`(?<year>(?:19|20)\d\d)年\s?(?<month>[01]?\d)月\s?(?<day>[0-3]?\d)日\s?(?:(?:星期|周|週)[一二三四五六日天]|[月火水木金土日]曜日)?\s?` +
    String.raw`(?<half>上午|下午)?\s?(?<hour>[0-2]?\d)[:时時](?<minute>[0-5]\d)[:分](?<second>[0-6]\d)秒?${ZONE}`,
);

function findEastAsian(text: string): FoundTime | undefined {
  const match = EAST_ASIAN.exec(text);
  if (!match) return undefined;
  const { year, month, day, zone = '', ...time } = match.groups ?? {};
  const date = { year: Number(year), month: Number(month) - 1, day: Number(day) };
  // Elsewhere CST is American; where `date` writes so, it is China's.
  return found(match, instantOf({ ...time, ...date, zone: zone === 'CST' ? '+0800' : zone }));
}
