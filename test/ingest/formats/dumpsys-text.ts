import type { CaptureFormat } from '../../../src/ingest/format.js';
import { KIB } from '../../../src/model/units.js';
import { readText } from '../read-text.js';

/** What each sample in a text says: its line, process and totals in kB. */
export function samplesIn(format: CaptureFormat, text: string): unknown[] {
  return readText(format, text).readings.map((reading) => {
    if (reading.type !== 'sample') return reading.type;
    const kib = Object.fromEntries(Object.entries(reading.sample).map(([key, bytes]) => [key, Number(bytes) / KIB]));
    return { line: reading.origin.line, ...reading.says, ...kib };
  });
}

// Texts as Android's dumpsys defines them (ActivityThread.java, ActivityManagerService.java); the numbers are made up.

export const DUMP_HEADER = 'Applications Memory Usage (in Kilobytes):\nUptime: 277763 Realtime: 766707\n\n';

export const DETAILS = ` 
 Dalvik Details
        .Heap      404      404        0        0      404
 .LinearAlloc       68       68        0        0      144
 
 App Summary
                       Pss(KB)                        Rss(KB)
                        ------                         ------
           Java Heap:      716                            804
         Native Heap:      824                            836
       Private Other:      724
             Unknown:                                     752
 
           TOTAL PSS:     9999            TOTAL RSS:     8888       TOTAL SWAP PSS:     7777
 
 Objects
               Views:      779         ViewRootImpl:        1
    Death Recipients:        5             WebViews:        4
 
 SQL
                heap:      125          MEMORY_USED:      125
  PAGECACHE_OVERFLOW:        0          MALLOC_SIZE:        0
 
 DATABASES
      pgsz     dbsz   Lookaside(b)          cache  Dbname
         4       20             24        0/22/ 1  /data/user/0/com.example.app/databases/a b.db
         1       11              0    (attached) transient_db
 
 Asset Allocations
    zip:/data/app/com.example.app-2.apk:/resources.arsc: 1K
`;

/** Since Android 12, without and with `-a`; Android 4.4; Android 4.0. */
export const TABLES = {
  android12: `                   Pss  Private  Private  SwapPss      Rss     Heap     Heap     Heap
                 Total    Dirty    Clean    Dirty    Total     Size    Alloc     Free
                ------   ------   ------   ------   ------   ------   ------   ------
  Native Heap      860      824        4       25      936     1028      931       90
        Stack       72       72        0        0       80
        TOTAL     3790     2938      184      162     4296     6109     4404     2098
`,
  android12a: `                   Pss      Pss   Shared  Private   Shared  Private  SwapPss      Rss     Heap     Heap     Heap
                 Total    Clean    Dirty    Dirty    Clean    Clean    Dirty    Total     Size    Alloc     Free
                ------   ------   ------   ------   ------   ------   ------   ------   ------   ------   ------
  Native Heap      860        0      204      824        0        4       25      936     1028      931       90
        TOTAL     3790      586      700     2938      996      184      162     4296     6109     4404     2098
`,
  android6: `                   Pss  Private  Private  Swapped     Heap     Heap     Heap
                 Total    Dirty    Clean    Dirty     Size    Alloc     Free
                ------   ------   ------   ------   ------   ------   ------
  Native Heap      860      824        4       25     1028      931       90
        TOTAL     3790     2938      184      162     6109     4404     2098
`,
  android4: `                         Shared  Private     Heap     Heap     Heap
                   Pss    Dirty    Dirty     Size    Alloc     Free
                ------   ------   ------   ------   ------   ------
       Native      860      204      824     1028      931       90
       Dalvik      116      400      104      N/A      N/A      N/A
        TOTAL     3790      700     2938     6109     4404     2098
`,
  android2: `                    native   dalvik    other    total
            size:     2628     5379      N/A     8007
       allocated:     2620     2893      N/A     5513
            free:        7     2486      N/A     2493
           (Pss):      860      116     2814     3790
  (shared dirty):      204      400       96      700
    (priv dirty):      824      104     2010     2938
`,
} as const;

export function processDump(pid: number, name: string, table: string = TABLES.android12): string {
  return `** MEMINFO in pid ${pid} [${name}] **\n${table}${DETAILS}\n`;
}

export const RSS_TABLE = `Total RSS by process:
    553,516K: com.example.app (pid 2611 / activities)
     14,020K: system (pid 625)

`;
export const PSS_TABLE = `Total PSS by process:
  1,269,662K: com.example.app (pid 2611 / activities)                        (1,282,633K in swap)
     11,020K: system (pid 625)                                              (        0K in swap)
      1,020K: .dataservices (pid 700)

`;
export const SYSTEM_REST = `Total PSS by OOM adjustment:
  1,048,724K: Native
        194,544K: com.example.app (pid 2611)
         74,204K: another (pid 331)

Total PSS by category:
  1,362,276K: .so mmap
        532,072K: .Boot art
          0K: Other mtrack

Total RAM: 16,071,376K (status normal)
 Free RAM: 14,102,789K (   96,005K cached pss +   832,840K cached kernel + 13,173,944K free)
DMA-BUF:   455,268K (        0K mapped +   455,268K unmapped)
DMA-BUF Heaps pool:    98,980K
 Used RAM: 2,447,645K (1,393,609K used pss + 1,054,036K kernel)
 Lost RAM:  -479,062K
     ZRAM:         4K physical used for         0K in swap (8,035,684K total swap)
      KSM:     1,000K saved from shared       100K
                  10K unshared;        20K volatile
   Tuning: 256 (large 768), oom   322,560K, restore limit   107,520K (high-end-gfx)
`;
