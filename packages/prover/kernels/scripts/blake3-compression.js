// BLAKE3's seven rounds as AssemblyScript, written out: a loop over them would look up where each word of the message
// stands, which costs more than a tenth of the hashing.

/** The state's words that each quarter of a round mixes: the columns, then the diagonals. */
const quarters = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];
/** Which word of the message takes the place of word i in the next round. */
const permutation = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];

/** The quarter of a round that mixes state words a, b, c, d with message words m and n. */
function quarter([a, b, c, d], m, n) {
  const half = (word, first, second) => `
  v${a} = i32x4.add(i32x4.add(v${a}, v${b}), v128.load(words, ${16 * word}));
  v${d} = ${first}(v128.xor(v${d}, v${a}));
  v${c} = i32x4.add(v${c}, v${d});
  v${b} = ${second}(v128.xor(v${b}, v${c}));`;
  return half(m, 'rotate16', 'rotate12') + half(n, 'rotate8', 'rotate7');
}

/** The rounds on the vectors v0 … v15 and the message at `words`. */
export function blake3Rounds() {
  let message = [...quarters.keys(), ...quarters.keys()].map((_, i) => i);
  let source = '';
  for (let round = 0; round < 7; round++) {
    source += quarters.map((state, k) => quarter(state, message[2 * k], message[2 * k + 1])).join('');
    message = permutation.map((i) => message[i]);
  }
  return source;
}
