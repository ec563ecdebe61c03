import { type Language, languageOf } from '../language.js';
import { type Problem, visible } from '../model/problem.js';

/** `file:line: warning: message`, safe for a terminal. */
export function problemLine({ severity, message, file, line }: Problem, { say }: Language = languageOf()): string {
  const place = file === '' ? 'memreport' : line > 0 ? `${file}:${line}` : file;
  return `${visible(place)}: ${say(severity)}: ${visible(say(message))}`;
}
