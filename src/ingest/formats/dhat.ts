import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { DhatReader } from './dhat-reader.js';

/**
 * What valgrind's DHAT writes, and Rust's dhat: JSON, one object, a line for each few of its fields.
 *
 *     {"dhatFileVersion":2
 *     ,"mode":"heap","verb":"Allocated"
 *     ,"cmd":"/opt/demo/leak-list"
 *     ,"pid":24110
 *     ,"pps":
 *      [{"tb":96,"tbk":4
 *       ,"gb":96,"gbk":4
 *       ,"eb":96,"ebk":4
 *       ,"fs":[1,2,3]
 *       }
 *      ]
 *     ,"ftbl":
 *      ["[root]"
 *      ,"0x48417B4: malloc (in /usr/libexec/valgrind/vgpreload_dhat-amd64-linux.so)"
 *      ,"0x10915B: lose_list (leak-list.c:18)"
 *      ,"0x109200: main (leak-list.c:42)"
 *      ]
 *     }
 *
 * `gb` are the bytes of a program point when the heap was largest, `eb` those at the end. It tells where heap memory is
 * held, not what of it is lost. Modes other than that of the heap tell no memory in use.
 */
export const dhat: CaptureFormat = {
  id: 'dhat',
  name: 'valgrind DHAT output',
  specification: 'https://valgrind.org/docs/manual/dh-manual.html',
  howToCapture: 'valgrind --tool=dhat --dhat-out-file=dhat.%p.json PROGRAM',
  firstLine: /^\{/,
  recognizes: (head) => DHAT.test(head),
  open: (section) => lineReader(new DhatReader(section)),
};

const DHAT = /^\{\s*"dhatFileVersion"\s*:\s*\d/;
