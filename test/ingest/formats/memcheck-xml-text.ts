import { memcheckXml } from '../../../src/ingest/formats/memcheck-xml.js';
import { readText } from '../read-text.js';

export const DECLARATION = '<?xml version="1.0"?>\n\n';
export const START =
  '<valgrindoutput>\n\n<protocolversion>4</protocolversion>\n<protocoltool>memcheck</protocoltool>\n\n' +
  '<pid>812</pid>\n<tool>memcheck</tool>\n<args>\n  <vargv>\n    <exe>/usr/bin/valgrind.bin</exe>\n  </vargv>\n' +
  '  <argv>\n    <exe>/opt/demo/a.out</exe>\n    <arg>x</arg>\n  </argv>\n</args>\n';
export const FINISHED = '<status>\n  <state>FINISHED</state>\n  <time>00:00:00:00.276 </time>\n</status>\n';
export const END = '</valgrindoutput>\n';
export const STACK =
  '  <stack>\n    <frame>\n      <ip>0x48417B4</ip>\n      <obj>/usr/lib/vgpreload.so</obj>\n      <fn>malloc</fn>\n' +
  '    </frame>\n    <frame>\n      <ip>0x10916A</ip>\n      <obj>/opt/demo/a.out</obj>\n      <fn>main</fn>\n' +
  '      <dir>/opt/demo</dir>\n      <file>a.c</file>\n      <line>13</line>\n    </frame>\n  </stack>\n';

/** A loss record of one block. */
export function loss(bytes: number, record = '1 of 1', kind = 'DefinitelyLost', words = 'definitely lost'): string {
  return (
    `<error>\n  <unique>0x0</unique>\n  <tid>1</tid>\n  <kind>Leak_${kind}</kind>\n  <xwhat>\n` +
    `    <text>${bytes} bytes in 1 blocks are ${words} in loss record ${record}</text>\n` +
    `    <leakedbytes>${bytes}</leakedbytes>\n    <leakedblocks>1</leakedblocks>\n  </xwhat>\n${STACK}</error>\n\n`
  );
}

/** A memory error; `more`: what follows its words. */
export function error(kind: string, what: string, more = STACK): string {
  return `<error>\n  <unique>0x1</unique>\n  <tid>1</tid>\n  <kind>${kind}</kind>\n  <what>${what}</what>\n${more}</error>\n`;
}

export function diagnosesOf(text: string | Buffer) {
  const { readings, problems, rest } = readText(memcheckXml, text);
  return { diagnoses: readings.filter((reading) => reading.type === 'diagnosis'), problems, rest };
}

/** The one document of the text. */
export function diagnosisOf(text: string | Buffer) {
  const { diagnoses, problems, rest } = diagnosesOf(text);
  const [diagnosis] = diagnoses;
  if (!diagnosis || diagnoses.length > 1) throw new Error(`${diagnoses.length} diagnoses`);
  return { ...diagnosis, problems, rest, bytes: diagnosis.leaks.map(({ bytes }) => bytes) };
}

/** A document of process 812 that ended; what is put into it begins in line 19. */
export const whole = (content: string): string => DECLARATION + START + content + FINISHED + END;
