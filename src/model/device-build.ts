/** What a device is and what runs on it, as a manifest tells; each part as the device names it. */
export interface DeviceBuild {
  /** `ro.product.model`, or the name on the board. */
  model?: string;
  /** The release of the kernel: `uname -r`. */
  kernel?: string;
  /** The system's build: Android's fingerprint, or PRETTY_NAME of os-release. */
  build?: string;
}

/** A device with one of the builds that its captures were taken on. */
export interface PlacedDeviceBuild extends DeviceBuild {
  device: string;
}

export function isSameBuild(a: DeviceBuild, b: DeviceBuild): boolean {
  return a.model === b.model && a.kernel === b.kernel && a.build === b.build;
}
