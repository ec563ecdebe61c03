/**
 * The parser of command lines. The build puts the library, with all that it needs, into this one file: to read its
 * forty files takes longer than all else that `--help` does.
 */
export { default as yargs } from 'yargs';
