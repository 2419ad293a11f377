import { type BigIntStats, statSync } from 'node:fs';
import { DiagnosticError } from '../core/index.ts';
import { type Checksum, pathChecksum, seedChecksum, textChecksum } from './checksum.ts';
import { unreadableFile } from './diagnostics.ts';
import { stripped } from './yaml/index.ts';
import { readText } from './yaml-file.ts';

/** What a file is for. `test` is a singular test. */
export type FileKind =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'genericTest'
  | 'macro'
  | 'analysis'
  | 'docs'
  | 'properties'
  | 'fixture'
  | 'function';

/** Where a file was found. */
export interface FilePlace {
  /** Name of the project it belongs to. */
  readonly package: string;
  readonly kind: FileKind;
  /** The configured path it lies under, such as `models`. */
  readonly folder: string;
  /** Its path below that folder, with `/`. */
  readonly relative: string;
  readonly absolute: string;
  /** Its path as shown in messages: relative to the root project. */
  readonly shown: string;
  /** Seeds of more bytes than this are known by their path; 0 for no limit. */
  readonly maximumSeedSize: number;
}

/** One file of a project. Content and checksum are read when first asked for, and kept. */
export class SourceFile {
  readonly package: string;
  readonly kind: FileKind;
  readonly folder: string;
  readonly relative: string;
  /** Its path in its project, with `/`: dbt's `original_file_path`. */
  readonly path: string;
  readonly absolute: string;
  readonly shown: string;
  readonly #maximumSeedSize: number;
  #stats: BigIntStats | undefined;
  #text: string | undefined;
  #content: string | undefined;
  #checksum: Checksum | undefined;

  constructor(place: FilePlace) {
    this.package = place.package;
    this.kind = place.kind;
    this.folder = place.folder;
    this.relative = place.relative;
    this.path = place.folder === '.' || place.folder === '' ? place.relative : `${place.folder}/${place.relative}`;
    this.absolute = place.absolute;
    this.shown = place.shown;
    this.#maximumSeedSize = place.maximumSeedSize;
  }

  /** dbt's `file_id`. */
  get id(): string {
    return `${this.package}://${this.path}`;
  }

  /** The last part of the path without its extension. */
  get name(): string {
    const base = this.relative.slice(this.relative.lastIndexOf('/') + 1);
    const dot = base.lastIndexOf('.');
    return dot > 0 ? base.slice(0, dot) : base;
  }

  /** Size in bytes and time of change in nanoseconds: cheap to compare with an earlier run. */
  get stats(): { readonly size: bigint; readonly mtimeNs: bigint } {
    try {
      this.#stats ??= statSync(this.absolute, { bigint: true });
    } catch (error) {
      throw new DiagnosticError(unreadableFile({ file: this.shown, reason: (error as Error).message }));
    }
    return this.#stats;
  }

  /** The file as it is; offsets of spans count in it. Throws a DiagnosticError where it is not UTF-8. */
  get text(): string {
    this.#text ??= readText(this.absolute, this.shown);
    return this.#text;
  }

  /** The text without white space at its ends: dbt's `raw_code`. */
  get content(): string {
    this.#content ??= stripped(this.text).body;
    return this.#content;
  }

  /** How much white space comes before `content`. */
  get lead(): number {
    return stripped(this.text).lead;
  }

  /** dbt's checksum of the file. */
  get checksum(): Checksum {
    this.#checksum ??= this.#compute();
    return this.#checksum;
  }

  #compute(): Checksum {
    if (this.kind !== 'seed') return textChecksum(this.content);
    const tooBig = this.#maximumSeedSize > 0 && this.stats.size > BigInt(this.#maximumSeedSize);
    // A seed may be large, so its text is not kept.
    return tooBig ? pathChecksum(this.path) : seedChecksum(stripped(readText(this.absolute, this.shown)).body);
  }
}
