import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import { ensureBuilt } from '../architecture/loaded-files.ts';

/** The repository's root. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** How a process of the command line ended. */
export interface Ended {
  readonly code: number | null;
  /** What it printed, the times at the beginnings of lines taken away. */
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the command line that has not ended yet. */
export interface Running {
  /** Fulfilled once it has printed that, rejected where it ends without. */
  said(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** How it ended; `code` is null where a signal ended it. */
  readonly ended: Promise<Ended>;
}

/** A row of a table; numbers that doubles cannot hold are text. */
export type Row = Readonly<Record<string, unknown>>;

/** The parts of run_results.json that tests look at. */
export interface RunResults {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly args: Readonly<Record<string, unknown>>;
  readonly elapsed_time: number;
  readonly results: readonly (Readonly<Record<string, unknown>> & { unique_id: string; status: string })[];
}

const projectFile = "name: shop\nversion: '1.0'\nprofile: shop\n";
const profiles = 'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, threads: 4}\n';

/** A dbt project in a folder of its own, gone when the test ends, and the built command line to run in it. */
export class TemporaryProject {
  readonly folder: string;

  /** `files` by path; dbt_project.yml and profiles.yml are there unless given. */
  constructor(files: Readonly<Record<string, string>>) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'xform-e2e-'));
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
    for (const [file, text] of Object.entries({ 'dbt_project.yml': projectFile, 'profiles.yml': profiles, ...files })) {
      this.write(file, text);
    }
  }

  /** Writes a file below the project's folder. */
  write(file: string, text: string): void {
    const target = path.join(this.folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  /** The text of a file of the project. */
  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** Whether there is such a file or folder. */
  has(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  /** Texts of all files below the folder that are not the database. */
  texts(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('.duckdb'))
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
  }

  /** Runs the command line to its end, in an environment that has nothing of the user's. */
  xform(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
    const done = spawnSync(process.execPath, [ensureBuilt(root), ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      env: this.#environment(env),
      input: '',
    });
    return { code: done.status, stdout: withoutTimes(done.stdout), stderr: done.stderr };
  }

  /** Starts the command line, to do something to it while it runs. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    const child = spawn(process.execPath, [ensureBuilt(root), ...args], {
      cwd: this.folder,
      env: this.#environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code) => resolve({ code, stdout: withoutTimes(stdout), stderr }));
    });
    return {
      said: (pattern) =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            if (pattern.test(stdout)) resolve();
          };
          child.stdout.on('data', look);
          child.on('close', () => reject(new Error(`it ended without ${pattern}:\n${stdout}${stderr}`)));
          look();
        }),
      kill: (signal) => void child.kill(signal),
      ended,
    };
  }

  #environment(env: Readonly<Record<string, string>>): Record<string, string> {
    // Starting the threads of the analysis takes longer than most of these runs do: tests that are about it ask for it.
    const quick = { XFORM_STATIC_ANALYSIS: 'off' };
    return { PATH: process.env.PATH ?? '', HOME: path.join(this.folder, '.home'), ...quick, ...env };
  }

  /** The same, where it has to go well. Answers what it printed. */
  ok(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
    const ended = this.xform(args, env);
    if (ended.code !== 0) {
      throw new Error(`xform ${args.join(' ')} ended with ${ended.code}\n${ended.stdout}${ended.stderr}`);
    }
    return ended.stdout;
  }

  /** A file of target/ as JSON. */
  artifact<Shape>(name: string): Shape {
    return JSON.parse(this.read(`target/${name}`)) as Shape;
  }

  /** Status of every result of the last run, by the name's last part that tells nodes apart. */
  statuses(): Record<string, string> {
    const { results } = this.artifact<RunResults>('run_results.json');
    return Object.fromEntries(results.map((result) => [result.unique_id, result.status]));
  }

  /** What a query answers, once no other process holds the database. */
  async rows(sql: string, database = 'shop.duckdb'): Promise<Row[]> {
    const instance = await DuckDBInstance.create(path.join(this.folder, database));
    try {
      const connection = await instance.connect();
      const reader = await connection.runAndReadAll(sql);
      const rows = reader.getRowObjectsJson();
      connection.closeSync();
      return rows;
    } finally {
      instance.closeSync();
    }
  }

  /** The first column of what a query answers. */
  async column(sql: string): Promise<unknown[]> {
    return (await this.rows(sql)).map((row) => Object.values(row)[0]);
  }
}

const withoutTimes = (text: string): string => text.replaceAll(/^\d\d:\d\d:\d\d {2}/gm, '');
