import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { findNetwork } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import * as ssz from 'micro-eth-signer/ssz.js';
import { keccak256, stringToBytes } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { beforeAll, describe, expect, test } from 'vitest';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { type ValidatorEvidence, validatorFamily } from '../src/families/validator.js';
import { decodeBlsPublicKey, decodeBlsSignature, verifyBls } from '../src/schemes/bls.js';
import { publishedDigest } from '../src/schemes/eip191.js';

const found = findNetwork('BETH');
if (found?.family !== 'validator') throw new Error('BETH: expected the network of validators');
const beacon = found;

const message = 'Exchange, report 7';
const account = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const other = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const { longSignatures } = bls12_381;
const suite = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';
const secrets = [1, 2].map((byte) => new Uint8Array(32).fill(byte));
const [key, withdrawalKey] = secrets.map((secret) => longSignatures.getPublicKey(secret).toBytes());
const address = `0x${bytesToHex(key)}`;

function signBls(secret: Uint8Array, text = message): string {
  const point = longSignatures.hash(publishedDigest(text), suite);
  return `0x${longSignatures.Signature.toHex(longSignatures.sign(point, secret))}`;
}

function check(changes: Partial<OwnershipClaim>) {
  const claim = { address, message, signatures: [], script: '', owners: [], ...changes };
  const decoded = validatorFamily.decodeAddress(claim.address, beacon);
  return isVerdict(decoded) ? decoded : validatorFamily.verify(claim, decoded, beacon);
}

function code(changes: Partial<OwnershipClaim>): string {
  const { verdict, step, code } = check(changes);
  return `${verdict} ${step} ${code}`;
}

const proven = 'verified W7 address-proven';
const unshown = 'unproven W7 withdrawal-unproven';

describe('BLS, vectors of ethereum/bls12-381-tests', () => {
  const keyText = 'b53d21a4cfd562c469cc81514d4ce5a6b577d8403d32a394dc265dd190b47fa9f829fdd7963afdf972e5e77854051f6f';
  const otherKeyText =
    'a491d1b0ecd9bb917989f0e74f0dea0422eac4a873e5e2644f368dffb9a6e20fd6e10c1b77654d067c0618f6e5a7f79a';
  const signatureText =
    'ae82747ddeefe4fd64cf9cedb9b04ae3e8a43420cd255e3c7cd06a8d88b7c7f8638543719981c5d16fa3527c468c25f0' +
    '026704a6951bde891360c7e8d12ddee0559004ccdbe6046b55bae1b257ee97f7cdb955773d7cf29adf3ccbb9975e4eb9';

  test('verify_valid_case_195246ee3bd3b6ec, and with another key or message', () => {
    const [valid, wrong] = [keyText, otherKeyText].map((text) => decodeBlsPublicKey(hexToBytes(text)));
    const signature = decodeBlsSignature(hexToBytes(signatureText));
    if (valid === undefined || wrong === undefined || signature === undefined) throw new Error('expected points');
    expect(verifyBls(signature, new Uint8Array(32).fill(0xab), valid)).toBe(true);
    expect(verifyBls(signature, new Uint8Array(32).fill(0xab), wrong)).toBe(false);
    expect(verifyBls(signature, new Uint8Array(32).fill(0x56), valid)).toBe(false);
  });

  const digits = '0123456789abcdef'.repeat(6);
  const modulus = '1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab';
  const zeros = '0'.repeat(96);
  test.each([
    ['not in G1', `8${digits.slice(1)}`],
    ['not on the curve', `8${digits.slice(1, -1)}0`],
    ['x equal to the modulus', `9${modulus.slice(1)}`],
    ['x greater than the modulus', `9${modulus.slice(1, -1)}c`],
    ['too few bytes', `9${modulus.slice(1, -2)}`],
    ['too many bytes', `9${modulus.slice(1)}00`],
    ['the identity', `c${zeros.slice(1)}`],
    ['the identity without its flag', `8${zeros.slice(1)}`],
    ['no flag of compression', digits],
    ['flag of the identity and x', `c${digits.slice(1)}`],
    ['flags of the identity and of the sign', `e${zeros.slice(1)}`],
  ])('no key: %s', (_, text) => {
    expect(decodeBlsPublicKey(hexToBytes(text))).toBeUndefined();
    expect(code({ address: `0x${text}`, signatures: [signBls(secrets[0])] })).toBe('failed W3 address');
  });

  test.each([
    ['not in G2', `8${digits.slice(1)}${digits}`],
    ['not on the curve', `8${digits.slice(1)}${digits.slice(0, -1)}0`],
    ['real part of x equal to the modulus', `8${zeros.slice(1)}${modulus}`],
    ['imaginary part of x equal to the modulus', `9${modulus.slice(1)}${zeros}`],
    ['real part of x greater than the modulus', `8${zeros.slice(1)}${modulus.slice(0, -1)}c`],
    ['imaginary part of x greater than the modulus', `9${modulus.slice(1, -1)}c${zeros}`],
    ['the identity', `c${zeros.slice(1)}${zeros}`],
    ['the identity without its flag', `8${zeros.slice(1)}${zeros}`],
    ['no flag of compression', digits + digits],
    ['flag of the identity and x', `c${digits.slice(1)}${digits}`],
    ['flags of the identity and of the sign', `e${zeros.slice(1)}${zeros}`],
  ])('no signature: %s', (_, text) => {
    expect(decodeBlsSignature(hexToBytes(text))).toBeUndefined();
    expect(code({ signatures: [`0x${text}`] })).toBe('failed W5 signature-format');
  });
});

