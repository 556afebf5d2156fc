/** Writes the instructions of a program, and numbers its values, columns and constants. */
import { constantPlace, type Instruction, operations, type ProgramColumn, type ProgramConstant } from './program.js';

/** The operations that add 1, 2, 3, 4 products. */
const addProductsOperations = [
  operations.addProducts1,
  operations.addProducts2,
  operations.addProducts3,
  operations.addProducts4,
] as const;

/** A product that is added to a sum: a value, and the number of the constant that it is multiplied by. */
interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/** A program of which nothing is written yet. */
export function createProgramWriter() {
  const instructions: Instruction[] = [];
  const columns = createNumbering<ProgramColumn>();
  const constants = createNumbering<ProgramConstant>();
  const places = new Map<number, number>();
  let valueCount = 0;

  /** Adds an instruction; its outputs. */
  function emit(operation: number, inputs: readonly number[], rest: readonly number[] = [], outputCount = 1): number[] {
    const outputs = Array.from({ length: outputCount }, () => valueCount++);
    instructions.push({ operation, outputs, inputs, rest });
    return outputs;
  }

  return {
    instructions,
    columns: columns.items,
    constants: constants.items,
    /** Where values stand that need no register. */
    places,
    columnNumber: columns.numberOf,
    constantNumber: constants.numberOf,
    emit,
    /** A value that stands in a column, or will. */
    inColumn(column: ProgramColumn, value = valueCount++): number {
      places.set(value, columns.numberOf(column));
      return value;
    },
    /** A constant in a register. */
    fill: (constant: ProgramConstant): number => emit(operations.fill, [], [constants.numberOf(constant)])[0],
    /** A constant and products, at least one, added up four at a time. */
    addProducts(constant: ProgramConstant, products: readonly WeightedValue[]): number {
      let total = valueCount++;
      places.set(total, constantPlace + constants.numberOf(constant));
      for (let start = 0; start < products.length; start += 4) {
        const group = products.slice(start, start + 4);
        const weights = group.map(({ weight }) => weight);
        [total] = emit(addProductsOperations[group.length - 1], [total, ...group.map(({ value }) => value)], weights);
      }
      return total;
    },
  };
}

/** Items, each once, by their positions. */
function createNumbering<Item>() {
  const items: Item[] = [];
  const numbers = new Map<string, number>();
  return {
    items,
    /** The position of an item, which is put at the end unless it is there. */
    numberOf(item: Item): number {
      const key = JSON.stringify(item);
      if (!numbers.has(key)) numbers.set(key, items.push(item) - 1);
      return numbers.get(key)!;
    },
  };
}
