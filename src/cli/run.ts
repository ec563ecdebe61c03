import yargs, { type Argv } from 'yargs';
import { languageOf } from '../language.js';
import { OUTPUTS } from '../report/outputs/index.js';
import { VERSION } from '../version.js';
import { EXIT, Failure } from './exit-codes.js';
import { languageId, usage } from './options.js';
import { Terminal } from './terminal.js';

interface CommonArguments {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly lang: string;
}

/** Runs one command line and returns its exit code; it never throws. */
export async function run(words: readonly string[]): Promise<number> {
  let terminal = new Terminal({ quiet: false, verbose: false, color: false });
  let exitCode: number = EXIT.written;
  const terminalOf = ({ quiet, verbose, color, lang }: CommonArguments): Terminal => {
    const language = languageOf(languageId('lang', lang));
    terminal = new Terminal({ quiet, verbose, color: color && !process.env.NO_COLOR, language });
    return terminal;
  };
  try {
    await commandLine(terminalOf, (code) => {
      exitCode = code;
    }).parseAsync(words);
    return exitCode;
  } catch (error) {
    if (error instanceof Failure) {
      terminal.error(`memreport: ${error.message}`);
      return error.exitCode;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.error(`memreport: a bug of ours, please report it with the capture that shows it\n${text}`);
    return EXIT.bug;
  }
}

function commandLine(terminalOf: (argv: CommonArguments) => Terminal, done: (exitCode: number) => void) {
  return yargs()
    .scriptName('memreport')
    .usage('$0 <command>\n\nTells from captured text whether a program leaks memory, how fast, and where.')
    .locale('en')
    .parserConfiguration({ 'greedy-arrays': false, 'parse-positional-numbers': false, 'camel-case-expansion': false })
    .option('quiet', { type: 'boolean', default: false, global: true, describe: 'print results and errors only' })
    .option('verbose', {
      type: 'boolean',
      default: false,
      global: true,
      describe: 'print every problem, and how it is done',
    })
    .option('color', {
      type: 'boolean',
      default: true,
      global: true,
      describe: 'colours on a terminal (also NO_COLOR)',
    })
    .option('lang', {
      type: 'string',
      default: 'en',
      global: true,
      requiresArg: true,
      describe: 'en or zh-CN: language of report and messages (LANG of the environment is not used)',
    })
    .command(
      'analyze [captures..]',
      'judge the programs in captures folders and write the report',
      (command) => analyzeOptions(command),
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
            browser: argv.browser,
          }),
        );
      },
    )
    .command(
      'diff <before> <after>',
      'tell what changed between two captures or reports: leaks, growth, mappings',
      (command) => diffOptions(command),
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
            browser: argv.browser,
          }),
        );
      },
    )
    .command(
      'inspect [files..]',
      'tell what a file is and what is read of it',
      (command) =>
        command
          .positional('files', { type: 'string', array: true, describe: 'captures' })
          .option('json', { type: 'boolean', default: false, describe: 'as JSON' })
          .option('strict', { type: 'boolean', default: false, describe: 'exit with 3 when a file is damaged' }),
      async (argv) => {
        const paths = pathsOf(argv.files, argv._);
        if (paths.length === 0) throw usage('inspect: expected a file, found none');
        const { inspectCommand } = await import('./commands/inspect.js');
        done(await inspectCommand(terminalOf(argv), paths, argv));
      },
    )
    .command(
      'render <report>',
      'make any output again from a saved report.json',
      (command) => outputOptions(command.positional('report', { type: 'string', demandOption: true })),
      async (argv) => {
        const { renderCommand } = await import('./commands/render.js');
        done(
          await renderCommand(terminalOf(argv), {
            report: argv.report,
            out: argv.out,
            formats: argv.format,
            browser: argv.browser,
          }),
        );
      },
    )
    .command(
      'capture-script',
      'print a shell script that takes captures on a target',
      (command) =>
        command.example(
          '$0 capture-script > capture.sh',
          'then on the target: sh capture.sh -p sensord; -h tells more',
        ),
      async (argv) => {
        const { captureScriptCommand } = await import('./commands/capture-script.js');
        done(captureScriptCommand(terminalOf(argv)));
      },
    )
    .command(
      'formats',
      'list what can be read, with how to capture each',
      (command) =>
        command
          .option('limits', { type: 'boolean', default: false, describe: 'how much is read at most, and why' })
          .option('json', { type: 'boolean', default: false }),
      async (argv) => {
        const { formatsCommand } = await import('./commands/formats.js');
        done(formatsCommand(terminalOf(argv), argv));
      },
    )
    .command(
      'rules',
      'list how it judges, with thresholds',
      (command) => command.option('json', { type: 'boolean', default: false }),
      async (argv) => {
        const { rulesCommand } = await import('./commands/rules.js');
        done(rulesCommand(terminalOf(argv), argv));
      },
    )
    .command(
      'explain <word..>',
      'explain a word: PSS, soft dirty, definite loss, settled-usage, …',
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
      'Exit: 0 written, 1 --fail-on met, 2 usage, 3 damaged input (--strict), 4 no usable input, 5 no PDF, ' +
        '6 output not writable, 7 a bug of ours, 130/143 interrupted.',
    )
    .fail((message, error) => {
      throw error ?? usage(message);
    });
}

