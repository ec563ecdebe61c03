import type { Argv } from 'yargs';
import { LANGUAGES, type Language, type LanguageId, languageOf, loadLanguage } from '../language.js';
import { OUTPUTS } from '../report/outputs/index.js';
import { VERSION } from '../version.js';
import { EXIT, Failure } from './exit-codes.js';
import { failureText, systemReason } from './failure-text.js';
import { languageId, usage } from './options.js';
import { watchProcess } from './process-events.js';
import { Terminal } from './terminal.js';
import { yargs } from './yargs.js';

interface CommonArguments {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly lang: string;
  readonly 'json-log': boolean;
}

/** Runs one command line, which has the process for itself, and returns its exit code; it never throws. */
export async function run(words: readonly string[]): Promise<number> {
  const spoken = await loadLanguage(languageOfWords(words));
  let terminal = new Terminal({ quiet: false, verbose: false, color: false, language: spoken });
  let exitCode: number = EXIT.written;
  const terminalOf = ({ quiet, verbose, color, lang, 'json-log': jsonLog }: CommonArguments): Terminal => {
    const language = languageOf(languageId('lang', lang));
    terminal = new Terminal({ quiet, verbose, color: color && !process.env.NO_COLOR, jsonLog, language });
    return terminal;
  };
  const fail = (error: unknown): number => {
    terminal.error(`memreport: ${failureText(error)}`);
    return error instanceof Failure ? error.exitCode : EXIT.bug;
  };
  watchProcess({
    onSignal: () => {
      terminal.error('memreport: interrupted; the files written so far are whole, and --resume goes on from there');
    },
    onStdoutError: (error) => {
      terminal.error(`memreport: stdout: expected a writable place, found ${systemReason(error)}`);
    },
    onError: fail,
  });
  try {
    await commandLine(spoken, terminalOf, (code) => {
      exitCode = code;
    }).parseAsync(words);
    return exitCode;
  } catch (error) {
    return fail(error);
  }
}

/** As `--lang` says: help and what is said of wrong options need it before the options are read. */
function languageOfWords(words: readonly string[]): LanguageId {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const value = words[at] === '--lang' ? words[at + 1] : words[at]?.slice('--lang='.length);
  return LANGUAGES.find((id) => id === value) ?? 'en';
}

