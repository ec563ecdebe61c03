import { LANGUAGES, type LanguageId, languageOf, loadLanguage } from '../language.js';
import { type CommonArguments, commandLine } from './command-line.js';
import { EXIT, Failure } from './exit-codes.js';
import { failureText, systemReason } from './failure-text.js';
import { languageId } from './options.js';
import { watchProcess } from './process-events.js';
import { withStandardInput } from './standard-input.js';
import { Terminal } from './terminal.js';

/** Runs one command line, which has the process for itself, and returns its exit code; it never throws. */
export async function run(words: readonly string[]): Promise<number> {
  const spoken = await loadLanguage(languageOfWords(words));
  let terminal = new Terminal({
    quiet: false,
    verbose: false,
    color: false,
    jsonLog: words.includes('--json-log'),
    language: spoken,
  });
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
    }).parseAsync(withStandardInput(words));
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
