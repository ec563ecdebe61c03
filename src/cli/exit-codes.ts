/** The exit codes of memreport; stable, scripts rely on them. */
export const EXIT = {
  written: 0,
  failOnMet: 1,
  usage: 2,
  damagedInput: 3,
  noInput: 4,
  noPdf: 5,
  outputNotWritable: 6,
  bug: 7,
  interrupted: 130,
  terminated: 143,
} as const;

/** Ends the command with a message for people and an exit code; anything else that is thrown is a bug. */
export class Failure extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}
