/** The name under which dbt knows a generic test's macro. */
export function testName(name: string): string {
  return `test_${name}`;
}

/** The name under which dbt knows a materialization's macro. */
export function materializationName(name: string, adapter: string): string {
  return `materialization_${name}_${adapter}`;
}