describe('rows of validators without evidence', () => {
  test('a signature in the tests of the tool that checks published lists', () => {
    const row = {
      address: '0x82f5af1eb567301d0f71fe56e4bf8aa6e4ffa00c9ac92a8f67aae056b7f19e18be645f6d46c7862de8f1342fc4786853',
      message: 'hello world',
      signatures: [
        '0x98d6aa7da816638b8c27a1b6ff9a46529948960743300814f0413499b04886cdc65f63b273461ebaf42be17f08ca01fa13c964bf5a2d988c5c7fe745b472a90dcc86b522543c70020b5ce525b5ffaf6e4e4a7ce80b40049a509b12c32045541a',
      ],
    };
    // The key is shown to have signed; who can withdraw is not.
    expect(code(row)).toBe(unshown);
    expect(code({ ...row, message: 'hello' })).toBe('failed W6 signature');
    expect(code({ ...row, address })).toBe('failed W6 signature');
  });

  test('a signature of the usual form of EIP-191 is none', async () => {
    const bls = longSignatures.hash(stringToBytes(message), suite);
    const text = longSignatures.Signature.toHex(longSignatures.sign(bls, secrets[0]));
    expect(code({ signatures: [text] })).toBe('failed W6 signature');
  });

  test('somebody’s signature leaves it unproven, and a wrong one fails', async () => {
    const signature = await account.signMessage({ message });
    expect(code({ signatures: [signature] })).toBe(unshown);
    expect(code({ signatures: [signature], owners: [account.address] })).toBe(unshown);
    expect(code({ signatures: [signature], owners: [other.address] })).toBe('failed W7 address-mismatch');
    const both = [signature, await other.signMessage({ message })];
    expect(code({ signatures: both, owners: [account.address, other.address] })).toBe(unshown);
    expect(code({ signatures: both.toReversed(), owners: [account.address, other.address] })).toMatch(/^failed W7/);
    expect(code({ signatures: [signature], owners: ['nobody'] })).toBe('failed W5 owner-format');
    expect(code({ signatures: [signature.slice(0, -4)] })).toBe('failed W5 signature-format');
    expect(code({ owners: [account.address] })).toBe('failed W5 signature-missing');
    expect(code({})).toBe('failed W5 signature-missing');
  });

  test('one BLS signature at most, by a key in its format', () => {
    const signature = signBls(secrets[0]);
    expect(code({ signatures: [signature] })).toBe(unshown);
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
    expect(code({ signatures: [signature], script: 'key' })).toBe('failed W5 key-format');
    expect(code({ signatures: [signature], script: `0x${bytesToHex(withdrawalKey)}` })).toBe('failed W6 signature');
  });
});

