export interface Point {
  readonly hours: number;
  readonly bytes: number;
}

/** How others tell a leak from samples of one process. */
export interface OtherRule {
  readonly name: string;
  readonly source: string;
  /** The total that it looks at. */
  readonly measure: 'rss' | 'pss';
  /** @param points two or more, in the order of their times */
  accuses(points: readonly Point[]): boolean;
}
