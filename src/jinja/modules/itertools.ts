/** Python's itertools. Callbacks are done at once, since JavaScript's loops cannot wait; all else is lazy. */
import { asIndex, bind } from '../arguments.ts';
import { add } from '../arithmetic.ts';
import { eq } from '../comparison.ts';
import { iterate, PyIterator, toArray, truthy } from '../iteration.ts';
import { callBack, callingFunction } from '../methods/index.ts';
import { type Kwargs, PyDict, PyError, PyFunction, PyTuple, type Value } from '../value.ts';

/** How long an endless iterator goes on before it is taken for a mistake. */
const ENDLESS = 10_000_000;

function lazy(name: string, items: (args: Value[], kwargs: Kwargs) => Iterable<Value>): readonly [string, Value] {
  return [
    name,
    new PyFunction(name, (args, kwargs) => new PyIterator(items(args, kwargs), name, `itertools.${name} object`)),
  ];
}

function endless(step: number): void {
  if (step > ENDLESS) throw new PyError('MemoryError', 'the iterator does not end');
}

function indexTuples(pool: readonly Value[], picks: Iterable<readonly number[]>): Iterable<Value> {
  return (function* () {
    for (const pick of picks) yield new PyTuple(pick.map((index) => pool[index] as Value));
  })();
}

/** Every way to pick `size` places out of `count`, `next` saying which places may follow a pick. */
function* picks(
  size: number,
  count: number,
  next: (picked: readonly number[]) => Iterable<number>,
): Generator<readonly number[]> {
  function* extend(picked: readonly number[]): Generator<readonly number[]> {
    if (picked.length === size) {
      yield picked;
      return;
    }
    for (const place of next(picked)) if (place < count) yield* extend([...picked, place]);
  }
  yield* extend([]);
}

function* upTo(from: number, count: number): Iterable<number> {
  for (let i = from; i < count; i++) yield i;
}

function poolAndSize(name: string, args: Value[], kwargs: Kwargs): { pool: Value[]; size: number } {
  const [items = null, size] = bind(name, ['iterable', 'r'], 1, args, kwargs);
  const pool = toArray(items);
  const wanted = size === null ? pool.length : asIndex(size, pool.length);
  if (wanted < 0) throw new PyError('ValueError', 'r must be non-negative');
  return { pool, size: wanted };
}

function* product(args: Value[], kwargs: Kwargs): Iterable<Value> {
  const once = args.map(toArray);
  const pools: Value[][] = [];
  for (let i = asIndex(kwargs?.get('repeat'), 1); i > 0; i--) pools.push(...once);
  function* extend(picked: Value[]): Iterable<Value> {
    const pool = pools[picked.length];
    if (pool === undefined) yield new PyTuple(picked);
    else for (const item of pool) yield* extend([...picked, item]);
  }
  yield* extend([]);
}

function* zipLongest(args: Value[], kwargs: Kwargs): Iterable<Value> {
  const fill = kwargs?.get('fillvalue') ?? null;
  const iterators = args.map((arg) => iterate(arg)[Symbol.iterator]());
  if (iterators.length === 0) return;
  for (;;) {
    const steps = iterators.map((iterator) => iterator.next());
    if (steps.every((step) => step.done)) return;
    yield new PyTuple(steps.map((step) => (step.done ? fill : step.value)));
  }
}

