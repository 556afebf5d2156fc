/** Whose request it is: the bearer token of the exchange's identity provider, and nothing else, says so. */
import { readFile } from 'node:fs/promises';
import { isAccountId } from '@solvent/stark/account-tag';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { ConfigError, type IdentityConfig } from '../config.js';
import { Problem } from '../http/problem.js';

/** Most characters of a token. */
const maxTokenSize = 8192;

/** Reads tokens. */
export interface TokenReader {
  /**
   * The account id that an `Authorization` header vouches for.
   *
   * @throws Problem 401 for any other header, 503 while the provider's keys cannot be had
   */
  accountOf(authorization: string | undefined): Promise<string>;
}

/** What is told of tokens. */
interface TokenEvents {
  /** One was refused. */
  readonly onRefused: () => void;
  /** The provider's keys cannot be had. */
  readonly onUnreachable: (error: unknown) => void;
}

/** Makes the reader for one provider. Throws a ConfigError when its file of keys cannot be read. */
export async function createTokenReader(identity: IdentityConfig, events: TokenEvents): Promise<TokenReader> {
  const keys = await keySet(identity);
  // All of it comes from the configuration: a token's header only chooses among the provider's keys.
  const expected = {
    issuer: identity.issuer,
    audience: identity.audience,
    algorithms: identity.algorithms,
    clockTolerance: identity.clockToleranceSeconds,
    requiredClaims: ['exp', identity.accountClaim],
    ...(identity.tokenType !== undefined && { typ: identity.tokenType }),
  };
  return {
    async accountOf(authorization) {
      if (authorization === undefined) throw unauthorized('Bearer', 'A token is needed.');
      try {
        const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
        if (token === undefined || token.length > maxTokenSize) throw refused();
        const { payload } = await jwtVerify(token, keys, expected).catch((error: unknown) => {
          if (isTokenFault(error)) throw refused();
          events.onUnreachable(error);
          throw new Problem(503, 'identity-unreachable', 'Logins cannot be checked now.', { 'Retry-After': '30' });
        });
        return accountIn(payload, identity.accountClaim);
      } catch (error) {
        if (error instanceof Problem && error.status === 401) events.onRefused();
        throw error;
      }
    },
  };
}

async function keySet({ keySetUrl, keySetFile }: IdentityConfig): Promise<JWTVerifyGetKey> {
  if (keySetUrl !== undefined)
    return createRemoteJWKSet(new URL(keySetUrl), { timeoutDuration: 5000, cooldownDuration: 30_000 });
  try {
    return createLocalJWKSet(JSON.parse(await readFile(keySetFile!, 'utf8')));
  } catch {
    throw new ConfigError(`${keySetFile}: expected a readable file with a JWKS`);
  }
}

// One answer for every fault of a token: which one it is would only help whoever forges it.
const refused = () => unauthorized('Bearer error="invalid_token"', 'The token is not one that this accepts.');

function unauthorized(challenge: string, title: string): Problem {
  return new Problem(401, 'unauthorized', title, { 'WWW-Authenticate': challenge });
}

const tokenFaults = [
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

function isTokenFault(error: unknown): boolean {
  return tokenFaults.some((fault) => error instanceof fault);
}

function accountIn(payload: Readonly<Record<string, unknown>>, claim: string): string {
  const account = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  if (typeof account !== 'string' || !isAccountId(account)) throw refused();
  return account;
}
