import { medianOf } from './robust-noise.js';

/**
 * The period after which a series without trend repeats itself, in the units of the times; undefined where it does
 * not, or not three times.
 *
 * Looked for at the first peak of the autocorrelation that is nearly the highest, with a trough before it; then made
 * exact, since times are uneven, by the least spread of the values that have the same phase.
 * Sources: Box & Jenkins, Time Series Analysis (1970), ch. 2 (autocorrelation); Stellingwerf, Astrophysical Journal
 * 224 (1978) 953–960 (phase dispersion).
 */
export function periodOf(times: readonly number[], residuals: readonly number[]): number | undefined {
  const n = residuals.length;
  const step = meanStep(times);
  if (n < FEWEST || !(step > 0)) return undefined;
  const correlations = autocorrelations(evenly(times, residuals, step), Math.floor(n / CYCLES));
  const peaks: number[] = [];
  let trough = 1;
  for (let lag = 1; lag + 1 < correlations.length; lag++) {
    const here = correlations[lag] ?? 0;
    trough = Math.min(trough, here);
    const isPeak = here >= (correlations[lag - 1] ?? 0) && here > (correlations[lag + 1] ?? 0);
    if (isPeak && lag >= SHORTEST && here >= LEAST_PEAK && trough <= 0) peaks.push(lag);
  }
  const highest = peaks.reduce((most, lag) => Math.max(most, correlations[lag] ?? 0), 0);
  const first = peaks.find((lag) => (correlations[lag] ?? 0) >= 0.9 * highest);
  if (first === undefined) return undefined;
  const { period, dispersion } = leastDispersed(times, residuals, first * step);
  return dispersion <= MOST_DISPERSION ? period : undefined;
}

/** The period near `rough` at which equal phases have the most equal values, and the part of the variance that is left. */
function leastDispersed(
  times: readonly number[],
  residuals: readonly number[],
  rough: number,
): { period: number; dispersion: number } {
  const all = varianceOf(residuals);
  const phases = new Phases(times, residuals);
  let best = { period: rough, dispersion: Number.POSITIVE_INFINITY };
  // From the middle outwards: of equally good periods the one nearest to the rough one counts.
  for (let trial = 0; trial <= 2 * TRIALS; trial++) {
    const away = (trial % 2 === 0 ? 1 : -1) * Math.ceil(trial / 2);
    const period = rough * (1 + (WIDEST * away) / TRIALS);
    const { within, members } = phases.spread(period);
    const spare = residuals.length - members;
    if (spare < 2 || !(all > 0)) continue;
    const dispersion = within / spare / all;
    if (dispersion < best.dispersion) best = { period, dispersion };
  }
  return best;
}

/**
 * The values less what their phase within the period adds: the median of the residuals of that phase.
 *
 * What remains has the same trend and level. A phase is as long as a sample is apart from the next, on average.
 */
export function withoutSeason(
  times: readonly number[],
  values: readonly number[],
  residuals: readonly number[],
  period: number,
): number[] {
  const phases = new Phases(times, residuals);
  const level = medianOf(residuals);
  const seasonal = phases.members(period).map((phase) => (phase.length > 0 ? medianOf(phase) - level : 0));
  return values.map((value, i) => value - (seasonal[phases.of(i, period)] ?? 0));
}

/** A series folded at a period: many periods are tried, so nothing is made anew for each. */
class Phases {
  private readonly step: number;
  private readonly most: number;
  private readonly counts: Float64Array;
  private readonly means: Float64Array;
  private readonly squares: Float64Array;
  /** In which phase each value lies. */
  private readonly phases: Int32Array;

  constructor(
    private readonly times: readonly number[],
    private readonly residuals: readonly number[],
  ) {
    this.step = Math.max(medianOf(times.slice(1).map((time, i) => time - (times[i] ?? 0))), Number.MIN_VALUE);
    // Three samples to a phase at least: with fewer, the phases take off whatever there is.
    this.most = Math.floor(times.length / CYCLES);
    this.counts = new Float64Array(this.most);
    this.means = new Float64Array(this.most);
    this.squares = new Float64Array(this.most);
    this.phases = new Int32Array(times.length);
  }

  /** In which of the phases of a period the time of value `i` lies. */
  of(i: number, period: number, count = this.count(period)): number {
    const turns = ((this.times[i] as number) - (this.times[0] as number)) / period;
    const phase = Math.floor((turns - Math.floor(turns)) * count + 0.5);
    // The second half of the last phase belongs to the first.
    return phase === count ? 0 : phase;
  }

  /** The values of each phase. */
  members(period: number): number[][] {
    const members = Array.from({ length: this.count(period) }, (): number[] => []);
    for (const [i, residual] of this.residuals.entries()) members[this.of(i, period)]?.push(residual);
    return members;
  }

  /** The squared distances from the means of the phases, added up, and how many phases have values. */
  spread(period: number): { within: number; members: number } {
    const { residuals, counts, means, squares, phases } = this;
    const count = this.count(period);
    counts.fill(0);
    means.fill(0);
    squares.fill(0);
    for (let i = 0; i < residuals.length; i++) {
      const phase = this.of(i, period, count);
      phases[i] = phase;
      (counts[phase] as number)++;
      (means[phase] as number) += residuals[i] as number;
    }
    for (let phase = 0; phase < means.length; phase++) (means[phase] as number) /= counts[phase] as number;
    for (let i = 0; i < residuals.length; i++) {
      const phase = phases[i] as number;
      const distance = (residuals[i] as number) - (means[phase] as number);
      (squares[phase] as number) += distance * distance;
    }
    let [within, members] = [0, 0];
    for (let phase = 0; phase < counts.length; phase++) {
      if (counts[phase] === 0) continue;
      members++;
      within += squares[phase] as number;
    }
    return { within, members };
  }

  private count(period: number): number {
    return Math.min(this.most, Math.max(2, Math.round(period / this.step)));
  }
}

function meanStep(times: readonly number[]): number {
  return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / (times.length - 1);
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

const FEWEST = 12;
const CYCLES = 3;
const SHORTEST = 2;
/** Uneven times blur the peak of what repeats itself exactly; the dispersion tells whether it does. */
const LEAST_PEAK = 0.4;
/** The part of the variance that equal phases may have: white noise leaves all of it. */
const MOST_DISPERSION = 0.3;
const WIDEST = 0.15;
const TRIALS = 60;

function evenly(times: readonly number[], values: readonly number[], step: number): number[] {
  const start = times[0] ?? 0;
  let right = 1;
  return values.map((_, i) => {
    const time = start + i * step;
    while (right < values.length - 1 && (times[right] ?? 0) < time) right++;
    const [t0, t1] = [times[right - 1] ?? 0, times[right] ?? 0];
    const part = t1 > t0 ? Math.min(1, Math.max(0, (time - t0) / (t1 - t0))) : 0;
    return (values[right - 1] ?? 0) * (1 - part) + (values[right] ?? 0) * part;
  });
}

/** At lags 0 to `most`, each over the pairs that there are. */
function autocorrelations(values: readonly number[], most: number): number[] {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = varianceOf(values);
  if (!(variance > 0)) return [];
  return Array.from({ length: most + 2 }, (_, lag) => {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += ((values[i] ?? 0) - mean) * ((values[i - lag] ?? 0) - mean);
    return sum / (n - lag) / variance;
  });
}
