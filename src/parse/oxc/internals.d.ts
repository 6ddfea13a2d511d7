// Parts of oxc-parser that it publishes without types: what its own front door is made of.

declare module 'oxc-parser/src-js/bindings' {
  import type { EcmaScriptModule, OxcError, ParserOptions } from 'oxc-parser';

  /** Every field is made when it is read, and can be read once. */
  export interface NativeResult {
    /** The tree as JSON, with what JSON cannot hold beside it. */
    readonly program: string;
    readonly module: EcmaScriptModule;
    readonly errors: OxcError[];
  }
  export function parseSync(path: string, text: string, options?: ParserOptions): NativeResult;
  /** Parses UTF-8 that stands in a block of memory, and leaves the tree in the same block. */
  export function parseRawSync(path: string, block: Uint8Array, start: number, length: number, options: ParserOptions): void;
  /** The offset in a block of memory of the first address that the parser can use. */
  export function getBufferOffset(block: Uint8Array): number;
}

declare module 'oxc-parser/src-js/wrap' {
  import type { Program } from 'oxc-parser';

  export function jsonParseAst(json: string): Program;
}

declare module 'oxc-parser/src-js/generated/constants' {
  export const BLOCK_SIZE: number;
  export const BLOCK_ALIGN: number;
  export const BUFFER_SIZE: number;
  export const ACTIVE_SIZE: number;
  export const IS_TS_FLAG_POS: number;
}

declare module 'oxc-parser/src-js/generated/deserialize/ts' {
  import type { OxcError, Program } from 'oxc-parser';

  export interface TransferBuffer extends Uint8Array<ArrayBuffer> {
    int32: Int32Array;
    float64: Float64Array;
  }
  /** What it takes of the text that was parsed. */
  export interface SourceText {
    readonly length: number;
    /** Code, as of comments. */
    slice(start: number, end: number): string;
    /** Names and the values of literals. */
    substr(start: number, length: number): string;
  }
  export function deserialize(
    buffer: TransferBuffer,
    text: SourceText,
    start: number,
    length: number,
  ): { readonly program: Program; readonly errors: OxcError[] };
}

declare module 'oxc-parser/src-js/generated/deserialize/js' {
  export { deserialize } from 'oxc-parser/src-js/generated/deserialize/ts';
}
