import yargs from 'yargs';
import type { Language } from '../language.js';
import { VERSION } from '../version.js';
import { analyzeOptions, diffOptions, outputOptions } from './command-options.js';
import { usage } from './options.js';
import type { Terminal } from './terminal.js';

/** What every command takes. */
export interface CommonArguments {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly lang: string;
  readonly 'json-log': boolean;
}

/**
 * The commands, each loaded when it is called.
 * @param language of help, and of what is said of wrong options
 * @param done told the exit code
 */
export function commandLine(
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
            .positional('files', { type: 'string', array: true, describe: say('captures; - is the standard input') })
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
        (command) =>
          outputOptions(
            command.positional('report', {
              type: 'string',
              demandOption: true,
              describe: say('report.json of an earlier run'),
            }),
            say,
          ),
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
        (command) =>
          command.positional('word', {
            type: 'string',
            array: true,
            demandOption: true,
            describe: say('a term, a rule, a format or a kind of mapping'),
          }),
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

/** Positionals, and what stands behind a `--`. */
function pathsOf(positional: readonly string[] | undefined, rest: readonly (string | number)[]): string[] {
  return [...(positional ?? []), ...rest.slice(1).map(String)].map(String);
}
