/** A digest of 32 bytes that may have been signed, computed when it is needed. */
export interface SignedDigest {
  /** The name of the form, as `support` of the family names it. */
  readonly scheme: string;
  digest(): Uint8Array;
}
