/** The engine that proves: WebAssembly kernels on several threads. */
import type { Engine } from '@solvent/kernels/engine';
import { createWasmEngine } from '@solvent/kernels/wasm-engine';

/** Runs work with an engine, which ends with it. */
export async function withEngine<Value>(threads: number, work: (engine: Engine) => Promise<Value>): Promise<Value> {
  const engine = createWasmEngine({ threads });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
