/** The memory that all kernel threads share, and its allocation: upwards, until everything is let go at once. */
import type { ExtensionColumn } from '@solvent/field/extension-column';

const pageSize = 65536;
/** wasm32 reaches 4 GiB. */
const maxPageCount = 65536;
/** Below are the kernels' own constants and the threads' control block. */
const firstFree = 4 * pageSize;

export class SharedMemory {
  readonly memory: WebAssembly.Memory;
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #end = firstFree;

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: firstFree / pageSize, maximum: maxPageCount, shared: true });
  }

  /** The first address that is free. */
  get end(): number {
    return this.#end;
  }

  /** Lets go of everything from an address on. */
  release(end: number): void {
    this.#end = end;
  }

  /** The address of fresh bytes, a multiple of 64. Throws a RangeError when the 4 GiB are used up. */
  allocate(size: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + size) / 64) * 64;
    const missing = this.#end - this.memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / pageSize));
    return address;
  }

  #grow(pageCount: number): void {
    try {
      this.memory.grow(pageCount);
    } catch {
      throw new RangeError(`kernel memory: expected at most 4 GiB, got ${this.#end} bytes`);
    }
  }

  /** A view of elements at an address. */
  words(address: number, length: number): Uint32Array {
    const view = new Uint32Array(this.memory.buffer, address, length);
    this.#buffers.add(view.buffer);
    return view;
  }

  bytes(address: number, length: number): Uint8Array {
    const view = new Uint8Array(this.memory.buffer, address, length);
    this.#buffers.add(view.buffer);
    return view;
  }

  /** A fresh column. Columns are spread so that the same place of many does not fall into one set of the cache. */
  column(length: number): Uint32Array {
    return this.words(this.allocate(4 * length + 4160), length);
  }

  /** A fresh column over F. */
  extensionColumn(length: number): ExtensionColumn {
    return [0, 1, 2, 3, 4].map(() => this.column(length)) as unknown as ExtensionColumn;
  }

  /** Where an array stands in this memory; if it stands elsewhere, it is copied into it. */
  addressOf(array: Uint32Array | Uint8Array): number {
    if (this.#buffers.has(array.buffer)) return array.byteOffset;
    const address = this.allocate(array.byteLength);
    this.bytes(address, array.byteLength).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return address;
  }

  /** The address of a list of the addresses of columns. */
  columnList(columns: readonly Uint32Array[]): number {
    return this.list(columns.map((column) => this.addressOf(column)));
  }

  /** The address of a list of uint32. */
  list(values: readonly number[]): number {
    const address = this.allocate(4 * values.length);
    this.words(address, values.length).set(values);
    return address;
  }
}
