/**
 * For each p-value the smallest false discovery rate at which it is a discovery; in the order given.
 *
 * Source: Benjamini & Hochberg, J. R. Statist. Soc. B 57 (1995) 289–300, in its step-up form.
 */
export function falseDiscoveryRates(pValues: readonly number[]): number[] {
  const m = pValues.length;
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[b] ?? 1) - (pValues[a] ?? 1) || b - a);
  const rates = new Array<number>(m).fill(1);
  let least = 1;
  order.forEach((index, place) => {
    least = Math.min(least, ((pValues[index] ?? 1) * m) / (m - place));
    rates[index] = least;
  });
  return rates;
}
