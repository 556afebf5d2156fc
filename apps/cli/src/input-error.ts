/** Ends of a command that are no verdict. */

/** Bad usage, or input that cannot be read: exit code 2. The message is one line that names what was expected. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** What was made does not pass its own checks, so nothing is published: exit code 1. */
export class SelfCheckError extends Error {
  override readonly name = 'SelfCheckError';
}

/** What a failed system call says, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error ? ((error as NodeJS.ErrnoException).code ?? 'EIO') : undefined;
}
