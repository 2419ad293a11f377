import { type Diagnostic, DiagnosticError, diagnostic, systemProblem } from '../core/index.ts';
import { JinjaError } from '../jinja/index.ts';

const meant = (near: string | undefined): string | undefined =>
  near === undefined ? undefined : `did you mean '${near}'?`;

export const templateError = diagnostic<{ type: string; message: string }>('XF2001', {
  category: 'Compilation',
  message: ({ type, message }) => (type === 'TemplateSyntaxError' ? `Jinja syntax error: ${message}` : message),
  help: ({ type, message }) => [
    type === 'UndefinedError' && /'(ref|source|config|var)' is undefined/.test(message)
      ? undefined
      : type === 'TypeError' && /not callable/.test(message)
        ? 'check the name: a macro that does not exist is undefined'
        : undefined,
  ],
});

/** An error of a template as a diagnostic. */
export function jinjaDiagnostic({ type, message, missing, at }: JinjaError): Diagnostic {
  const place = at.file === '' ? {} : { at };
  return missing === undefined ? templateError({ type, message }, place) : undefinedMacro({ name: missing }, place);
}

/** What an error has to say to the user; one that has nothing to say is a bug, and is thrown on. */
export function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof DiagnosticError) return error.diagnostics;
  if (error instanceof JinjaError) return [jinjaDiagnostic(error)];
  const refused = systemProblem(error);
  if (refused) return [refused];
  throw error;
}

export const undefinedMacro = diagnostic<{ name: string; near?: string; package?: string }>('XF2002', {
  category: 'Compilation',
  message: ({ name }) =>
    `'${name}' is undefined. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "xform deps".`,
  help: ({ near, package: pkg }) => [
    meant(near),
    pkg === undefined ? undefined : `if '${pkg}' is a package, name it in packages.yml and run xform deps`,
  ],
});

export const duplicateMacro = diagnostic<{ name: string; package: string; other: string }>('XF4001', {
  category: 'Compilation',
  message: ({ name, package: pkg, other }) =>
    `Two macros named "${name}" in the project "${pkg}"; the other one is in ${other}`,
  help: () => ['rename or remove one of them'],
});

export const duplicateDoc = diagnostic<{ name: string; other: string }>('XF4002', {
  category: 'Compilation',
  message: ({ name, other }) => `Two docs blocks named '${name}'; the other one is in ${other}`,
  help: () => ['rename or remove one of them'],
});

export const unknownDoc = diagnostic<{ name: string; near?: string }>('XF4003', {
  category: 'Compilation',
  message: ({ name }) => `Documentation for '${name}' not found: no {% docs ${name} %} block in any .md file`,
  help: ({ near }) => [meant(near)],
});

export const duplicatePatch = diagnostic<{ name: string; section: string; other: string }>('XF4004', {
  category: 'Parsing',
  message: ({ name, section, other }) =>
    `'${name}' is described twice under '${section}:'; the other entry is in ${other}`,
  help: () => ['merge the two entries into one'],
});

export const duplicateResource = diagnostic<{ name: string; type: string; other: string; path: string }>('XF4005', {
  category: 'Compilation',
  message: ({ name, type, other, path }) =>
    [
      `dbt found two ${type}s with the name "${name}".`,
      ...(type === 'unit test' || type === 'fixture'
        ? []
        : ['', `Since these resources have the same name, ref("${name}") cannot tell them apart.`]),
      `- ${path}`,
      `- ${other}`,
    ].join('\n'),
  help: () => ['rename one of the two, or disable one with enabled: false'],
});

export const ambiguousRelation = diagnostic<{ relation: string; a: string; b: string }>('XF4006', {
  category: 'Compilation',
  message: ({ relation, a, b }) =>
    `dbt found two resources with the database representation ${relation}.\ndbt cannot create two resources with identical database representations:\n- ${a}\n- ${b}`,
  help: () => ['give one of them another alias or schema'],
});

export const missingRef = diagnostic<{
  node: string;
  path: string;
  name: string;
  package?: string;
  version?: string | number;
  near?: string;
  disabled: boolean;
}>('XF4007', {
  category: 'Compilation',
  message: ({ node, path, name, package: pkg, version, disabled }) =>
    `${capital(node)} (${path}) depends on a node named '${name}'${version === undefined ? '' : ` with version '${version}'`}${pkg === undefined ? '' : ` in package or project '${pkg}'`} which ${disabled ? 'is disabled' : 'was not found'}`,
  help: ({ near, disabled, name, package: pkg, version }) => [
    near !== name
      ? meant(near)
      : pkg !== undefined
        ? `there is a '${name}', but not in '${pkg}': name the package it is in, or leave it out: ref('${name}')`
        : version !== undefined && !disabled
          ? `there is a '${name}', but no version '${version}' of it`
          : undefined,
    disabled ? `enable '${name}', or remove the reference` : undefined,
  ],
});

export const missingFunction = diagnostic<{
  node: string;
  path: string;
  name: string;
  package?: string;
  near?: string;
  disabled: boolean;
}>('XF4024', {
  category: 'Compilation',
  message: ({ node, path, name, package: pkg, disabled }) =>
    `${capital(node)} (${path}) depends on a function named '${name}'${pkg === undefined ? '' : ` in package or project '${pkg}'`} which ${disabled ? 'is disabled' : 'was not found'}`,
  help: ({ near, disabled, name }) => [
    near === name ? undefined : meant(near),
    disabled
      ? `enable '${name}', or remove the call`
      : `a function is a file of its name in functions/, described under functions: in a properties file`,
  ],
});

