/** What decides whether a series grows. Each is a threshold of the rules that use it, with its source there. */
export const GROWTH = {
  fewestSamples: 3,
  enoughSamples: 8,
  enoughFloorPoints: 5,
  significance: 0.01,
  confidence: 0.95,
  leastUnits: 4,
  leastNoise: 4,
  leastOfExcess: 0.03,
  leastHalfSlope: 0.5,
  moreHalfSlope: 0.2,
  mostQuietEnd: 1.5,
  leastOfWander: 8,
  mostHiddenGrowth: 4,
  mostSettledRise: 0.25,
  mostJumpShare: 0.45,
  settledLateShare: 0.05,
} as const;
