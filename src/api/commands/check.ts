import type { AnalysedNode } from '../../compile/index.ts';
import { type Diagnostic, emit, lineColumn, type Severity, xformVersion } from '../../core/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { note, printEvent } from '../../run/index.ts';
import { analyse } from '../analyse.ts';
import { writeLineage } from '../column-lineage.ts';
import { checkDescribed } from '../described-columns.ts';
import { fileReader } from '../file-text.ts';
import { isIntrospection } from '../offline-compiler.ts';
import { selectNodes } from '../select-nodes.ts';
import { findUnusedColumns } from '../unused-columns.ts';
import type { Opening, Workspace } from '../workspace.ts';

/** `check`: tells what is wrong with the SQL of the selected nodes. False where something certainly is. */
export async function check(workspace: Workspace, parsed: Parsed, render: Opening['render']): Promise<boolean> {
  const { flags, invocation } = workspace;
  const ids = selectNodes(workspace, parsed);
  const analysed = await analyse(workspace, parsed, ids);
  writeLineage(workspace, parsed.manifest, analysed);
  // In the order of the analysis, parents first: a mistake comes before what follows from it.
  const chosen = [...analysed.values()].filter(({ uniqueId }) => ids.has(uniqueId));
  const unused = findUnusedColumns(parsed.manifest, analysed);
  const problems = distinct([
    ...chosen.flatMap((node) => [
      ...node.problems.map(asFinding),
      ...checkDescribed(workspace, parsed.manifest.nodes[node.uniqueId]!, node),
    ]),
    ...unused,
  ]);
  const read = remembered(fileReader(workspace.project.root));
  switch (flags.output) {
    case 'json':
      emit(
        invocation,
        printEvent(
          JSON.stringify(
            problems.map((problem) => finding(read, problem)),
            null,
            2,
          ),
        ),
      );
      break;
    case 'github':
      for (const problem of problems) emit(invocation, printEvent(githubLine(read, problem)));
      break;
    case 'sarif':
      emit(invocation, printEvent(JSON.stringify(sarif(read, problems), null, 2)));
      break;
    default:
      for (const problem of problems)
        emit(invocation, note(labelled(problem.severity, render([problem])), level(problem)));
      emit(invocation, note(summary(chosen, problems), 'info'));
  }
  return problems.every(({ severity }) => severity !== 'error');
}

/** That a template asks the warehouse is no mistake. */
const asFinding = (problem: Diagnostic): Diagnostic =>
  isIntrospection(problem) ? { ...problem, severity: 'hint' } : problem;

/** The same mistake in a macro is found in every model that calls it. */
function distinct(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const problem of problems) {
    const { at } = problem;
    seen.set(`${problem.code} ${at?.file} ${at?.start} ${at?.end} ${problem.message}`, problem);
  }
  return [...seen.values()];
}

const WORDS: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', hint: 'HINT' };
const labelled = (severity: Severity, text: string): string => `[${WORDS[severity]}]: ${text}`;
const level = ({ severity }: Diagnostic) => (severity === 'error' ? 'error' : severity === 'warning' ? 'warn' : 'info');

function summary(nodes: readonly AnalysedNode[], problems: readonly Diagnostic[]): string {
  const count = (severity: Severity): number => problems.filter((problem) => problem.severity === severity).length;
  const known = nodes.filter(({ rest, columns }) => !rest.length && columns.every(({ unknown }) => !unknown)).length;
  const of = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  return (
    `Checked ${of(nodes.length, 'node')}: ${of(count('error'), 'error')}, ${of(count('warning'), 'warning')}, ` +
    `${of(count('hint'), 'hint')}. All columns are known of ${known}.`
  );
}

type Reader = (file: string) => string | undefined;

/** Reads each file once, however many findings are in it. */
function remembered(read: Reader): Reader {
  const texts = new Map<string, string | undefined>();
  return (file) => {
    if (!texts.has(file)) texts.set(file, read(file));
    return texts.get(file);
  };
}

/** A finding for programs. */
interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: readonly string[];
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

function finding(read: Reader, { code, severity, message, help, at }: Diagnostic): Finding {
  const text = at && read(at.file);
  const start = at && text !== undefined ? lineColumn(text, at.start) : undefined;
  const end = at && text !== undefined ? lineColumn(text, Math.max(at.start, at.end)) : undefined;
  return {
    code,
    severity,
    message,
    help,
    file: at?.file ?? null,
    line: start?.line ?? null,
    column: start?.column ?? null,
    endLine: end?.line ?? null,
    endColumn: end?.column ?? null,
  };
}

const GITHUB: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'notice' };

/** One line that GitHub shows beside the code. */
function githubLine(read: Reader, problem: Diagnostic): string {
  const { file, line, column, endLine, endColumn, message, help, code, severity } = finding(read, problem);
  const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const places = Object.entries({ file, line, col: column, endLine, endColumn, title: code })
    .flatMap(([key, value]) =>
      value === null ? [] : [`${key}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`],
    )
    .join(',');
  return `::${GITHUB[severity]} ${places}::${escaped([message, ...help].join('\n'))}`;
}

const SARIF: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'note' };

/** A log of SARIF 2.1.0 (OASIS), which code scanners read. */
function sarif(read: Reader, problems: readonly Diagnostic[]): object {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'xform', version: xformVersion(), rules: codes.map((id) => ({ id })) } },
        results: problems.map((problem) => {
          const { code, severity, message, help, file, line, column, endLine, endColumn } = finding(read, problem);
          const region = line === null ? {} : { region: { startLine: line, startColumn: column, endLine, endColumn } };
          return {
            ruleId: code,
            level: SARIF[severity],
            message: { text: [message, ...help].join('\n') },
            locations:
              file === null
                ? []
                : [{ physicalLocation: { artifactLocation: { uri: file.replaceAll('\\', '/') }, ...region } }],
          };
        }),
      },
    ],
  };
}
