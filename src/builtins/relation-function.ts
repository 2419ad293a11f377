import { DiagnosticError } from '../core/index.ts';
import { PyDict, type PyFunction, str, type Value } from '../jinja/index.ts';
import { PyRecord } from './record.ts';
import { plainFunction } from './signature.ts';
import { functionLacks } from './warehouse-diagnostics.ts';

/** What decides how a function is written. */
const SETTINGS = ['type', 'runtime_version', 'entry_point'] as const;

/** The methods of a relation that its macros ask when it is a function. */
export function functionMethod(name: string): PyFunction | undefined {
  switch (name) {
    case 'get_function_config':
      return plainFunction(name, ['model'], ([model]) => functionConfig(model!));
    case 'get_function_macro_name':
      return plainFunction(name, ['config'], ([config]) => {
        const { type, language } = (config as PyRecord).fields;
        return `${str(type!)}_function_${str(language!)}`;
      });
    default:
      return undefined;
  }
}

/** How a function is written, or null for another node. Throws DiagnosticError where Python lacks what it needs to run. */
function functionConfig(model: Value): Value {
  if (!(model instanceof PyDict) || model.get('resource_type') !== 'function') return null;
  const config = model.get('config') as PyDict;
  const language = model.get('language') ?? '';
  const fields = Object.fromEntries(SETTINGS.map((key) => [key, config.get(key) ?? null]));
  for (const key of language === 'python' ? (['runtime_version', 'entry_point'] as const) : []) {
    if (fields[key] === null) throw new DiagnosticError(functionLacks({ name: str(model.get('name') ?? ''), key }));
  }
  return new PyRecord('FunctionConfig', { language, ...fields });
}
