import { defaultConfig, type MacroConfig } from './config.ts';
import type { Docs, Given, MacroDependsOn } from './parts.ts';

/** A documented argument of a macro. */
export interface MacroArgument {
  readonly name: string;
  readonly type: string | null;
  readonly description: string;
}

/** A macro, with the text it was written in. */
export interface MacroNode {
  readonly name: string;
  readonly resource_type: 'macro';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly macro_sql: string;
  readonly depends_on: MacroDependsOn;
  readonly description: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly docs: Docs;
  readonly config: MacroConfig;
  readonly patch_path: string | null;
  readonly arguments: readonly MacroArgument[];
  readonly created_at: number;
  readonly supported_languages: readonly string[] | null;
}

type Required = 'name' | 'package_name' | 'path' | 'original_file_path' | 'unique_id' | 'macro_sql';

/** A macro with dbt's defaults. */
export function macroNode(given: Given<MacroNode, Required>): MacroNode {
  const blank = {
    name: '',
    resource_type: 'macro' as const,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    macro_sql: '',
    depends_on: { macros: [] },
    description: '',
    meta: {},
    docs: { show: true, node_color: null },
    config: given.config ?? defaultConfig('macro'),
    patch_path: null,
    arguments: [],
    created_at: 0,
    supported_languages: null,
  };
  return { ...blank, ...given };
}
