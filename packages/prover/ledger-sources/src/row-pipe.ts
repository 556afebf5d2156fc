/**
 * A pipe with a name, through which the rows of a native library come as bytes: no object is made for a value, nothing of
 * the rows is on a disk, and the writer waits for the reader.
 */
import { execFile } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LedgerError } from '@solvent/ledger/ledger-error';

/** A pipe in a folder that only this user can enter. */
export interface RowPipe {
  readonly folder: string;
  /** What the writer opens. */
  readonly path: string;
  /** What it writes. Destroyed, it ends the writer with an error. */
  readonly reader: Socket;
  /** Says that the writer has ended, or never began. */
  endWriting(): void;
}

/** Runs some work with a pipe, and removes it. The file is what the rows are of, for errors. */
export async function withRowPipe<Value>(file: string, work: (pipe: RowPipe) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'solvent-rows-'));
  try {
    const path = join(folder, 'rows');
    await makePipe(file, path);
    // Opened without waiting for a writer; with one of our own it does not end before the real one has begun.
    const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writeEnd = openSync(path, constants.O_WRONLY);
    const reader = new Socket({ fd: readEnd, readable: true, writable: false });
    let isWriting = true;
    const endWriting = () => {
      if (isWriting) closeSync(writeEnd);
      isWriting = false;
    };
    try {
      return await work({ folder, path, reader, endWriting });
    } finally {
      endWriting();
      reader.destroy();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makePipe(file: string, path: string): Promise<void> {
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', path]);
  } catch (error) {
    const expected = 'the program mkfifo, which Linux and macOS have, to read Parquet';
    const code = (error as NodeJS.ErrnoException).code;
    throw new LedgerError({ file, expected, found: code === 'ENOENT' ? 'none' : 'one that fails' });
  }
}
