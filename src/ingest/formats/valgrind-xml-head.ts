/**
 * The tool of valgrind's whose XML begins in the first line of `head`; undefined: none does.
 *
 *     <?xml version="1.0"?>
 *
 *     <valgrindoutput>
 *
 *     <protocolversion>4</protocolversion>
 *     <protocoltool>memcheck</protocoltool>
 *
 * Program output may stand before it in the line. Up to protocol 3 the tool is not told: only memcheck wrote XML.
 * Source: valgrind's docs/internals/xml-output-protocol4.txt, TOPLEVEL.
 */
export function valgrindXmlTool(head: string): string | undefined {
  const newline = head.indexOf('\n');
  const first = newline === -1 ? head : head.slice(0, newline);
  let at = first.indexOf('<?xml ');
  if (at === -1) at = first.indexOf(ROOT);
  if (at === -1) return BEHEADED.test(head) ? MEMCHECK : undefined;
  const root = rootAfter(head, at);
  if (root === undefined) return undefined;
  if (root === '') return MEMCHECK;
  const version = /^<protocolversion>\s*\d{1,3}\s*<\/protocolversion>\s*/.exec(root)?.[0];
  if (version === undefined) return undefined;
  return /^<protocoltool>\s*([\w-]+)/.exec(root.slice(version.length))?.[1] ?? MEMCHECK;
}

const ROOT = '<valgrindoutput>';
const MEMCHECK = 'memcheck';

/** An error alone: what was before it is lost. */
const BEHEADED = /^\s*<error>\s*<unique>0x[\da-f]+<\/unique>\s*<tid>\d+<\/tid>\s*<kind>/i;

/** What follows the root's begin, if only a declaration stands before it. */
function rootAfter(head: string, from: number): string | undefined {
  let at = from;
  if (head.startsWith('<?xml ', at)) {
    const end = head.indexOf('?>', at);
    if (end === -1) return undefined;
    at = end + 2;
  }
  const rest = head.slice(at).trimStart();
  // A document type is no part of the protocol; the reader reports it.
  const root = rest.startsWith('<!') ? rest.indexOf(`\n${ROOT}`) + 1 : 0;
  return rest.startsWith(ROOT, root) ? rest.slice(root + ROOT.length).trimStart() : undefined;
}
