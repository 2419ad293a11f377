import { resolve } from 'node:path';
import { type Diagnostic, DiagnosticError, emit, type Flags } from '../core/index.ts';
import type { Parsed } from '../parse/index.ts';
import { renderDiagnostics } from '../report/index.ts';
import { warnStateTargetEqual } from '../run/index.ts';
import { Deferral, EarlierState, StateFolder } from '../state/index.ts';
import { noState, noStateManifest } from './diagnostics.ts';
import { tellProblems } from './tell-problems.ts';
import type { Workspace } from './workspace.ts';

/** The folder that a flag names; warns where it is the one this run writes its own artifacts to. */
function folder({ project, targetFolder, invocation }: Workspace, path: string): StateFolder {
  const found = resolve(project.root, path);
  if (found === targetFolder) emit(invocation, warnStateTargetEqual(path));
  return new StateFolder(found);
}

/** What `--state` tells selecting; undefined where there is none. Nothing is read yet. */
export function earlierState(workspace: Workspace, parsed: Parsed): EarlierState | undefined {
  const { flags, packages, invocation, targetFolder } = workspace;
  if (flags.state === null) return undefined;
  const internal = new Set(packages.filter((pkg) => pkg.internal).map((pkg) => pkg.project.name));
  return new EarlierState(folder(workspace, flags.state), parsed.manifest, new StateFolder(targetFolder), {
    isInternal: (name) => internal.has(name),
    today: invocation.startedAt,
  });
}

/** Tells what comparing brought to light. Throws DiagnosticError where a contract that must hold is broken. */
export function tellStateProblems(workspace: Workspace, problems: readonly Diagnostic[]): void {
  tellProblems(workspace, problems, (some) =>
    renderDiagnostics(some, { read: () => undefined, colors: false, width: workspace.io.columns }),
  );
}

/** Where refs go under `--defer`; undefined without it. Throws DiagnosticError where there is no manifest to defer to. */
export function deferral(workspace: Workspace, parsed: Parsed, selected: Iterable<string>): Deferral | undefined {
  const { flags, project } = workspace;
  if (!flags.defer) return undefined;
  const path = deferFolder(flags);
  if (path === null) throw new DiagnosticError(noState({}));
  const state = new StateFolder(resolve(project.root, path));
  if (!state.hasManifest()) throw new DiagnosticError(noStateManifest({ path }));
  return new Deferral(parsed.manifest, state.manifest(), {
    favorState: flags.favorState,
    selected: new Set(selected),
  });
}

const deferFolder = (flags: Flags): string | null => flags.deferState ?? flags.state;
