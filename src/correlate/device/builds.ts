import type { CaptureContext } from '../../model/capture.js';
import { type DeviceBuild, isSameBuild, type PlacedDeviceBuild } from '../../model/device-build.js';
import { compareNames } from '../../model/origin.js';

/** By device, each build once: a device that was updated between two captures has several. */
export type DeviceBuilds = Map<string, DeviceBuild[]>;

/** Takes what the context of a capture tells; most tell nothing, or the same as the one before. */
export function foldBuild(builds: DeviceBuilds, { device, build }: CaptureContext): void {
  if (build !== undefined) addBuild(builds, device, build);
}

export function mergeBuilds(into: DeviceBuilds, from: DeviceBuilds): void {
  for (const [device, theirs] of from) for (const build of theirs) addBuild(into, device, build);
}

/** By device, then by build. */
export function buildsOf(builds: DeviceBuilds): PlacedDeviceBuild[] {
  return [...builds]
    .flatMap(([device, known]) => known.map((build) => ({ device, ...build })))
    .sort((a, b) => compareNames(a.device, b.device) || compareNames(JSON.stringify(a), JSON.stringify(b)));
}

function addBuild(builds: DeviceBuilds, device: string, build: DeviceBuild): void {
  const known = builds.get(device);
  if (known === undefined) builds.set(device, [build]);
  else if (!known.some((one) => one === build || isSameBuild(one, build))) known.push(build);
}
