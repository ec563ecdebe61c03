/** Which of the samples of a long series are listed. */
export interface Thinned {
  /** How many samples there were. */
  readonly of: number;
  /** The number of each listed sample among all of them, from 0, ascending. */
  readonly at: readonly number[];
}

/** A series of which all samples are listed, or the telling ones. */
export interface ListedSamples {
  readonly samples: readonly unknown[];
  readonly thinned?: Thinned;
}

/** How many samples a series has, whether all of them are listed or not. */
export function sampleCountOf({ samples, thinned }: ListedSamples): number {
  return thinned?.of ?? samples.length;
}
