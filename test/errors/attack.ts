import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, prepareCli } from './cli.ts';

/** Text or bytes of a file, by path; `{ link }` makes a symbolic link. */
export type Files = Readonly<Record<string, string | Uint8Array | { readonly link: string }>>;

/** A project with something wrong in it, and how a command on it has to end. */
export interface Attack {
  readonly files: Files;
  readonly command?: string;
  readonly exit: 0 | 1 | 2;
}

/** Attacks by name, in families. */
export type Families = Readonly<Record<string, Readonly<Record<string, Attack>>>>;

/** Projects in folders of their own, for the tests of one file. */
export class Projects {
  readonly desk = new Desk();
  #count = 0;

  constructor() {
    beforeAll(prepareCli);
    afterAll(() => this.desk.clear());
  }

  /** A project folder with these files in it. */
  folder(files: Files): string {
    this.#count += 1;
    const root = path.join(this.desk.folder, `p${this.#count}`);
    const all: Files = { 'dbt_project.yml': 'name: shop\n', 'models/fine.sql': 'select 1 as id\n', ...files };
    for (const [name, content] of Object.entries(all)) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, file);
      else writeFileSync(file, content);
    }
    return root;
  }

  /** Runs a command, which may fail, but has to say so with a code and must not fall over. */
  async told(root: string, command: string): Promise<{ readonly code: number | null; readonly output: string }> {
    const ended = await this.desk.run(command.split(' '), root);
    expect(ended.output).not.toMatch(/\n\s+at .*\.[jt]s:\d+/);
    expect(ended.output).not.toMatch(/internal error|a bug in xform|UnhandledPromise/);
    if (ended.code !== 0) expect(ended.output).toMatch(/\[XF\d{4}\]/);
    return ended;
  }

  async withstand({ files, command = 'build', exit }: Attack): Promise<void> {
    const root = this.folder(files);
    expect(await this.told(root, command)).toMatchObject({ code: exit });
    // What cannot be parsed must not reach the warehouse.
    if (exit === 2 && !Object.keys(files).some((name) => name.startsWith('shop.duckdb')))
      expect(existsSync(path.join(root, 'shop.duckdb'))).toBe(false);
  }

  /** A test for each attack. */
  withstandAll(families: Families): void {
    for (const [family, attacks] of Object.entries(families)) {
      describe(`hostile ${family}`, () => {
        it.concurrent.each(Object.entries(attacks))('%s', { timeout: 60_000 }, (_, attack) => this.withstand(attack));
      });
    }
  }
}
