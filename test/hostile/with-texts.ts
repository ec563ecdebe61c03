import { readFileSync } from 'node:fs';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/**
 * A copy of what a JSON file of ours holds, with other text in each place that may hold text of a capture: where its
 * schema asks for a string, and for no certain one.
 *
 * `texts` are used in turn, the same for the same old text, which stays before it: so what belongs together still does,
 * in the same order.
 */
export function withTexts<T>(value: T, schemaFile: 'report' | 'diff', texts: readonly string[]): T {
  const schema = schemaIn(schemaFile);
  const chosen = new Map<string, string>();
  const suffixOf = (old: string): string => {
    const known = chosen.get(old) ?? texts[chosen.size % texts.length] ?? '';
    chosen.set(old, known);
    return known;
  };
  const replaced = (node: unknown, place: Schema | undefined, key: string): unknown => {
    const rule = resolved(place, schema, node);
    if (typeof node === 'string') {
      return isFree(rule) ? `${node}z${SENTENCES.has(key) ? unbroken(suffixOf(node)) : suffixOf(node)}` : node;
    }
    if (Array.isArray(node)) return node.map((one: unknown) => replaced(one, rule?.items, key));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, one]) => [name, replaced(one, rule?.properties?.[name], name)]),
    );
  };
  return replaced(value, schema, '') as T;
}

const schemas = new Map<string, Schema>();

function schemaIn(name: string): Schema {
  const known = schemas.get(name) ?? (JSON.parse(readFileSync(`src/model/${name}.schema.json`, 'utf8')) as Schema);
  schemas.set(name, known);
  return known;
}

/** A blank behind a semicolon begins another remark of a sentence, by whomever it is written. */
export function unbroken(text: string): string {
  return text.replaceAll(';', ',').replaceAll('"', "'");
}

/** Sentences of ours, with names in them. */
const SENTENCES: ReadonlySet<string> = new Set(['statement', 'reason', 'advice', 'notCompared']);

function isFree(rule: Schema | undefined): boolean {
  return rule?.type === 'string' && rule.enum === undefined && rule.const === undefined && rule.pattern === undefined;
}

function resolved(place: Schema | undefined, root: Schema, node: unknown): Schema | undefined {
  let rule = place;
  while (rule?.$ref !== undefined) rule = root.$defs?.[rule.$ref.slice('#/$defs/'.length)];
  const choices = rule?.anyOf?.map((one) => resolved(one, root, node));
  return choices?.find((one) => fits(one, node)) ?? rule;
}

function fits(rule: Schema | undefined, node: unknown): boolean {
  if (typeof node === 'string') return rule?.type === 'string';
  return typeof node === 'object' && node !== null && Object.keys(node).every((name) => rule?.properties?.[name]);
}
