import { type HeapProfile, largestSites } from '../../model/heap-profile.js';
import { quote } from '../../model/problem.js';
import type { LineReader, Section } from '../format.js';
import { MassifSites } from './massif-sites.js';

/** Reads one massif file: the totals of its snapshots and the trees of the detailed ones. */
export class MassifReader implements LineReader {
  private command: string | undefined;
  private firstLine: number | undefined;
  private lastLine = 1;
  private snapshots = 0;
  private peak: number | undefined;
  private peakLine: number | undefined;
  private lastHeap: number | undefined;
  /** What of the snapshot that is read now is still to come. */
  private awaits: 'begin' | 'heap' | 'tree' | 'nodes' = 'begin';
  private readonly sites = new MassifSites();
  /** What is wrong with the last line, unless the file is cut there. */
  private doubt: string | undefined;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    // The header of another file: a section of its own.
    if (text.startsWith('desc: ') && this.snapshots > 0) return false;
    this.tellDoubt();
    const isOwn = text === '' || this.node(text) || this.field(text, number);
    if (!isOwn) return false;
    this.firstLine ??= number;
    this.lastLine = number;
    return true;
  }

  end(): void {
    const { section, snapshots, firstLine = 1, peak, lastHeap: last, command } = this;
    const isCut = this.awaits === 'nodes' ? this.sites.awaitsNodes : this.awaits !== 'begin' || snapshots === 0;
    if (!isCut) this.tellDoubt();
    else {
      const message = `expected a whole massif file, found one that ends inside ${snapshots === 0 ? 'its header' : 'a snapshot'}`;
      section.problem('error', 'truncated-capture', message, this.lastLine);
    }
    if (peak === undefined || last === undefined) return;
    const profile: HeapProfile = {
      tool: 'massif',
      peak,
      // The last snapshot is taken when the program ends.
      ...(!isCut && { end: last }),
      ...largestSites(this.sites.all()),
      origin: { file: section.file, line: this.peakLine ?? firstLine },
    };
    section.emit({
      type: 'diagnosis',
      says: command === undefined ? {} : { command },
      origin: { file: section.file, line: firstLine },
      leaks: [],
      errors: [],
      summaries: [],
      heapProfiles: [profile],
    });
  }

  private tellDoubt(): void {
    if (this.doubt !== undefined) this.section.problem('warning', 'bad-value', this.doubt, this.lastLine);
    this.doubt = undefined;
  }

  private field(text: string, line: number): boolean {
    const field = FIELD.exec(text);
    if (!field) return RULE.test(text) || text.startsWith('desc: ') || text.startsWith('time_unit: ') || this.cmd(text);
    const [, name, value = ''] = field;
    if (name === 'snapshot') {
      this.snapshots++;
      this.awaits = 'heap';
    } else if (name === 'mem_heap_B') this.heap(value);
    else if (name === 'heap_tree') {
      this.awaits = value === 'empty' ? 'begin' : value === 'detailed' || value === 'peak' ? 'nodes' : 'tree';
      if (this.awaits === 'nodes') this.sites.beginTree(value === 'peak');
      if (value === 'peak') this.peakLine = line;
    }
    return true;
  }

  private cmd(text: string): boolean {
    if (!text.startsWith('cmd: ')) return false;
    this.command = text.slice(5);
    return true;
  }

  private heap(value: string): void {
    const bytes = Number(value);
    if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(bytes)) {
      this.doubt = `expected bytes in mem_heap_B, found ${quote(value)}`;
      return;
    }
    this.awaits = 'tree';
    this.lastHeap = bytes;
    this.peak = Math.max(this.peak ?? 0, bytes);
  }

  private node(text: string): boolean {
    if (!NODE.test(text)) return false;
    if (this.awaits === 'nodes' && !this.sites.node(text)) {
      this.doubt = `expected a node of massif's tree, found ${quote(text)}`;
    }
    return true;
  }
}

const RULE = /^#-{3,}$/;
const FIELD = /^(snapshot|time|mem_heap_B|mem_heap_(?:extra|admin)_B|mem_stacks_B|heap_tree)=(.*)$/;
/** A glance: deeper than massif's --depth may be, a line is none of its own. */
const NODE = /^ {0,512}n\d{1,9}: \d/;
