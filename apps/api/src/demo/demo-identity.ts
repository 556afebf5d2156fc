/** An identity provider for the demonstration: a key that lives as long as the process. */
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';

/** It. */
export interface DemoIdentity {
  readonly issuer: string;
  readonly audience: string;
  readonly keySet: JSONWebKeySet;
  /** A token of a day. */
  tokenFor(account: string): Promise<string>;
}

/** Draws a key and makes a provider of it. */
export async function createDemoIdentity(): Promise<DemoIdentity> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA');
  const key = { ...(await exportJWK(publicKey)), alg: 'EdDSA', use: 'sig', kid: 'demo' };
  const issuer = 'https://login.example.invalid';
  const audience = 'solvent-demo';
  return {
    issuer,
    audience,
    keySet: { keys: [key] },
    tokenFor: (account) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'EdDSA', kid: 'demo' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(account)
        .setIssuedAt()
        .setExpirationTime('1 day')
        .sign(privateKey),
  };
}
