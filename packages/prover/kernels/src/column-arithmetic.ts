/** Element-wise arithmetic on columns over F, without allocation: what `extension.ts` does, in bulk. */
import type { Extension } from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import { add, mul, sub } from '@solvent/field/koala-bear';

/** out[i] = left[i] + right[i] for i < count. */
export function addBase(out: Uint32Array, left: Uint32Array, right: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = add(left[i], right[i]);
}

/** out[i] = left[i] − right[i] for i < count. */
export function subBase(out: Uint32Array, left: Uint32Array, right: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = sub(left[i], right[i]);
}

/** out[i] = left[i] · right[i] for i < count. */
export function mulBase(out: Uint32Array, left: Uint32Array, right: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = mul(left[i], right[i]);
}

/** out[i] = left[i] · right[i] over F for i < count; `out` may be one of the operands. */
export function mulExtension(out: ExtensionColumn, left: ExtensionColumn, right: ExtensionColumn, count: number): void {
  const [a0s, a1s, a2s, a3s, a4s] = left;
  const [b0s, b1s, b2s, b3s, b4s] = right;
  const [out0, out1, out2, out3, out4] = out;
  for (let i = 0; i < count; i++) {
    const a0 = a0s[i];
    const a1 = a1s[i];
    const a2 = a2s[i];
    const a3 = a3s[i];
    const a4 = a4s[i];
    const b0 = b0s[i];
    const b1 = b1s[i];
    const b2 = b2s[i];
    const b3 = b3s[i];
    const b4 = b4s[i];
    const c0 = mul(a0, b0);
    const c1 = add(mul(a0, b1), mul(a1, b0));
    const c2 = add(add(mul(a0, b2), mul(a1, b1)), mul(a2, b0));
    const c3 = add(add(mul(a0, b3), mul(a1, b2)), add(mul(a2, b1), mul(a3, b0)));
    const c4 = add(add(add(mul(a0, b4), mul(a1, b3)), add(mul(a2, b2), mul(a3, b1))), mul(a4, b0));
    const c5 = add(add(mul(a1, b4), mul(a2, b3)), add(mul(a3, b2), mul(a4, b1)));
    const c6 = add(add(mul(a2, b4), mul(a3, b3)), mul(a4, b2));
    const c7 = add(mul(a3, b4), mul(a4, b3));
    const c8 = mul(a4, b4);
    out0[i] = sub(add(c0, c5), c8);
    out1[i] = add(c1, c6);
    out2[i] = add(add(sub(c2, c5), c8), c7);
    out3[i] = add(sub(c3, c6), c8);
    out4[i] = sub(c4, c7);
  }
}

/** out[i] += weight · values[i] for base-field values, i < count. */
export function addScaledBase(out: ExtensionColumn, values: Uint32Array, weight: Extension, count: number): void {
  for (let c = 0; c < 5; c++) {
    const part = out[c];
    const factor = weight[c];
    for (let i = 0; i < count; i++) part[i] = add(part[i], mul(factor, values[i]));
  }
}
