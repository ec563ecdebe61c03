import { quote } from '../../model/problem.js';
import type { CaptureFormat, LineReader, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { parseHeadline } from './sanitizer-headline.js';
import { costFileTool, isCostLine } from './valgrind-cost-file.js';
import { toolOfLog } from './valgrind-log.js';
import { isMemcheckTitle, otherToolOf, valgrindLine } from './valgrind-prefix.js';
import { valgrindXmlTool } from './valgrind-xml-head.js';

/**
 * What valgrind's other tools write: the same prefix or XML as memcheck, but no loss records; or files of costs.
 *
 *     ==21610== drd, a thread error detector
 *     <protocoltool>helgrind</protocoltool>
 *     # callgrind format
 */
export const valgrindOther: CaptureFormat = {
  id: 'valgrind-other',
  name: 'log of another valgrind tool',
  specification: 'https://valgrind.org/docs/manual/manual.html',
  howToCapture: 'not needed: use memcheck (valgrind --leak-check=full PROGRAM)',
  interleaved: true,
  refusal: "only valgrind's memcheck reports lost memory; this log is of another tool",
  firstLine: /==\d|<\?xml |<valgrindoutput>|<error>|^(?:desc: |cmd: |# callgrind format|version: |creator: )/,
  recognizes(head) {
    return costFileTool(head) !== undefined || ![toolOfLog(head), valgrindXmlTool(head)].every(isMemcheck);
  },
  open: (section) => lineReader(new OtherToolReader(section)),
};

/** Or of no tool that is told. */
function isMemcheck(tool: string | undefined): boolean {
  return tool === undefined || tool === 'memcheck';
}

/** Passes over the lines of such a log, and tells by name which tools it is of. */
class OtherToolReader implements LineReader {
  private readonly told = new Set<string>();
  private firstLine = 1;
  private kind: 'prefixed' | 'xml' | 'costs' | undefined;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (this.kind === undefined) this.firstLine = number;
    else if (text.includes('<?xml ')) return false; // Each document of XML tells its tool anew.
    this.kind ??= kindOf(text);
    return this.kind === 'prefixed'
      ? this.prefixed(text, number)
      : this.kind === 'xml'
        ? this.element(text, number)
        : this.costs(text, number);
  }

  end(): void {
    if (this.told.size === 0) this.tell("another of valgrind's tools", this.firstLine);
  }

  private prefixed(text: string, number: number): boolean {
    const line = valgrindLine(text);
    if (!line || isMemcheckTitle(line.text) || parseHeadline(text)) return false;
    const tool = otherToolOf(line.text);
    if (tool !== undefined) this.tell(tool, number);
    return true;
  }

  private element(text: string, number: number): boolean {
    const tool = /<(?:protocol)?tool>\s*([\w-]{1,40})\s*</.exec(text)?.[1];
    if (tool !== undefined) this.tell(tool, number);
    return text.trim() === '' || number === this.firstLine || /^\s*<\/?[a-z!]/i.test(text);
  }

  private costs(text: string, number: number): boolean {
    const isOwn = isCostLine(text);
    // "creator: callgrind-3.19.0", and "creator: xtree-1" of memcheck's --xtree-leak; cachegrind says nothing of itself.
    const creator = /^creator: (\w{1,40})/.exec(text)?.[1];
    if (isOwn && (creator !== undefined || text.startsWith('events: '))) this.tell(creator ?? 'cachegrind', number);
    return isOwn;
  }

  /** Once for each tool: what was found, and what to capture instead. */
  private tell(tool: string, line: number): void {
    // A title tells the tool for sure; what only some tools print is needed where there is none.
    if (this.told.has(tool) || (this.told.size > 0 && (this.kind === 'costs' || tool.includes(' ')))) return;
    this.told.add(tool);
    const file = OUTPUT_FILES[tool];
    const instead =
      file === undefined
        ? 'for that use memcheck, valgrind --leak-check=full PROGRAM'
        : `its results are in the file ${file}, which can be read`;
    const message = `expected memcheck's log, found that of ${quote(tool)}, which tells no lost memory: ${instead}`;
    this.section.problem('error', 'refused-format', message, line);
  }
}

/** The tools whose own files are read. */
const OUTPUT_FILES: Readonly<Partial<Record<string, string>>> = { massif: 'massif.out.PID', dhat: 'dhat.out.PID' };

function kindOf(first: string): 'prefixed' | 'xml' | 'costs' {
  if (valgrindLine(first)) return 'prefixed';
  return first.includes('<') ? 'xml' : 'costs';
}
