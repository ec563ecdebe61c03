/**
 * The value that would stand at `place` if `values` were sorted. Reorders them; expects no NaN.
 *
 * Source: Hoare's FIND, Communications of the ACM 4 (1961) 321; linear on average, where sorting is not.
 */
export function select(values: Float64Array, place: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middle(values[left] as number, values[(left + right) >> 1] as number, values[right] as number);
    let low = left;
    let high = right;
    while (low <= high) {
      while ((values[low] as number) < pivot) low++;
      while ((values[high] as number) > pivot) high--;
      if (low > high) break;
      const value = values[low] as number;
      values[low++] = values[high] as number;
      values[high--] = value;
    }
    if (place <= high) right = high;
    else if (place >= low) left = low;
    else break;
  }
  return values[place] as number;
}

/** The median. Reorders the values. */
export function medianIn(values: Float64Array): number {
  const half = values.length >> 1;
  const upper = select(values, half);
  // Halved before they are added: the sum may be beyond a double.
  return values.length % 2 === 1 ? upper : select(values, half - 1) / 2 + upper / 2;
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
