import type { CaptureFormat } from '../format.js';
import { XmlErrorLines } from './memcheck-xml-line.js';
import { MemcheckXmlReader } from './memcheck-xml-reader.js';
import { valgrindXmlTool } from './valgrind-xml-head.js';

/**
 * What valgrind's memcheck writes with --xml=yes:
 *
 *     <?xml version="1.0"?>
 *     <valgrindoutput>
 *     <protocolversion>4</protocolversion>
 *     <protocoltool>memcheck</protocoltool>
 *     <pid>18474</pid>
 *     <args> <argv> <exe>/opt/demo/leak-list</exe> </argv> </args>
 *     <error>
 *       <kind>Leak_DefinitelyLost</kind>
 *       <xwhat>
 *         <text>96 (24 direct, 72 indirect) bytes in 1 blocks are definitely lost in loss record 3 of 3</text>
 *       </xwhat>
 *       <stack> <frame> <ip>0x10915B</ip> <fn>lose_list</fn> <file>leak-list.c</file> <line>18</line> </frame> </stack>
 *     </error>
 *     </valgrindoutput>
 *
 * Protocols 1 to 6. Up to 5 there are no totals; the counts of errors and suppressions are passed over. Often it is
 * not well-formed: the process was killed, forked children wrote into the same file, or a program's output stands
 * between the elements. Each element is read by itself, so that the whole ones count.
 */
export const memcheckXml: CaptureFormat = {
  id: 'memcheck-xml',
  name: 'valgrind memcheck XML',
  specification: 'https://sourceware.org/git/?p=valgrind.git;f=docs/internals/xml-output-protocol4.txt',
  howToCapture: 'valgrind --leak-check=full --show-leak-kinds=all --xml=yes --xml-file=valgrind.%p.xml PROGRAM',
  interleaved: true,
  firstLine: /<\?xml |<valgrindoutput>|<error>/,
  recognizes: (head) => valgrindXmlTool(head) === 'memcheck',
  open: (section) =>
    new MemcheckXmlReader(
      section,
      section.kept(memcheckXml, () => new XmlErrorLines()),
    ),
};
