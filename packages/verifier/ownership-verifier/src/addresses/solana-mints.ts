/** Mints whose associated token accounts stand in wallet lists (spec §13.9). */

const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const token2022Program = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';

/** The programs that own mints. */
export const tokenPrograms: readonly string[] = [tokenProgram, token2022Program];
/** The mint whose tokens are lamports of the token account itself. */
export const wrappedSolMint = 'So11111111111111111111111111111111111111112';

export interface SolanaMint {
  readonly symbol: string;
  readonly mint: string;
  /** The token program that owns the mint. */
  readonly program: string;
}

export const solanaMints: readonly SolanaMint[] = [
  { symbol: 'USDT', mint: 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB', program: tokenProgram },
  { symbol: 'USDC', mint: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', program: tokenProgram },
  { symbol: 'PYUSD', mint: '2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo', program: token2022Program },
  { symbol: 'wrapped SOL', mint: wrappedSolMint, program: tokenProgram },
];
