export { type Addition, type AddSource, readAddition } from './add-package.ts';
export { definitionHash } from './definition-hash.ts';
export { exportRevision } from './git.ts';
export { type Hub, hubUrl, openHub } from './hub.ts';
export { type DependencyOrder, installDependencies } from './install-dependencies.ts';
export { lockFileName } from './lock-file.ts';
export type { PackageHost, Said } from './package-host.ts';
export { type UnpackLimits, unpackLimits } from './unpack.ts';
export { type Patience, patience } from './web.ts';
