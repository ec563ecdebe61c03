/** The results of `work` in the order of the items; up to `ahead` of them are worked on before they are asked for. */
export async function* lookAhead<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // Whoever stops asking after a failure leaves those behind it; they are not unhandled.
    result.catch(() => undefined);
    begun.push(result);
    if (begun.length > ahead) yield await (begun.shift() as Promise<Result>);
  }
  for (const result of begun) yield await result;
}
