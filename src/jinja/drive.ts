import type { HostRequest, Value, Waiting } from './value.ts';

/** Runs steps that may wait, answering each request before going on. A request that fails fails inside the template. */
export async function drive<T>(
  steps: Waiting<T>,
  answer: (request: HostRequest) => Promise<Value> = (request) => request(),
): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    let value: Value;
    try {
      value = await answer(step.value);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}
