/** A switch between an old and a new way of macros: `adapter.behavior` of Jinja, set under `flags:` of dbt_project.yml. */
export interface BehaviorSwitch {
  readonly name: string;
  /** Which way it is where the project does not say. */
  readonly default: boolean;
  /** Where the two ways are described. */
  readonly docs?: string;
}

/** The switches of every adapter. */
export const commonBehavior: readonly BehaviorSwitch[] = [
  {
    name: 'require_batched_execution_for_custom_microbatch_strategy',
    default: false,
    docs: 'https://docs.getdbt.com/docs/build/incremental-microbatch',
  },
  { name: 'enable_truthy_nulls_equals_macro', default: false },
];