const hex = (bytes: Uint8Array) => `0x${bytesToHex(bytes)}`;
const pair = (left: Uint8Array, right: Uint8Array) => sha256(concatBytes(left, right));

/** Siblings of a leaf in a tree of the given depth, empty leaves being zero, and the root. */
function branchOf(leaves: readonly Uint8Array[], index: number, depth: number) {
  const siblings: Uint8Array[] = [];
  let level = [...leaves];
  let empty: Uint8Array = new Uint8Array(32);
  let place = index;
  for (let height = 0; height < depth; height++) {
    siblings.push(level[place ^ 1] ?? empty);
    const below = level;
    const filler = empty;
    level = Array.from({ length: Math.ceil(below.length / 2) }, (_, i) =>
      pair(below[2 * i], below[2 * i + 1] ?? filler),
    );
    empty = pair(empty, empty);
    place >>= 1;
  }
  return { siblings, root: level[0] };
}

const farFuture = 2n ** 64n - 1n;

function validatorOf(pubkey: Uint8Array, withdrawal_credentials: Uint8Array) {
  return {
    pubkey,
    withdrawal_credentials,
    effective_balance: 32_000_000_000n,
    slashed: false,
    activation_eligibility_epoch: 11,
    activation_epoch: 12,
    exit_epoch: farFuture,
    withdrawable_epoch: farFuture,
  };
}

// The state before Electra as the library has it; since then nine more fields, whose contents do not matter here.
const beforeElectra = ssz.DenebBeaconState;
const more = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`field_${28 + index}`, ssz.uint64]));
const fieldsBefore = beforeElectra.info.fields;
const fieldRoots = new Map<string, Uint8Array>();

/** Blocks whose states have these validators; roots are by the library, branches by the functions above. */
function evidenceOf(slot: number, index: number, validators: readonly ReturnType<typeof validatorOf>[]) {
  const { Validator, BeaconBlockHeader } = ssz.ETH2_TYPES;
  const isElectra = slot >= ssz.ForkSlots.Electra;
  const names = [...Object.keys(fieldsBefore), ...(isElectra ? Object.keys(more) : [])];
  const list = fieldsBefore.validators.merkleRoot([...validators] as never);
  const roots = names.map((name) => (name === 'validators' ? list : (fieldRoots.get(name) as Uint8Array)));
  const state = branchOf(roots, names.indexOf('validators'), isElectra ? 6 : 5);
  const records = branchOf(
    validators.map((validator) => Validator.merkleRoot(validator as never)),
    index,
    40,
  );
  const length = new Uint8Array(32);
  length[0] = validators.length;
  expect(pair(records.root, length)).toEqual(Uint8Array.from(list));
  const header = {
    slot,
    proposer_index: 5,
    parent_root: new Uint8Array(32).fill(7),
    state_root: state.root,
    body_root: new Uint8Array(32).fill(9),
  };
  const evidence: ValidatorEvidence = {
    form: 'validator',
    header: {
      slot: String(slot),
      proposerIndex: '5',
      parentRoot: hex(header.parent_root),
      stateRoot: hex(header.state_root),
      bodyRoot: hex(header.body_root),
    },
    validatorIndex: String(index),
    withdrawalCredentials: hex(validators[index].withdrawal_credentials),
    effectiveBalance: '32000000000',
    slashed: false,
    activationEligibilityEpoch: '11',
    activationEpoch: '12',
    exitEpoch: String(farFuture),
    withdrawableEpoch: String(farFuture),
    branch: [...records.siblings, length, ...state.siblings].map(hex),
  };
  const root = hex(BeaconBlockHeader.merkleRoot(header as never));
  return { evidence, trustedBlocks: [{ network: 'ethereum-validators', hash: root }], stateRoot: state.root };
}

