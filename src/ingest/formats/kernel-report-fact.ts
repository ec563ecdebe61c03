import { assignKnown } from '../../model/vma-table.js';
import type { KernelFact } from './kernel-fault.js';

type Told = Partial<Pick<KernelFact, 'access' | 'address' | 'size' | 'command' | 'pid'>>;

/** What one line below a headline tells; undefined: nothing. */
export function reportFactOf(text: string): Told | undefined {
  for (const shape of FACTS) {
    const { groups } = shape.exec(text) ?? {};
    if (!groups) continue;
    const { access, address, size, command, pid } = groups;
    return assignKnown<Told>(
      {},
      {
        access: access === undefined ? undefined : access.toLowerCase() === 'write' ? 'write' : 'read',
        address,
        size: size === undefined ? undefined : Number(size),
        command,
        pid: pid === undefined ? undefined : Number(pid),
      },
    );
  }
  return undefined;
}

const FACTS: readonly RegExp[] = [
  // Read of size 8 at addr ffff8801c75ea0f8 by task syz-executor0/6860 · Write of size 8 by task … (before 4.11)
  /^(?<access>Read|Write) (?:of size (?<size>\d{1,15}) )?(?:at addr (?<address>[0-9a-f]{1,16}) )?by task (?<command>.{1,64}?)(?:\/(?<pid>\d{1,10}))?$/,
  // Free of addr ffff0000c1f2c000 by task kworker/0:1/12
  /^Free of addr (?<address>[0-9a-f]{1,16}) by task (?<command>.{1,64})\/(?<pid>\d{1,10})$/,
  // Out-of-bounds read at 0xffff8c3f2e291fff (1B left of kfence-#72): · Invalid free of 0x…
  /^(?:Out-of-bounds|Use-after-free|Invalid) (?:(?<access>read|write) )?(?:at|free of) 0x(?:(?<address>[0-9a-f]{1,16})\b|\(_*ptrval_*\))/,
  // Corrupted memory at 0xffff8c3f2e33aff9 [ 0xac . . . . . . ] (in kfence-#156): · Detected corrupted memory at 0x…
  /^(?:Detected c|C)orrupted memory at 0x(?<address>[0-9a-f]{1,16})\b/,
  // write to 0xffff8c3f2e291fff of 8 bytes by task 484 on cpu 1: · race at unknown origin, with read to 0x… of 4 bytes by …
  /^(?:race at unknown origin, with )?(?:assert no (?:accesses|writes)(?: \([\w ,-]{1,40}\))?|(?<access>read|write)(?: \([\w ,-]{1,40}\)|-write(?: \([\w ,-]{1,40}\))?)?) to 0x(?<address>[0-9a-f]{1,16}) of (?<size>\d{1,15}) bytes by (?:task (?<pid>\d{1,10})|interrupt) on cpu \d/,
  // Memory access of size 2224 starts at ffff888123c76000
  /^Memory access of size (?<size>\d{1,15}) starts at (?<address>[0-9a-f]{1,16})$/,
  // comm "swapper", pid 1, jiffies 4294937521
  /^comm "(?<command>.{0,64})", pid (?<pid>\d{1,10})(?:,|$)/,
  // CPU: 1 UID: 0 PID: 52 Comm: kworker/u4:3 Not tainted 6.0.0
  /^CPU: \d{1,6} (?:UID: \d{1,10} )?PID: (?<pid>\d{1,10}) Comm: (?<command>.{1,64}?) (?:Not tainted|Tainted:|[\d.]{3,20})/,
];
