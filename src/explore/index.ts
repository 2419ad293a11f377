export { type ExplorerAssets, explorerPage } from './explorer-page.ts';
export type { Artifacts } from './island.ts';