function* islice(args: Value[]): Iterable<Value> {
  const [items = null, first = null, second, third] = args;
  const none = (value: Value | undefined, fallback: number) => (value === null ? fallback : asIndex(value, fallback));
  const start = second === undefined ? 0 : none(first, 0);
  const stop = second === undefined ? none(first, Number.POSITIVE_INFINITY) : none(second, Number.POSITIVE_INFINITY);
  const step = none(third, 1);
  if (start < 0 || stop < 0 || step < 1) {
    throw new PyError('ValueError', 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  }
  const iterator = iterate(items)[Symbol.iterator]();
  for (let i = 0; i < stop; i++) {
    const next = iterator.next();
    if (next.done) return;
    if (i >= start && (i - start) % step === 0) yield next.value;
  }
}

function tee(args: Value[], kwargs: Kwargs): Value {
  const [items = null, count] = bind('tee', ['iterable', 'n'], 1, args, kwargs);
  const source = iterate(items)[Symbol.iterator]();
  const seen: Value[] = [];
  function* branch(): Iterable<Value> {
    for (let i = 0; ; i++) {
      while (seen.length <= i) {
        const next = source.next();
        if (next.done) return;
        seen.push(next.value);
      }
      yield seen[i] as Value;
    }
  }
  return new PyTuple(
    Array.from({ length: asIndex(count, 2) }, () => new PyIterator(branch(), '_tee', 'itertools._tee object')),
  );
}

const eager = (name: string, items: Value[]) => new PyIterator(items, name, `itertools.${name} object`);

const accumulate = callingFunction('accumulate', function* (args, kwargs, runtime) {
  const [items = null, given = null, initial = null] = bind(
    'accumulate',
    ['iterable', 'func', 'initial'],
    1,
    args,
    kwargs,
  );
  const totals: Value[] = initial === null ? [] : [initial];
  for (const item of iterate(items)) {
    const last = totals.at(-1);
    if (last === undefined) totals.push(item);
    else totals.push(given === null ? add(last, item) : yield* callBack(runtime, given, [last, item]));
  }
  return eager('accumulate', totals);
});

const starmap = callingFunction('starmap', function* (args, kwargs, runtime) {
  const [called = null, items = null] = bind('starmap', ['function', 'iterable'], 2, args, kwargs);
  const results: Value[] = [];
  for (const item of iterate(items)) results.push(yield* callBack(runtime, called, toArray(item)));
  return eager('starmap', results);
});

/** takewhile, dropwhile and filterfalse: `keep` sees each answer and says what becomes of the item. */
function byPredicate(
  name: string,
  keep: () => (answer: boolean) => 'keep' | 'drop' | 'stop',
): readonly [string, Value] {
  const run = callingFunction(name, function* (args, kwargs, runtime) {
    const [predicate = null, items = null] = bind(name, ['predicate', 'iterable'], 2, args, kwargs);
    const decide = keep();
    const kept: Value[] = [];
    for (const item of iterate(items)) {
      const answer = predicate === null ? item : yield* callBack(runtime, predicate, [item]);
      const verdict = decide(truthy(answer));
      if (verdict === 'stop') break;
      if (verdict === 'keep') kept.push(item);
    }
    return eager(name, kept);
  });
  return [name, run];
}

const groupby = callingFunction('groupby', function* (args, kwargs, runtime) {
  const [items = null, key = null] = bind('groupby', ['iterable', 'key'], 1, args, kwargs);
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of iterate(items)) {
    const own = key === null ? item : yield* callBack(runtime, key, [item]);
    const last = groups.at(-1);
    if (last !== undefined && eq(last.key, own)) last.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  return eager(
    'groupby',
    groups.map(
      (group) => new PyTuple([group.key, new PyIterator(group.items, '_grouper', 'itertools._grouper object')]),
    ),
  );
});

function chainAll(items: Value): Iterable<Value> {
  return (function* () {
    for (const each of iterate(items)) yield* { [Symbol.iterator]: () => iterate(each)[Symbol.iterator]() };
  })();
}

class ChainType extends PyFunction {
  override readonly typeName = 'type';
  constructor() {
    super('chain', (args) => new PyIterator(chainAll(args), 'chain', 'itertools.chain object'));
  }
  override getAttr(name: string): Value | undefined {
    if (name !== 'from_iterable') return undefined;
    return new PyFunction(name, ([items = null]) => new PyIterator(chainAll(items), 'chain', 'itertools.chain object'));
  }
}

/** `modules.itertools`. */
export const itertoolsModule: PyDict = new PyDict([
  lazy('count', function* (args, kwargs) {
    const [start = 0, step = 1] = bind('count', ['start', 'step'], 0, args, kwargs);
    let value: Value = start;
    for (let i = 0; ; i++) {
      endless(i);
      yield value;
      value = add(value, step);
    }
  }),
  lazy('cycle', function* ([items = null]) {
    const seen = toArray(items);
    for (let i = 0; seen.length > 0; i++) {
      endless(i);
      yield seen[i % seen.length] as Value;
    }
  }),
  lazy('repeat', function* (args, kwargs) {
    const [item = null, times] = bind('repeat', ['object', 'times'], 1, args, kwargs);
    const count = asIndex(times, Number.POSITIVE_INFINITY);
    for (let i = 0; i < count; i++) {
      endless(i);
      yield item;
    }
  }),
  ['accumulate', accumulate],
  ['chain', new ChainType()],
  lazy('compress', function* (args, kwargs) {
    const [items = null, selectors = null] = bind('compress', ['data', 'selectors'], 2, args, kwargs);
    const flags = iterate(selectors)[Symbol.iterator]();
    for (const item of iterate(items)) {
      const flag = flags.next();
      if (flag.done) return;
      if (truthy(flag.value)) yield item;
    }
  }),
  lazy('islice', islice),
  ['starmap', starmap],
  ['tee', new PyFunction('tee', tee)],
  lazy('zip_longest', zipLongest),
  lazy('product', product),
  lazy('permutations', (args, kwargs) => {
    const { pool, size } = poolAndSize('permutations', args, kwargs);
    const count = pool.length;
    return indexTuples(
      pool,
      picks(size, count, function* (picked) {
        for (const place of upTo(0, count)) if (!picked.includes(place)) yield place;
      }),
    );
  }),
  lazy('combinations', (args, kwargs) => {
    const { pool, size } = poolAndSize('combinations', args, kwargs);
    return indexTuples(
      pool,
      picks(size, pool.length, (picked) => upTo((picked.at(-1) ?? -1) + 1, pool.length)),
    );
  }),
  lazy('combinations_with_replacement', (args, kwargs) => {
    const { pool, size } = poolAndSize('combinations_with_replacement', args, kwargs);
    return indexTuples(
      pool,
      picks(size, pool.length, (picked) => upTo(picked.at(-1) ?? 0, pool.length)),
    );
  }),
  ['groupby', groupby],
  byPredicate('takewhile', () => (answer) => (answer ? 'keep' : 'stop')),
  byPredicate('dropwhile', () => {
    let dropping = true;
    return (answer) => {
      dropping = dropping && answer;
      return dropping ? 'drop' : 'keep';
    };
  }),
  byPredicate('filterfalse', () => (answer) => (answer ? 'drop' : 'keep')),
]);
