import { INPUT, type Stage } from './pipe-stages.ts';
import { project } from './projections.ts';
import { Provenance } from './provenance.ts';
import { Relation } from './relation.ts';
import type { Run } from './run.ts';
import { Ctes, Scope, type Source } from './scope.ts';
import { addSources } from './sources.ts';
import { type Data, dataOf } from './syntax.ts';

/** What is known between two pipes. */
interface State {
  readonly relation: Relation;
  /** Tables whose columns can still be asked for with their name. */
  readonly named: readonly Source[];
}

/** The relation that comes out of the last pipe: each stage is a query over the one before it. */
export function pipeRelation(run: Run, data: Data, ctes: Ctes, outer: Scope | undefined): Relation {
  let state: State = { relation: new Relation([]), named: [] };
  for (const stage of data.stages as readonly Stage[]) state = after(run, stage, state, ctes, outer);
  return state.relation;
}

function after(run: Run, stage: Stage, { relation, named }: State, around: Ctes, outer: Scope | undefined): State {
  const ctes = new Ctes(around);
  ctes.set(INPUT, { name: INPUT, relation, users: new Set() });
  const names = new Scope(run.dialect, ctes, outer);
  names.sources.push(...named);
  switch (stage.step) {
    case 'query':
      return { relation: run.query(stage.query, ctes, names), named: stage.keepsNames ? named : [] };
    case 'sources': {
      const scope = new Scope(run.dialect, ctes, names);
      const effects = addSources(run, dataOf(stage.query), scope);
      // That not all columns are known need not be said: nobody wrote a star.
      const { columns, rest } = project(
        run.reporting(() => undefined),
        [{ star: {} }],
        scope,
      );
      const added = scope.sources.filter(({ name }) => name !== null);
      return { relation: new Relation(columns, { rest, effects }), named: [...named, ...added] };
    }
    case 'name':
      return { relation, named: [{ name: stage.name, qualifiers: [], relation }] };
    default: {
      const all = Provenance.union(relation.columns.map(({ provenance }) => provenance)).derived();
      const reason = `what |> ${stage.operator} gives is not known`;
      const rest = [{ column: (name: string) => ({ name, type: null, provenance: all }), reason }];
      return { relation: new Relation([], { rest, effects: relation.effects }), named: [] };
    }
  }
}
