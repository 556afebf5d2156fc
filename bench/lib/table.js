// Prints rows of figures as a table, and writes results as JSON with the commit and the machine that they are of.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';

/**
 * Prints objects with the same keys, one a line, under their keys.
 * @param {string} title
 * @param {readonly Record<string, unknown>[]} rows
 */
export function printTable(title, rows) {
  console.log(`\n${title}`);
  if (rows.length === 0) return;
  const keys = Object.keys(rows[0]);
  const widths = keys.map((key) => Math.max(key.length, ...rows.map((row) => String(row[key]).length)));
  const line = (/** @type {readonly unknown[]} */ cells) =>
    cells.map((cell, i) => String(cell).padStart(widths[i])).join('  ');
  console.log(line(keys));
  for (const row of rows) console.log(line(keys.map((key) => row[key])));
}

/**
 * The middle one of an odd number of figures, or the lower of the two middle ones.
 * @param {readonly number[]} figures
 */
export function median(figures) {
  return [...figures].sort((a, b) => a - b)[Math.floor((figures.length - 1) / 2)];
}

/**
 * A figure with a number of decimals, as a number.
 * @param {number} value
 */
export function round(value, decimals = 1) {
  return Number(value.toFixed(decimals));
}

/**
 * Writes results, with what one must know to compare them.
 * @param {string} path
 * @param {Record<string, unknown>} results
 */
export function writeResults(path, results) {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = { node: process.version, processors: cpus().length, model: cpus()[0].model, memoryBytes: totalmem() };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ commit, machine, ...results }, null, 2)}\n`);
  console.log(`\nwritten to ${path}`);
}
