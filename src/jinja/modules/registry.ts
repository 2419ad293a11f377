import { PyDict } from '../value.ts';
import { datetimeModule } from './datetime/index.ts';
import { itertoolsModule } from './itertools.ts';
import { makePytzModule } from './pytz.ts';
import { reModule } from './re/index.ts';

/** `modules` as a template sees it. Each caller gets its own, for a template can write into dicts. */
export function makeModules(): PyDict {
  return new PyDict([
    ['pytz', makePytzModule()],
    ['datetime', new PyDict(datetimeModule.entries())],
    ['re', new PyDict(reModule.entries())],
    ['itertools', new PyDict(itertoolsModule.entries())],
  ]);
}
