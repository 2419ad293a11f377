/** A parse, or a part of one, without what tells one parse from another. */
export function comparable(value: unknown): unknown {
  const text = JSON.stringify(value, (key, item) => {
    if (key === 'created_at') return 0;
    if (key !== 'metadata' || item === null) return item;
    const { generated_at: _1, invocation_id: _2, invocation_started_at: _3, run_started_at: _4, ...rest } = item;
    return rest;
  });
  return text === undefined ? undefined : JSON.parse(text);
}