describe('rows of validators with evidence', () => {
  const credentials = (type: number, owner: string) =>
    concatBytes(Uint8Array.of(type), new Uint8Array(11), hexToBytes(owner.slice(2)));
  const others = Array.from({ length: 5 }, (_, index) =>
    validatorOf(new Uint8Array(48).fill(index + 1), credentials(1, other.address)),
  );
  const mine = validatorOf(key, credentials(1, account.address));
  const electra = ssz.ForkSlots.Electra;
  let proof: ReturnType<typeof evidenceOf>;
  let signature: string;

  beforeAll(async () => {
    const state = beforeElectra.default as unknown as Record<string, unknown>;
    for (const [name, field] of Object.entries(fieldsBefore)) {
      const type = field as { merkleRoot(value: unknown): Uint8Array };
      fieldRoots.set(name, type.merkleRoot(state[name]));
    }
    for (const [name, field] of Object.entries(more)) fieldRoots.set(name, field.merkleRoot(3));
    proof = evidenceOf(electra + 100, 3, [...others.slice(0, 3), mine, others[4]]);
    signature = await account.signMessage({ message });
  }, 30_000);

  test('the state roots of the branches are those of the library', () => {
    const validators = [...others.slice(0, 3), mine];
    const state = { ...(beforeElectra.default as object), validators };
    const before = evidenceOf(electra - 1, 3, validators);
    expect(Uint8Array.from(beforeElectra.merkleRoot(state as never))).toEqual(before.stateRoot);
    const later = ssz.container({ ...fieldsBefore, ...more } as never);
    const values = Object.fromEntries(Object.keys(more).map((name) => [name, 3]));
    const after = evidenceOf(electra, 3, validators);
    expect(Uint8Array.from(later.merkleRoot({ ...state, ...values } as never))).toEqual(after.stateRoot);
  });

  test('the account in the withdrawal credentials signed', async () => {
    const verdict = check({ ...proof, signatures: [signature] });
    expect(verdict).toMatchObject({ verdict: 'verified' });
    expect(verdict.detail).toBe('EIP-191, account; withdrawals of the validator go there');
    expect(code({ ...proof, signatures: [signature], owners: [account.address] })).toBe(proven);
    expect(code({ ...proof, signatures: [signBls(secrets[0]), signature] })).toBe(proven);
    const published = await account.signMessage({ message: { raw: keccak256(stringToBytes(message)) } });
    expect(code({ ...proof, signatures: [published] })).toBe(proven);
    const compounding = validatorOf(key, credentials(2, account.address));
    expect(code({ ...evidenceOf(electra + 7, 0, [compounding]), signatures: [signature] })).toBe(proven);
    expect(code({ ...evidenceOf(electra - 1, 1, [others[0], mine]), signatures: [signature] })).toBe(proven);
  });

  test('another account, message or validator', async () => {
    const foreign = await other.signMessage({ message });
    expect(code({ ...proof, signatures: [foreign] })).toBe('failed W7 address-mismatch');
    expect(code({ ...proof, signatures: [foreign], owners: [other.address] })).toBe('unproven W7 owner-unproven');
    expect(code({ ...proof, signatures: [signature], message: 'another' })).toBe('failed W7 address-mismatch');
    expect(code({ ...proof, signatures: [signBls(secrets[1]), signature] })).toBe('failed W6 signature');
    expect(code({ ...proof, signatures: [signBls(secrets[0])] })).toBe(unshown);
    expect(code(proof)).toBe(unshown);
    expect(code({ ...proof, address: hex(withdrawalKey), signatures: [signature] })).toBe('failed W6 evidence-proof');
  });

  test('only in a trusted block, and only as the record is', () => {
    const claim = { ...proof, signatures: [signature] };
    expect(code({ ...claim, trustedBlocks: [] })).toBe('unproven W6 block-untrusted');
    const { hash } = proof.trustedBlocks[0];
    expect(code({ ...claim, trustedBlocks: [{ network: 'ethereum', hash }] })).toBe('unproven W6 block-untrusted');
    const header = { ...proof.evidence.header, slot: '11649024' };
    expect(code({ ...claim, evidence: { ...proof.evidence, header } })).toBe('unproven W6 block-untrusted');
    const bytes32 = `0x${'11'.repeat(32)}`;
    const changes: Partial<ValidatorEvidence>[] = [
      { validatorIndex: '2' },
      { validatorIndex: String(3n + 2n ** 40n) },
      { validatorIndex: String(3n + 2n ** 41n) },
      { withdrawalCredentials: hex(credentials(1, other.address)) },
      { effectiveBalance: '31000000000' },
      { slashed: true },
      { activationEligibilityEpoch: '12' },
      { activationEpoch: '11' },
      { exitEpoch: '5' },
      { withdrawableEpoch: '5' },
      { branch: proof.evidence.branch.slice(1) },
      { branch: proof.evidence.branch.slice(0, -1) },
      { branch: [...proof.evidence.branch, bytes32] },
      ...proof.evidence.branch.map((_, place) => ({ branch: proof.evidence.branch.with(place, bytes32) })),
    ];
    for (const change of changes) {
      expect(code({ ...claim, evidence: { ...proof.evidence, ...change } })).toBe('failed W6 evidence-proof');
    }
  });

  test('credentials that are the hash of a key, which signs', () => {
    const hashed = sha256(withdrawalKey);
    hashed[0] = 0;
    const old = evidenceOf(electra, 1, [others[0], validatorOf(key, hashed)]);
    const script = hex(withdrawalKey);
    expect(code({ ...old, script, signatures: [signBls(secrets[1])] })).toBe(proven);
    expect(code({ ...old, signatures: [signBls(secrets[0])] })).toBe(unshown);
    expect(code({ ...old, script, signatures: [signature] })).toBe(unshown);
    expect(code({ ...old, script })).toBe(unshown);
    expect(code({ ...old, script, signatures: [signBls(secrets[0])] })).toBe('failed W6 signature');
    const own = { script: address, signatures: [signBls(secrets[0])] };
    expect(code({ ...old, ...own })).toBe('failed W7 owner-mismatch');
  });

  test('credentials of other kinds have no rule', () => {
    const odd = credentials(1, account.address);
    odd[5] = 1;
    for (const bytes of [odd, credentials(3, account.address)]) {
      const evidence = evidenceOf(electra, 0, [validatorOf(key, bytes)]);
      expect(code({ ...evidence, signatures: [signature] })).toBe(unshown);
    }
  });

  test('evidence for a contract in the credentials is that of contracts', () => {
    const evidence = { ...proof.evidence, withdrawal: { form: 'safe' } };
    expect(code({ ...proof, evidence })).toBe('failed W5 evidence-format');
    expect(code({ ...proof, evidence, signatures: [signature] })).toBe(proven);
  });

  test.each([
    ['nothing', null],
    ['another form', { form: 'safe' }],
    ['a number in place of text', { validatorIndex: 3 }],
    ['a leading zero', { validatorIndex: '03' }],
    ['2^64', { exitEpoch: String(2n ** 64n) }],
    ['one member more', { balance: '32' }],
  ])('%s is not in the format', (_, change) => {
    const evidence = change === null ? null : { ...proof.evidence, ...change };
    expect(code({ ...proof, evidence, signatures: [signature] })).toBe('failed W5 evidence-format');
  });
});

test('a verdict for any texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(address, signBls(secrets[0]), account.address, ''),
  );
  const claims = fc.record({
    address: fc.oneof(text, fc.constant(address)),
    message: text,
    signatures: fc.array(text, { maxLength: 2 }),
    script: text,
    owners: fc.array(text, { maxLength: 2 }),
    evidence: fc.option(fc.jsonValue(), { nil: undefined }),
  });
  fc.assert(
    fc.property(claims, (claim) => {
      expect(['failed', 'unproven', 'unsupported']).toContain(check(claim).verdict);
    }),
    { numRuns: 60 },
  );
});
