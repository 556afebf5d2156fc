// The kernels as WebAssembly exports. Each works on addresses in one shared memory, on a part of the work that no other
// thread touches at the same time; src/wasm-engine.ts says which.

export { grind, hashLeaves, hashNodes } from './blake3';
export { runProgram } from './constraints';
export { addColumns, addValue, combine, divideByLinear, dot, fillGeometric, fillPowers, foldByTwo } from './linear';
export { countLimbs, fillAuxiliary } from './lookup';
export { bitReverse, evaluate, extend, fillTwiddles, interpolate } from './ntt';
