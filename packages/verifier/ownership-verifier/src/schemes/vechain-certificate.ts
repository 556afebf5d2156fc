/** Certificates that VeChain's wallets sign, with the fields that the wallet wrote around the text (spec §15.12). */
import { blake2b } from '@noble/hashes/blake2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const fields =
  /^vechain\|purpose=(identification|agreement)\|domain=([^|]{1,256})\|timestamp=(0|[1-9][0-9]{0,11})\|(.*)$/;
const printable = /^[ -~]*$/;
/** Fields of a few hundred letters and a signature of 132. */
const lettersMax = 600;

/** A certificate's signature, and what it is over. */
export interface VechainCertificate {
  readonly scheme: 'VeChain certificate';
  /** R ‖ S ‖ V in hexadecimal, as the text has it. */
  readonly signature: string;
  digest(): Uint8Array;
}

/** The certificate of a text `vechain|purpose=…|domain=…|timestamp=…|signature`; undefined for other texts. */
export function decodeVechainCertificate(
  text: string,
  message: string,
  signer: string,
): VechainCertificate | undefined {
  const [, purpose, domain, timestamp, signature] = fields.exec(text.length > lettersMax ? '' : text) ?? [];
  if (signature === undefined || !printable.test(domain)) return undefined;
  return {
    scheme: 'VeChain certificate',
    signature,
    digest: () => blake2b(certificateBytes(purpose, domain, timestamp), { dkLen: 32 }),
  };

  // Members in the order of their names, without spaces.
  function certificateBytes(purpose: string, domain: string, timestamp: string): Uint8Array {
    const payload = `{"content":${JSON.stringify(message)},"type":"text"}`;
    const head = `{"domain":${JSON.stringify(domain)},"payload":${payload},"purpose":"${purpose}"`;
    return utf8ToBytes(`${head},"signer":"${signer}","timestamp":${timestamp}}`);
  }
}
