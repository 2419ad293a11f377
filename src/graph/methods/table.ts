import type { MethodName } from '../criterion.ts';
import { access } from './access.ts';
import { config } from './config.ts';
import { exposure } from './exposure.ts';
import { file } from './file.ts';
import { fqn } from './fqn.ts';
import { group } from './group.ts';
import type { Method } from './method.ts';
import { metric } from './metric.ts';
import { packageMethod } from './package.ts';
import { path } from './path.ts';
import { resourceType } from './resource-type.ts';
import { result } from './result.ts';
import { savedQuery } from './saved-query.ts';
import { selector } from './selector.ts';
import { semanticModel } from './semantic-model.ts';
import { source } from './source.ts';
import { sourceStatus } from './source-status.ts';
import { state } from './state.ts';
import { tag } from './tag.ts';
import { testName } from './test-name.ts';
import { testType } from './test-type.ts';
import { unitTest } from './unit-test.ts';
import { version } from './version.ts';

/** All ways to name nodes. */
export const METHODS: Readonly<Record<MethodName, Method>> = {
  fqn,
  tag,
  group,
  access,
  source,
  path,
  file,
  package: packageMethod,
  config,
  test_name: testName,
  test_type: testType,
  resource_type: resourceType,
  state,
  exposure,
  metric,
  result,
  source_status: sourceStatus,
  version,
  semantic_model: semanticModel,
  saved_query: savedQuery,
  unit_test: unitTest,
  selector,
};
