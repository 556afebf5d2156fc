/** The WebAssembly kernels on the shared vectors: they must make the golden reports again, byte for byte. */
import fs from 'node:fs';
import { createWasmEngine, type WasmEngine } from '@solvent/kernels/wasm-engine';
import { makeReport } from '@solvent/scripts/vectors/make-report';
import { productionPlan, toyPlan } from '@solvent/scripts/vectors/report-plans';
import { afterAll, describe, expect, it } from 'vitest';

const engines: WasmEngine[] = [];
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

const golden = (name: string) => new Uint8Array(fs.readFileSync(new URL(`../../vectors/${name}`, import.meta.url)));

describe.each([
  ['toy', toyPlan],
  ['production', productionPlan],
] as const)('the %s report', (folder, plan) => {
  it.each([1, 2])('comes out of the kernels as it stands in vectors/, with %i threads', (threads) => {
    // An engine for each segment: files are made when all are proven, and an engine keeps the last one's data only.
    const report = makeReport(plan, () => {
      const engine = createWasmEngine({ threads });
      engines.push(engine);
      return engine;
    });
    expect(report.manifestBytes).toEqual(golden(`${folder}/manifest.json`));
    report.proofs.forEach((proof, segment) => {
      expect(Buffer.compare(proof, golden(`${folder}/segment-${String(segment).padStart(4, '0')}.bin`))).toBe(0);
    });
    report.accounts.forEach(({ file }, i) => {
      expect(Buffer.compare(file, golden(`${folder}/inclusion-${i}.json`))).toBe(0);
    });
  });
});
