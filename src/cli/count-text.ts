/** A whole number with a comma before each three digits. Not by toLocaleString: its first call takes 10 ms. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
