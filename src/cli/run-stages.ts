import { durationText } from '../model/duration-text.js';
import { amount } from './amount.js';
import { countText } from './count-text.js';
import type { Terminal } from './terminal.js';

/** What a run goes through, in this order. */
export type StageName = 'reading' | 'judging' | 'writing';

/** How far a stage is; absent parts are not known. */
export interface StageProgress {
  readonly done: number;
  readonly total?: number;
  readonly bytes?: number;
  readonly totalBytes?: number;
  /** Errors and warnings about the input. */
  readonly problems?: number;
  /** The path that is worked on. */
  readonly path: string;
}

/** What a run came to. */
export interface RunCounts {
  readonly files: number;
  readonly bytes: number;
  readonly programs: number;
  readonly problems: number;
  readonly written: number;
}

interface Stage {
  readonly name: StageName;
  readonly begin: number;
  end?: number;
}

/** A time left is told when the rate has settled. */
const SETTLED = 3_000;

/** Tells how a run goes on, and at its end what each stage took. */
export class RunStages {
  private readonly stages: Stage[] = [];

  /** `now` in milliseconds, from any beginning. */
  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Ends the stage before. */
  begin(name: StageName): void {
    this.end();
    this.stages.push({ name, begin: this.now() });
    this.terminal.event({ event: 'stage', stage: name });
  }

  progress(progress: StageProgress): void {
    const stage = this.stages.at(-1);
    if (!stage) return;
    const elapsed = this.now() - stage.begin;
    this.terminal.progress(() => this.progressText(stage.name, progress, elapsed), {
      stage: stage.name,
      ...progress,
      milliseconds: Math.round(elapsed),
    });
  }

  /** The summary, once all is done. */
  finish(counts: RunCounts): void {
    this.end();
    this.terminal.clearProgress();
    const [first] = this.stages;
    const last = this.stages.at(-1);
    if (!first || last?.end === undefined) return;
    const whole = last.end - first.begin;
    this.terminal.summary(`${this.parts(counts).join('; ')}; ${secondsText(whole)} in all`, {
      ...counts,
      milliseconds: Math.round(whole),
      stages: Object.fromEntries(
        this.stages.map(({ name, begin, end = begin }) => [name, { milliseconds: Math.round(end - begin) }]),
      ),
    });
  }

  private end(): void {
    const stage = this.stages.at(-1);
    if (stage && stage.end === undefined) stage.end = this.now();
  }

  /** Much is judged while files are read: the two have one time. */
  private parts({ files, bytes, programs, written }: RunCounts): string[] {
    const took = (names: readonly StageName[]): string =>
      secondsText(
        this.stages
          .filter(({ name }) => names.includes(name))
          .reduce((sum, { begin, end = begin }) => sum + end - begin, 0),
      );
    const known = `${counted(files, 'file')} (${amount(bytes)}) read and ${counted(programs, 'program')} judged in`;
    return [
      ...(this.stages.some(({ name }) => name === 'judging') ? [`${known} ${took(['reading', 'judging'])}`] : []),
      `${counted(written, 'file')} written in ${took(['writing'])}`,
    ];
  }

  private progressText(name: StageName, progress: StageProgress, elapsed: number): string {
    const { done, total, bytes, totalBytes, problems, path } = progress;
    const { say } = this.terminal.language;
    const noun = name === 'judging' ? 'device' : 'file';
    const parts = [
      `${name} ${total === undefined ? counted(done, noun) : `${countText(done)} of ${counted(total, noun)}`}`,
    ];
    const isSettled = elapsed >= SETTLED;
    if (bytes !== undefined && totalBytes !== undefined) {
      parts.push(`${amount(bytes)} of ${amount(totalBytes)}`);
      if (isSettled && bytes > 0) parts.push(`${amount((1000 * bytes) / elapsed)} a second`);
    }
    const part = bytes ?? done;
    const whole = bytes === undefined ? total : totalBytes;
    if (isSettled && part > 0 && whole !== undefined) {
      parts.push(`${durationText((elapsed * (whole - part)) / part) ?? ''} left`);
    }
    if (problems !== undefined && problems > 0) parts.push(counted(problems, 'problem'));
    return `${parts.map((part) => say(part)).join(', ')}: ${path}`;
  }
}

function counted(value: number, noun: string): string {
  return `${countText(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function secondsText(milliseconds: number): string {
  return milliseconds < 100_000 ? `${(milliseconds / 1000).toFixed(1)} s` : (durationText(milliseconds) ?? '');
}
