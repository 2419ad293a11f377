import { asText, bind } from './arguments.ts';
import { PyError, PyFunction, PyObject, type Value } from './value.ts';

/** Python's bytes: what `encode` gives, to be printed, measured, hashed or decoded. */
export class PyBytes extends PyObject {
  readonly typeName = 'bytes';
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
  /** `text.encode(encoding)`. */
  static encode(text: string, encoding: string): PyBytes {
    const name = encoding.toLowerCase().replace(/[-_]/g, '');
    if (name === 'utf8') return new PyBytes(new TextEncoder().encode(text));
    const limit = name === 'ascii' || name === 'usascii' ? 0x7f : name === 'latin1' || name === 'iso88591' ? 0xff : -1;
    if (limit < 0) throw new PyError('LookupError', `unknown encoding: ${encoding}`);
    return new PyBytes(
      Uint8Array.from(text, (character) => {
        const code = character.codePointAt(0) as number;
        if (code > limit) throw new PyError('UnicodeEncodeError', `'${encoding}' codec can't encode character ${code}`);
        return code;
      }),
    );
  }
  override size(): number {
    return this.bytes.length;
  }
  override iterate(): Iterable<Value> {
    return Array.from(this.bytes);
  }
  override getItem(key: Value): Value | undefined {
    return typeof key === 'number' ? this.bytes.at(key) : undefined;
  }
  override getAttr(name: string): Value | undefined {
    if (name === 'hex') return new PyFunction('hex', () => Buffer.from(this.bytes).toString('hex'));
    if (name !== 'decode') return undefined;
    return new PyFunction('decode', (args, kwargs) => {
      const [encoding = 'utf-8'] = bind('decode', ['encoding', 'errors'], 0, args, kwargs);
      const latin = /latin|8859-1/i.test(asText(encoding, 'decode()'));
      return Buffer.from(this.bytes).toString(latin ? 'latin1' : 'utf8');
    });
  }
  override repr(): string {
    let text = '';
    for (const byte of this.bytes) {
      if (byte === 9) text += '\\t';
      else if (byte === 10) text += '\\n';
      else if (byte === 13) text += '\\r';
      else if (byte === 0x5c) text += '\\\\';
      else if (byte >= 32 && byte < 127) text += String.fromCharCode(byte);
      else text += `\\x${byte.toString(16).padStart(2, '0')}`;
    }
    if (text.includes("'") && !text.includes('"')) return `b"${text}"`;
    return `b'${text.replaceAll("'", "\\'")}'`;
  }
  override equals(other: Value): boolean {
    return other instanceof PyBytes && Buffer.compare(this.bytes, other.bytes) === 0;
  }
  override hashKey(): unknown {
    return `\u0000b${this.repr()}`;
  }
}
