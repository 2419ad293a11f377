// Stands in for a command line under test: builds one table in the database of the profile, and writes the artifacts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const profiles = process.argv[process.argv.indexOf('--profiles-dir') + 1];
const { shop } = JSON.parse(readFileSync(path.join(profiles, 'profiles.yml'), 'utf8'));
const instance = await DuckDBInstance.create(shop.outputs[shop.target].path);
const connection = await instance.connect();
// The model's own text decides what is built, so that a test can tell whether the right commit was checked out.
await connection.run(`create table orders as ${readFileSync('models/orders.sql', 'utf8')}`);
connection.closeSync();
instance.closeSync();

const node = {
  unique_id: 'model.shop.orders',
  resource_type: 'model',
  relation_name: '"wh"."main"."orders"',
  config: { materialized: 'table' },
  depends_on: { nodes: [] },
};
const result = { unique_id: node.unique_id, status: 'success', failures: null, compiled_code: 'select  1' };
mkdirSync('target');
const sections = ['sources', 'exposures', 'metrics', 'semantic_models', 'unit_tests', 'saved_queries', 'groups', 'disabled'];
const manifest = { ...Object.fromEntries(sections.map((section) => [section, {}])), nodes: { [node.unique_id]: node } };
writeFileSync('target/manifest.json', JSON.stringify(manifest));
writeFileSync('target/run_results.json', JSON.stringify({ results: [result] }));
