import fc from 'fast-check';
import { KIB } from '../../src/model/units.js';
import { kilobytes, oddName, pid } from './arbitraries.js';

const process = fc.record({
  pid,
  // A comma divides the words of the compact form.
  name: oddName.map((name) => name.replaceAll(',', '_')),
  pss: kilobytes,
  /** By how much RSS is more than PSS. */
  shared: fc.integer({ min: 1, max: 999_999 }),
  swap: kilobytes,
  hasActivities: fc.boolean(),
});

/** `dumpsys meminfo` of the whole device, in the form of a version of Android. */
export const deviceDump = fc.record({
  version: fc.constantFrom('android12', 'android8', 'android6'),
  processes: fc.uniqueArray(process, { minLength: 1, maxLength: 8, selector: (one) => one.pid }),
});
export type DeviceDump = typeof deviceDump extends fc.Arbitrary<infer T> ? T : never;

/** With a dot for each three digits' place taken by a comma, as "%,9dK" prints them, or "%8d kB" before Android 7. */
function amountText(version: DeviceDump['version'], amount: number): string {
  return version === 'android6'
    ? `${String(amount).padStart(8)} kB`
    : `${String(amount)
        .replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
        .padStart(9)}K`;
}

/** As ActivityManagerService.dumpMemItems prints it. */
export function deviceDumpText({ version, processes }: DeviceDump): string {
  const label = (one: (typeof processes)[number]): string =>
    `${one.name} (pid ${one.pid}${one.hasActivities ? ' / activities' : ''})`;
  const amount = (kib: number): string => amountText(version, kib);
  const rss = processes.map((one) => `  ${amount(one.pss + one.shared)}: ${label(one)}\n`).join('');
  const pss = processes
    .map((one) => {
      const swap = version === 'android6' ? '' : ` (${amount(one.swap)} in swap)`;
      return `  ${amount(one.pss)}: ${swap === '' ? label(one) : label(one).padEnd(60)}${swap}\n`;
    })
    .join('');
  const byOom = processes.map((one) => `      ${amount(one.pss)}: ${label(one)}\n`).join('');
  return (
    `Applications Memory Usage (in Kilobytes):\nUptime: 277763 Realtime: 766707\n\n` +
    (version === 'android12' ? `Total RSS by process:\n${rss}\n` : '') +
    `Total PSS by process:\n${pss}\n` +
    `Total PSS by OOM adjustment:\n  ${amount(1_048_724)}: Native\n${byOom}\n` +
    `Total PSS by category:\n  ${amount(1_362_276)}: .so mmap\n  ${amount(0)}: Other mtrack\n\n` +
    `Total RAM: ${amount(16_071_376)} (status normal)\n Free RAM: ${amount(14_102_789)} (${amount(96_005)} cached pss)\n` +
    ` Used RAM: ${amount(2_447_645)} (${amount(1_393_609)} used pss)\n Lost RAM: ${amount(479_062)}\n` +
    '   Tuning: 256 (large 768), oom 322560 kB, restore limit 107520 kB (high-end-gfx)\n'
  );
}

/** With -c. */
export function compactDumpText({ version, processes }: DeviceDump): string {
  const row = (one: (typeof processes)[number], amount: number, swap: number | undefined): string => {
    const swapped = version === 'android6' ? '' : `,${swap ?? 'N/A'}`;
    return `proc,cached,${one.name},${one.pid},${amount}${swapped},${one.hasActivities ? 'a' : 'e'}\n`;
  };
  const rss = version === 'android12' ? processes.map((one) => row(one, one.pss + one.shared, undefined)) : [];
  const pss = processes.map((one) => row(one, one.pss, one.swap));
  const more = version === 'android6' ? '' : ',N/A';
  return (
    `version,1\ntime,277763066,766707569\n${rss.join('')}${pss.join('')}oom,cached,141357${more}\n` +
    `cat,Native,63169${more}\ncat,Dalvik,35456${more}\nDalvik,.Heap,35456${more}\n` +
    'ram,16071376,14102789,2447645\nlostram,-479062\nzram,4,0,8035684\nksm,1000,100,10,20\ntuning,256,768,322560,high-end-gfx\n'
  );
}

/** What is said of each process, in bytes. */
export function deviceDumpSays({ version, processes }: DeviceDump): unknown[] {
  return processes.map(({ pid: id, name, pss, shared, swap }) => ({
    says: { pid: id, command: name },
    sample: {
      pss: pss * KIB,
      ...(version === 'android12' && { rss: (pss + shared) * KIB }),
      ...(version !== 'android6' && { swap: swap * KIB }),
    },
  }));
}
