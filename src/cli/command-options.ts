import type { Argv } from 'yargs';
import type { Language } from '../language.js';
import { OUTPUTS } from '../report/outputs/index.js';

/** Of commands that write a report. */
export function outputOptions<T>(command: Argv<T>, say: Language['say']) {
  return command
    .option('out', {
      type: 'string',
      default: './memreport',
      requiresArg: true,
      describe: say('folder for the report'),
    })
    .option('format', {
      type: 'string',
      array: true,
      default: ['html,pdf,json'],
      requiresArg: true,
      describe: say(`any of ${OUTPUTS.map(({ id }) => id).join(', ')}`),
    })
    .option('browser', {
      type: 'string',
      requiresArg: true,
      describe: say('Chrome for the PDF: a path, or "embedded"'),
    })
    .option('resume', {
      type: 'boolean',
      default: false,
      describe: say('go on where a run into this folder was interrupted'),
    });
}

export function analyzeOptions<T>(command: Argv<T>, say: Language['say']) {
  return outputOptions(
    command.positional('captures', {
      type: 'string',
      array: true,
      describe: say('folders or files; - is the standard input'),
    }),
    say,
  )
    .option('device', { type: 'string', requiresArg: true, describe: say('only devices that match this expression') })
    .option('command', { type: 'string', requiresArg: true, describe: say('only programs that match this expression') })
    .option('memory-limit', {
      type: 'string',
      requiresArg: true,
      describe: say('what each program may use at most: 512M, 2G, …'),
    })
    .option('symbols', {
      type: 'string',
      requiresArg: true,
      describe: say('folder of unstripped binaries: names and lines for frames that have only an address'),
    })
    .option('toolchain-prefix', {
      type: 'string',
      requiresArg: true,
      describe: say('prefix of the addr2line to ask: aarch64-linux-gnu-, also with a path'),
    })
    .option('source', { type: 'string', requiresArg: true, describe: say('folder of sources: show the lines of code') })
    .option('fail-on', {
      type: 'string',
      requiresArg: true,
      describe: say('exit with 1 on leak, or on suspect and leak'),
    })
    .option('strict', { type: 'boolean', default: false, describe: say('exit with 3 when some input is damaged') })
    .option('jobs', { type: 'string', requiresArg: true, describe: say('threads that read and judge captures') })
    .option('cache', {
      type: 'boolean',
      default: true,
      describe: say('take over what earlier runs have read and printed of the same files (--no-cache: do not)'),
    })
    .example('$0 analyze ./captures', say('write ./memreport/index.html, report.pdf and report.json'))
    .example('$0 analyze ./captures --fail-on leak --format json', say('for a nightly job'))
    .example('$0 analyze ./captures --symbols ./unstripped --source ./src', say('name the frames, show the code'));
}

export function diffOptions<T>(command: Argv<T>, say: Language['say']) {
  const side = 'captures folder, report.json, or one capture';
  return command
    .positional('before', { type: 'string', demandOption: true, describe: say(side) })
    .positional('after', { type: 'string', demandOption: true, describe: say(side) })
    .option('out', {
      type: 'string',
      default: './memreport-diff',
      requiresArg: true,
      describe: say('folder for the report'),
    })
    .option('format', {
      type: 'string',
      array: true,
      default: ['html,json'],
      requiresArg: true,
      describe: say(`any of ${OUTPUTS.flatMap(({ id, forComparisons }) => (forComparisons ? [id] : [])).join(', ')}`),
    })
    .option('device', { type: 'string', requiresArg: true, describe: say('only devices that match this expression') })
    .option('command', { type: 'string', requiresArg: true, describe: say('only programs that match this expression') })
    .option('match-devices', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: say('OLD=NEW: these are compared; all: programs over all devices of a side'),
    })
    .option('fail-on', {
      type: 'string',
      requiresArg: true,
      describe: say('exit with 1 on new-leak, or on growth, or on either: new-leak,growth'),
    })
    .option('jobs', { type: 'string', requiresArg: true, describe: say('threads that read and judge captures') })
    .option('cache', {
      type: 'boolean',
      default: true,
      describe: say('take over what earlier runs have read and printed of the same files (--no-cache: do not)'),
    })
    .option('browser', {
      type: 'string',
      requiresArg: true,
      describe: say('Chrome for the PDF: a path, or "embedded"'),
    })
    .example('$0 diff ./build-41 ./build-42', say('write ./memreport-diff/index.html and diff.json'))
    .example('$0 diff night-1/report.json ./captures --fail-on new-leak', say('for a nightly job'));
}
