import fc from 'fast-check';
import { deviceDump, deviceDumpSays, deviceDumpText } from './dumpsys-device-document.js';
import { processDump, processDumpSays, processDumpText } from './dumpsys-process-document.js';
import { librankDocument, librankText } from './librank-document.js';
import { procrankDocument, procrankSays, procrankText } from './procrank-document.js';

/** What stands in a bug report around all that memreport reads, as programs of Android print it. */
const FOREIGN = [
  '04-25 09:55:47.799  3064  3082 E AndroidRuntime: java.lang.Exception\n04-25 09:55:47.800  3064  3082 E AndroidRuntime: \tat a.b(C.java:7)\n',
  'Mon Nov 23 01:06:25 UTC 2026\n==== 2026-11-23 01:06:26 pid=99 ====\n',
  'Total: 7 kB\nName: something\n',
  '  Package [com.example.app] (41d2a9c8):\n    userId=10052 gids=[3003, 1015]\n',
  '----- pid 2887 at 2012-04-25 17:17:08 -----\nCmd line: com.example.app\n\n"main" prio=5 tid=1 NATIVE\n',
  '',
] as const;

/** A bug report with the tables of several tools; some of them may be missing. */
export const bugreportDocument = fc.record({
  foreign: fc.array(fc.constantFrom(...FOREIGN), { minLength: 5, maxLength: 5 }),
  procrank: fc.option(procrankDocument, { nil: undefined }),
  librank: fc.option(librankDocument, { nil: undefined }),
  processes: fc.option(processDump, { nil: undefined }),
  device: fc.option(deviceDump, { nil: undefined }),
});
export type BugreportDocument = typeof bugreportDocument extends fc.Arbitrary<infer T> ? T : never;

/** As dumpstate.cpp prints it. */
export function bugreportText({ foreign, procrank, librank, processes, device }: BugreportDocument): string {
  const [a = '', b = '', c = '', d = '', e = ''] = foreign;
  const section = (title: string, text: string): string =>
    `------ ${title} ------\n${text}------ 0.412s was the duration of '${title}' ------\n\n`;
  const rule = '-'.repeat(79);
  return (
    `${'='.repeat(56)}\n== dumpstate: 2012-04-25 18:30:27\n${'='.repeat(56)}\n\nBuild: EXAMPLE\nNetwork: (unknown)\n\n` +
    section('SYSTEM LOG (logcat -v threadtime -d *:v)', a) +
    (procrank ? section('PROCRANK (/system/xbin/su root procrank)', procrankText(procrank)) : '') +
    section('VM TRACES AT LAST ANR (/data/anr/traces.txt: 2012-04-25 17:17:08)', b) +
    (librank ? section('LIBRANK (/system/xbin/su root librank)', librankText(librank)) : '') +
    section('KERNEL LOG (dmesg)', c) +
    `------ DUMPSYS (dumpsys) ------\n${rule}\nDUMP OF SERVICE package:\n${d}${rule}\n` +
    (processes ? `DUMP OF SERVICE meminfo:\n${processDumpText(processes)}${rule}\n` : '') +
    (device ? `DUMP OF SERVICE HIGH meminfo:\n${deviceDumpText(device)}${rule}\n` : '') +
    `DUMP OF SERVICE wifi:\n${e}`
  );
}

/** What is read of it. */
export function bugreportSays({ procrank, processes, device }: BugreportDocument): unknown[] {
  return [
    ...(procrank ? procrankSays(procrank) : []),
    ...(processes ? processDumpSays(processes) : []),
    ...(device ? deviceDumpSays(device) : []),
  ];
}
