export { type LoadedYaml, loadYaml, stripped } from './load.ts';
export { locate, type YamlPart, type YamlPath } from './locate.ts';