export const undescribedFunction = diagnostic<{ name: string }>('XF4025', {
  category: 'Parsing',
  severity: 'warning',
  message: ({ name }) => `Nothing says what the function '${name}' returns, so it cannot be created`,
  help: ({ name }) => [
    `describe it in a properties file: functions: - name: ${name} returns: data_type: integer`,
    `or name it as an overload of another function: overloads: - defined_in: ${name}`,
  ],
});

export const functionLanguage = diagnostic<{ name: string; adapter: string }>('XF4026', {
  category: 'Parsing',
  message: ({ name, adapter }) => `Function '${name}' uses JavaScript, which is not supported on '${adapter}'.`,
  help: () => ['write it in SQL, or disable it for this target: config: enabled: "{{ target.type == ... }}"'],
});

export const missingSource = diagnostic<{
  node: string;
  path: string;
  source: string;
  table: string;
  near?: string;
  disabled: boolean;
}>('XF4008', {
  category: 'Compilation',
  message: ({ node, path, source, table, disabled }) =>
    `${capital(node)} (${path}) depends on a source named '${source}.${table}' which ${disabled ? 'is disabled' : 'was not found'}`,
  help: ({ near, source, table }) => [
    meant(near),
    `sources are declared in a properties file: sources: - name: ${source} tables: - name: ${table}`,
  ],
});

export const cycle = diagnostic<{ path: readonly string[] }>('XF4009', {
  category: 'Compilation',
  message: ({ path }) => `Found a cycle: ${path.join(' --> ')}`,
  help: () => ['remove one of these references: a model cannot build on what is built from it'],
});

export const patchWithoutNode = diagnostic<{ name: string; section: string; path: string; near?: string }>('XF4010', {
  category: 'Parsing',
  severity: 'warning',
  message: ({ name, section, path }) =>
    `Did not find matching node for patch with name '${name}' in the '${section}' section of file '${path}'`,
  help: ({ near }) => [meant(near)],
});

export const badTest = diagnostic<{ name: string; reason: string }>('XF4011', {
  category: 'Parsing',
  message: ({ name, reason }) => `Invalid test config given for '${name}': ${reason}`,
});

export const unknownTest = diagnostic<{ test: string; near?: string }>('XF4012', {
  category: 'Compilation',
  severity: 'warning',
  message: ({ test }) => `'test_${test}' is undefined: there is no generic test named '${test}'`,
  help: ({ near }) => [
    meant(near),
    'generic tests are {% test name(model, …) %} blocks in tests/generic or macros, or come with a package',
  ],
});

export const invalidConfig = diagnostic<{ node: string; key: string; value: string; want: string; near?: string }>(
  'XF4013',
  {
    category: 'Parsing',
    message: ({ node, key, value, want }) => `Invalid config of ${node}: ${key} is ${value}, but must be ${want}`,
    help: ({ near }) => [meant(near)],
  },
);

export const badEntry = diagnostic<{ section: string; name: string; reason: string }>('XF4014', {
  category: 'Parsing',
  message: ({ section, name, reason }) => `Invalid ${section} config given for '${name}': ${reason}`,
});

/** A source is to be fresh, and nobody can tell how old it is. */
export const unknownLoading = diagnostic<{ source: string }>('XF4027', {
  category: 'Parsing',
  severity: 'warning',
  message: ({ source }) =>
    `The configured adapter does not support metadata-based freshness. A loaded_at_field must be specified for source '${source}'.`,
  help: () => ['give the source a loaded_at_field (a column or expression) or a loaded_at_query'],
});

export const pythonModel = diagnostic<{ name: string }>('XF4015', {
  category: 'Parsing',
  message: ({ name }) => `'${name}' is a Python model. xform runs SQL models only`,
  help: () => ['rewrite it in SQL, or move the file out of the model paths'],
});

export const privateRef = diagnostic<{ node: string; target: string; group: string }>('XF4016', {
  category: 'Parsing',
  message: ({ node, target, group }) =>
    `Node ${node} attempted to reference node ${target}, which is not allowed because the referenced node is private to the '${group}' group.`,
  help: ({ group }) => [`put both into the group '${group}', or open the model with access: protected`],
});

export const restrictedRef = diagnostic<{ node: string; target: string; access: string; package: string }>('XF4022', {
  category: 'Parsing',
  message: ({ node, target, access, package: pkg }) =>
    `Node ${node} attempted to reference node ${target}, which is not allowed because the referenced node is ${access} to the '${pkg}' package.`,
  help: ({ package: pkg }) => [`only models with access: public of '${pkg}' can be used: it has restrict-access: true`],
});

export const seedDepends = diagnostic<{ seed: string }>('XF4023', {
  category: 'Parsing',
  message: ({ seed }) => `Seeds cannot depend on other nodes: a hook of '${seed}' calls ref, source or metric.`,
  help: () => ['seeds are built before all else: do it in a hook of a model, or in on-run-end'],
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const badMicrobatch = diagnostic<{ model: string; problem: string; example: string }>('XF4018', {
  category: 'Parsing',
  message: ({ model, problem }) => `Microbatch model '${model}' ${problem}.`,
  help: ({ example }) => [`for example {{ config(${example}) }}`],
});
