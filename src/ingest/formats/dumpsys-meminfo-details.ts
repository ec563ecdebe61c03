/** The tables of details below the table of a process, by their titles. None of their numbers is a total to read. */
const DETAIL_TABLES = [
  'Dalvik Details',
  'App Summary',
  'Objects',
  'SQL',
  'DATABASES',
  'PER CONNECTION STATS',
  'POOL STATS',
  'Asset Allocations',
  'Native Allocations',
  'Unreachable memory',
] as const;

export type DetailTable = (typeof DETAIL_TABLES)[number];

/** The table of details that a line is the title of. */
export function detailTableOf(line: string): DetailTable | undefined {
  const title = line.trim().replace(/:$/, '');
  return DETAIL_TABLES.find((table) => table === title);
}

/** Whether a line has the shape of those in such a table. */
export function isDetailLine(table: DetailTable, line: string): boolean {
  if (/^-{20,}$/.test(line)) return true;
  switch (table) {
    case 'Dalvik Details':
      return /^ *\.[A-Z]/.test(line) && / (?:\d+|N\/A) *$/.test(line);
    case 'Unreachable memory':
      return line.startsWith(' ');
    case 'Asset Allocations':
      return line.startsWith(' ') && /: \d+K?$/.test(line);
    case 'DATABASES':
    case 'PER CONNECTION STATS':
    case 'POOL STATS':
      return /^ +(?:\d|-|\(|pgsz|cache|Dbname)/.test(line);
    default:
      return /^ +Pss\(KB\)(?: +Rss\(KB\))? *$/.test(line) || isListOfCounts(line);
  }
}

/** `      AppContexts:        7           Activities:        1`: labels that end in a colon, and numbers. */
function isListOfCounts(line: string): boolean {
  const words = line.trim().split(/ +/);
  return /\d$/.test(words.at(-1) ?? '') && words.some(isLabelEnd) && words.every(isLabelOrNumber);
}

function isLabelEnd(word: string): boolean {
  return word.length > 1 && word.endsWith(':');
}

function isLabelOrNumber(word: string): boolean {
  return /^(?:\d+|[A-Za-z_]+:?|\([A-Z]+\):?)$/.test(word);
}