function outputOptions<T>(command: Argv<T>) {
  return command
    .option('out', { type: 'string', default: './memreport', requiresArg: true, describe: 'folder for the report' })
    .option('format', {
      type: 'string',
      array: true,
      default: ['html,pdf,json'],
      requiresArg: true,
      describe: `any of ${OUTPUTS.map(({ id }) => id).join(', ')}`,
    })
    .option('browser', { type: 'string', requiresArg: true, describe: 'Chrome for the PDF: a path, or "embedded"' });
}

function analyzeOptions<T>(command: Argv<T>) {
  return outputOptions(command.positional('captures', { type: 'string', array: true, describe: 'folders or files' }))
    .option('device', { type: 'string', requiresArg: true, describe: 'only devices that match this expression' })
    .option('command', { type: 'string', requiresArg: true, describe: 'only programs that match this expression' })
    .option('memory-limit', {
      type: 'string',
      requiresArg: true,
      describe: 'what each program may use at most: 512M, 2G, …',
    })
    .option('symbols', {
      type: 'string',
      requiresArg: true,
      describe: 'folder of unstripped binaries: names and lines for frames that have only an address',
    })
    .option('toolchain-prefix', {
      type: 'string',
      requiresArg: true,
      describe: 'prefix of the addr2line to ask: aarch64-linux-gnu-, also with a path',
    })
    .option('source', { type: 'string', requiresArg: true, describe: 'folder of sources: show the lines of code' })
    .option('fail-on', { type: 'string', requiresArg: true, describe: 'exit with 1 on leak, or on suspect and leak' })
    .option('strict', { type: 'boolean', default: false, describe: 'exit with 3 when some input is damaged' })
    .option('jobs', { type: 'string', requiresArg: true, describe: 'threads that read captures' })
    .example('$0 analyze ./captures', 'write ./memreport/index.html, report.pdf and report.json')
    .example('$0 analyze ./captures --fail-on leak --format json', 'for a nightly job')
    .example('$0 analyze ./captures --symbols ./unstripped --source ./src', 'name the frames, show the code');
}

function diffOptions<T>(command: Argv<T>) {
  const side = 'captures folder, report.json, or one capture';
  return command
    .positional('before', { type: 'string', demandOption: true, describe: side })
    .positional('after', { type: 'string', demandOption: true, describe: side })
    .option('out', {
      type: 'string',
      default: './memreport-diff',
      requiresArg: true,
      describe: 'folder for the report',
    })
    .option('format', {
      type: 'string',
      array: true,
      default: ['html,json'],
      requiresArg: true,
      describe: `any of ${OUTPUTS.flatMap(({ id, forComparisons }) => (forComparisons ? [id] : [])).join(', ')}`,
    })
    .option('device', { type: 'string', requiresArg: true, describe: 'only devices that match this expression' })
    .option('command', { type: 'string', requiresArg: true, describe: 'only programs that match this expression' })
    .option('match-devices', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'OLD=NEW: these are compared; all: programs over all devices of a side',
    })
    .option('fail-on', {
      type: 'string',
      requiresArg: true,
      describe: 'exit with 1 on new-leak, or on growth, or on either: new-leak,growth',
    })
    .option('jobs', { type: 'string', requiresArg: true, describe: 'threads that read captures' })
    .option('browser', { type: 'string', requiresArg: true, describe: 'Chrome for the PDF: a path, or "embedded"' })
    .example('$0 diff ./build-41 ./build-42', 'write ./memreport-diff/index.html and diff.json')
    .example('$0 diff night-1/report.json ./captures --fail-on new-leak', 'for a nightly job');
}

/** Positionals, and what stands behind a `--`. */
function pathsOf(positional: readonly string[] | undefined, rest: readonly (string | number)[]): string[] {
  return [...(positional ?? []), ...rest.slice(1).map(String)].map(String);
}
