import type { StackCapture } from '../model/capture.js';
import { fingerprintOf, type StackFrame } from '../model/leaks.js';
import type { Origin } from '../model/origin.js';

/** Each stack of a capture, with the place that it was read at. */
export function stacksOf(capture: StackCapture): [readonly StackFrame[], Origin][] {
  if (capture.type === 'kernel') return [[capture.finding.frames, capture.finding.origin]];
  const { leaks, errors, heapProfiles = [] } = capture;
  return [
    ...leaks.map(({ frames, origin }): [readonly StackFrame[], Origin] => [frames, origin]),
    ...errors.flatMap(({ frames, related, origin }): [readonly StackFrame[], Origin][] => [
      [frames, origin],
      ...related.map((stack): [readonly StackFrame[], Origin] => [stack.frames, origin]),
    ]),
    ...heapProfiles.flatMap(({ sites, origin }) =>
      sites.map(({ frames }): [readonly StackFrame[], Origin] => [frames, origin]),
    ),
  ];
}

/** The capture with other stacks. */
export function withStacks(
  capture: StackCapture,
  change: (frames: readonly StackFrame[]) => StackFrame[],
): StackCapture {
  if (capture.type === 'kernel') {
    return { ...capture, finding: { ...capture.finding, frames: change(capture.finding.frames) } };
  }
  return {
    ...capture,
    leaks: capture.leaks.map((leak) => ({ ...leak, frames: change(leak.frames) })),
    errors: capture.errors.map((error) => ({
      ...error,
      frames: change(error.frames),
      related: error.related.map((stack) => ({ ...stack, frames: change(stack.frames) })),
    })),
    ...(capture.heapProfiles && {
      heapProfiles: capture.heapProfiles.map((profile) => ({
        ...profile,
        sites: profile.sites.map((site) => {
          const frames = change(site.frames);
          return { ...site, frames, fingerprint: fingerprintOf(frames) };
        }),
      })),
    }),
  };
}
