/** A count of bytes. The kernel's "kB" is 1024 of them; they are converted once, where a capture is read. */
export type Bytes = number;

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Milliseconds = number;

/** A rate of growth. */
export type BytesPerHour = number;

/** An address as the tools print it: lower-case hexadecimal digits without "0x". */
export type HexAddress = string;

export const KIB = 1024;
/** The smallest step of a counter of memory. Some kernels of arm64 and powerpc have 16 or 64 KiB, multiples of it. */
export const PAGE: Bytes = 4 * KIB;
export const HOUR: Milliseconds = 3_600_000;
