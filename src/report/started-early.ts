/**
 * The items of a generator, of which the first `most` are made from now on, whether they are asked for or not; the
 * others when they are. What it throws comes in its turn.
 */
export function startedEarly<T>(source: AsyncGenerator<T, void>, most: number): AsyncGenerator<T, void> {
  // A generator answers requests in their order, each when the one before is done.
  const early = Array.from({ length: most }, () => source.next());
  for (const one of early) one.catch(() => undefined);
  return inTurn(early, source);
}

async function* inTurn<T>(
  early: readonly Promise<IteratorResult<T, void>>[],
  source: AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  for (const one of early) {
    const { done, value } = await one;
    if (done) return;
    yield value;
  }
  yield* source;
}