function commandLine(
  language: Language,
  terminalOf: (argv: CommonArguments) => Terminal,
  done: (exitCode: number) => void,
) {
  const { say } = language;
  return (
    yargs()
      .scriptName('memreport')
      .locale('en')
      // The library takes plurals as it has them itself; its types do not say so.
      .updateStrings(language.parserWords as Record<string, string>)
      .usage(`$0 <command>\n\n${say('Tells from captured text whether a program leaks memory, how fast, and where.')}`)
      .parserConfiguration({ 'greedy-arrays': false, 'parse-positional-numbers': false, 'camel-case-expansion': false })
      .option('quiet', {
        type: 'boolean',
        default: false,
        global: true,
        describe: say('print results and errors only'),
      })
      .option('verbose', {
        type: 'boolean',
        default: false,
        global: true,
        describe: say('print every problem, and how it is done'),
      })
      .option('color', {
        type: 'boolean',
        default: true,
        global: true,
        describe: say('colours on a terminal (also NO_COLOR)'),
      })
      .option('json-log', {
        type: 'boolean',
        default: false,
        global: true,
        describe: say('each line of stderr is a JSON object: progress, messages, times of the stages'),
      })
      .option('lang', {
        type: 'string',
        default: 'en',
        global: true,
        requiresArg: true,
        describe: say('en or zh-CN: language of report and messages (LANG of the environment is not used)'),
      })
      .command(
        'analyze [captures..]',
        say('judge the programs in captures folders and write the report'),
        (command) => analyzeOptions(command, say),
        async (argv) => {
          const captures = pathsOf(argv.captures, argv._);
          if (captures.length === 0) throw usage('analyze: expected a captures folder or file, found none');
          const { analyzeCommand } = await import('./commands/analyze.js');
          done(
            await analyzeCommand(terminalOf(argv), {
              captures,
              out: argv.out,
              formats: argv.format,
              device: argv.device,
              command: argv.command,
              memoryLimit: argv['memory-limit'],
              symbols: argv.symbols,
              toolchainPrefix: argv['toolchain-prefix'],
              source: argv.source,
              failOn: argv['fail-on'],
              strict: argv.strict,
              jobs: argv.jobs,
              cache: argv.cache,
              resume: argv.resume,
              browser: argv.browser,
            }),
          );
        },
      )
      .command(
        'diff <before> <after>',
        say('tell what changed between two captures or reports: leaks, growth, mappings'),
        (command) => diffOptions(command, say),
        async (argv) => {
          const { diffCommand } = await import('./commands/diff.js');
          done(
            await diffCommand(terminalOf(argv), {
              before: argv.before,
              after: argv.after,
              out: argv.out,
              formats: argv.format,
              device: argv.device,
              command: argv.command,
              matchDevices: argv['match-devices'],
              failOn: argv['fail-on'],
              jobs: argv.jobs,
              cache: argv.cache,
              browser: argv.browser,
            }),
          );
        },
      )
      .command(
        'inspect [files..]',
        say('tell what a file is and what is read of it'),
        (command) =>
          command
            .positional('files', { type: 'string', array: true, describe: say('captures') })
            .option('json', { type: 'boolean', default: false, describe: say('as JSON') })
            .option('strict', { type: 'boolean', default: false, describe: say('exit with 3 when a file is damaged') }),
        async (argv) => {
          const paths = pathsOf(argv.files, argv._);
          if (paths.length === 0) throw usage('inspect: expected a file, found none');
          const { inspectCommand } = await import('./commands/inspect.js');
          done(await inspectCommand(terminalOf(argv), paths, argv));
        },
      )
      .command(
        'render <report>',
        say('make any output again from a saved report.json'),
        (command) => outputOptions(command.positional('report', { type: 'string', demandOption: true }), say),
        async (argv) => {
          const { renderCommand } = await import('./commands/render.js');
          done(
            await renderCommand(terminalOf(argv), {
              report: argv.report,
              out: argv.out,
              formats: argv.format,
              resume: argv.resume,
              browser: argv.browser,
            }),
          );
        },
      )
      .command(
        'capture-script',
        say('print a shell script that takes captures on a target'),
        (command) =>
          command.example(
            '$0 capture-script > capture.sh',
            say('then on the target: sh capture.sh -p sensord; -h tells more'),
          ),
        async (argv) => {
          const { captureScriptCommand } = await import('./commands/capture-script.js');
          done(captureScriptCommand(terminalOf(argv)));
        },
      )
      .command(
        'formats',
        say('list what can be read, with how to capture each'),
        (command) =>
          command
            .option('limits', { type: 'boolean', default: false, describe: say('how much is read at most, and why') })
            .option('json', { type: 'boolean', default: false }),
        async (argv) => {
          const { formatsCommand } = await import('./commands/formats.js');
          done(formatsCommand(terminalOf(argv), argv));
        },
      )
      .command(
        'rules',
        say('list how it judges, with thresholds'),
        (command) => command.option('json', { type: 'boolean', default: false }),
        async (argv) => {
          const { rulesCommand } = await import('./commands/rules.js');
          done(rulesCommand(terminalOf(argv), argv));
        },
      )
      .command(
        'explain <word..>',
        say('explain a word: PSS, soft dirty, definite loss, settled-usage, …'),
        (command) => command.positional('word', { type: 'string', array: true, demandOption: true }),
        async (argv) => {
          const { explainCommand } = await import('./commands/explain.js');
          done(explainCommand(terminalOf(argv), argv.word.join(' ')));
        },
      )
      .version(VERSION)
      .alias('version', 'V')
      .alias('help', 'h')
      .strict()
      .recommendCommands()
      .demandCommand(1, 'expected a command, found none; memreport --help lists them')
      .wrap(Math.min(100, process.stdout.columns || 100))
      .exitProcess(false)
      .showHelpOnFail(false)
      .epilogue(
        say(
          'Exit: 0 written, 1 --fail-on met, 2 usage, 3 damaged input (--strict), 4 no usable input, 5 no PDF, ' +
            '6 output not writable, 7 a bug of ours, 130/143 interrupted.',
        ),
      )
      .fail((message, error) => {
        throw error ?? usage(message);
      })
  );
}

function outputOptions<T>(command: Argv<T>, say: Language['say']) {
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

function analyzeOptions<T>(command: Argv<T>, say: Language['say']) {
  return outputOptions(
    command.positional('captures', { type: 'string', array: true, describe: say('folders or files') }),
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
    .option('jobs', { type: 'string', requiresArg: true, describe: say('threads that read captures') })
    .option('cache', {
      type: 'boolean',
      default: true,
      describe: say('take over what earlier runs have read and printed of the same files (--no-cache: do not)'),
    })
    .example('$0 analyze ./captures', say('write ./memreport/index.html, report.pdf and report.json'))
    .example('$0 analyze ./captures --fail-on leak --format json', say('for a nightly job'))
    .example('$0 analyze ./captures --symbols ./unstripped --source ./src', say('name the frames, show the code'));
}

function diffOptions<T>(command: Argv<T>, say: Language['say']) {
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
    .option('jobs', { type: 'string', requiresArg: true, describe: say('threads that read captures') })
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

/** Positionals, and what stands behind a `--`. */
function pathsOf(positional: readonly string[] | undefined, rest: readonly (string | number)[]): string[] {
  return [...(positional ?? []), ...rest.slice(1).map(String)].map(String);
}
