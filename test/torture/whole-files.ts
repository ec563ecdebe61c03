import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** The content of each file below a folder, by its path from there. Files of memreport's own are among them. */
export function filesBelow(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))]));
}

/** Whether an output has its end. */
export function isWhole(name: string, content: Buffer): boolean {
  switch (extname(name)) {
    case '.json':
      return isJson(content.toString('utf8'));
    case '.html':
      return content.toString('utf8').trimEnd().endsWith('</html>');
    case '.pdf':
      return content.toString('latin1').startsWith('%PDF-') && content.toString('latin1').trimEnd().endsWith('%%EOF');
    default:
      return content.at(-1) === 0x0a;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What is different, by name; nothing where both folders hold the same bytes. */
export function differences(one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => {
    const [a, b] = [one.get(name), other.get(name)];
    return !a || !b || !a.equals(b);
  });
}
