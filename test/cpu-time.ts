/**
 * Milliseconds of processor time that `action` takes in this process: a busy machine does not make them more.
 *
 * For bounds that only what grows too fast with its input can break.
 */
export function cpuTime(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
