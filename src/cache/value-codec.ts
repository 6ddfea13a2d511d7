/**
 * Values as JSON knows them (and `undefined` in properties and lists), in bytes: a third of the size of JSON text. Objects
 * of one form share its list of keys, which all values written by one codec have in common; texts are shared in one value.
 */
export interface ValueCodec {
  encode(value: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
  /** Key lists of the forms met so far, by number: what another codec needs to decode the same bytes. */
  readonly forms: readonly (readonly string[])[];
}

const tags = { undefined: 0, null: 1, false: 2, true: 3, integer: 4, negative: 5, number: 6, text: 7, list: 8, firstForm: 9 } as const;

export function createValueCodec(known: readonly (readonly string[])[] = []): ValueCodec {
  const forms: (readonly string[])[] = [];
  const root: FormNode = { next: new Map(), form: -1 };
  const addForm = (node: FormNode, keys: readonly string[]): number => {
    node.form = forms.push(keys) - 1;
    return node.form;
  };
  for (const keys of known) addForm(keys.reduce(step, root), keys);
  const formOf = (keys: readonly string[]): number => {
    let node = root;
    for (const key of keys) node = step(node, key);
    return node.form < 0 ? addForm(node, keys) : node.form;
  };
  return { forms, encode: (value) => encode(value, formOf), decode: (bytes) => decode(bytes, forms) };
}

/** Forms by their keys, one after the other. */
interface FormNode {
  readonly next: Map<string, FormNode>;
  form: number;
}

function step(node: FormNode, key: string): FormNode {
  const known = node.next.get(key);
  if (known !== undefined) return known;
  const made: FormNode = { next: new Map(), form: -1 };
  node.next.set(key, made);
  return made;
}

function encode(value: unknown, formOf: (keys: readonly string[]) => number): Uint8Array {
  const out = createWriter();
  const texts = new Map<string, number>();

  const writeNumber = (number: number): void => {
    if (!Number.isSafeInteger(number) || Object.is(number, -0)) {
      out.integer(tags.number);
      out.float(number);
    } else {
      out.integer(number < 0 ? tags.negative : tags.integer);
      out.integer(Math.abs(number));
    }
  };
  const writeText = (text: string): void => {
    const index = texts.get(text) ?? texts.size;
    texts.set(text, index);
    out.integer(tags.text);
    out.integer(index);
  };
  const writeObject = (object: object): void => {
    if (Array.isArray(object)) {
      out.integer(tags.list);
      out.integer(object.length);
      for (const element of object) write(element);
      return;
    }
    const keys = Object.keys(object);
    out.integer(tags.firstForm + formOf(keys));
    for (const element of Object.values(object)) write(element);
  };
  const write = (one: unknown): void => {
    if (typeof one === 'number') writeNumber(one);
    else if (typeof one === 'string') writeText(one);
    else if (typeof one === 'object' && one !== null) writeObject(one);
    else out.integer(one === undefined ? tags.undefined : one === null ? tags.null : one === true ? tags.true : tags.false);
  };

  write(value);
  const table = Buffer.from(JSON.stringify([...texts.keys()]));
  const head = createWriter();
  head.integer(table.length);
  return Buffer.concat([head.bytes(), table, out.bytes()]);
}

function decode(bytes: Uint8Array, forms: readonly (readonly string[])[]): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const integer = (): number => {
    let byte = bytes[at++] ?? 0;
    if (byte < 128) return byte;
    let value = byte & 127;
    let scale = 128;
    do {
      byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value;
  };
  const size = integer();
  const table: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + at, size).toString());
  const texts: readonly unknown[] = Array.isArray(table) ? table : [];
  at += size;

  const readList = (): unknown[] => {
    const length = integer();
    if (length > bytes.length) throw new RangeError('a list longer than its bytes');
    const list: unknown[] = [];
    for (let index = 0; index < length; index++) list.push(read());
    return list;
  };
  const readForm = (form: number): Record<string, unknown> => {
    const keys = forms[form];
    if (keys === undefined || at > bytes.length) throw new RangeError(`no form ${form}`);
    const object: Record<string, unknown> = {};
    for (const key of keys) object[key] = read();
    return object;
  };
  const readFloat = (): number => {
    at += 8;
    return view.getFloat64(at - 8);
  };
  const read = (): unknown => {
    const tag = integer();
    if (tag >= tags.firstForm) return readForm(tag - tags.firstForm);
    switch (tag) {
      case tags.integer:
        return integer();
      case tags.negative:
        return -integer();
      case tags.number:
        return readFloat();
      case tags.text:
        return texts[integer()];
      case tags.list:
        return readList();
      case tags.null:
        return null;
      case tags.undefined:
        return undefined;
      default:
        return tag === tags.true;
    }
  };
  return read();
}

interface Writer {
  integer(value: number): void;
  float(value: number): void;
  bytes(): Uint8Array;
}

/** Bytes that grow; integers take seven bits a byte. */
function createWriter(): Writer {
  let buffer = Buffer.allocUnsafe(1 << 12);
  let length = 0;
  const grow = (): void => {
    const larger = Buffer.allocUnsafe(buffer.length * 2);
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  return {
    integer(value) {
      if (length + 10 > buffer.length) grow();
      let rest = value;
      while (rest >= 128) {
        buffer[length++] = (rest % 128) + 128;
        rest = Math.floor(rest / 128);
      }
      buffer[length++] = rest;
    },
    float(value) {
      if (length + 8 > buffer.length) grow();
      length = buffer.writeDoubleBE(value, length);
    },
    bytes: () => buffer.subarray(0, length),
  };
}
