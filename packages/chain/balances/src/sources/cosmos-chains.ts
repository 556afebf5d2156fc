/**
 * Chains of the Cosmos SDK: how each names itself in its blocks, and its own asset in its accounts.
 *
 * A node answers 0 of a denomination that is not there, so a wrong one here would read as an empty wallet. All were compared
 * with the chains' shared registry (chain id, token of staking and fees, decimals) in November 2026.
 */

export interface CosmosChain {
  readonly chainId: string;
  readonly denom: string;
}

/** By the id of the network; the others of the family have no line here because nobody has tried their nodes. */
export const cosmosChains: Readonly<Record<string, CosmosChain>> = Object.fromEntries(
  [
    'cosmos-hub cosmoshub-4 uatom',
    'osmosis osmosis-1 uosmo',
    'celestia celestia utia',
    'dydx dydx-mainnet-1 adydx',
    'terra phoenix-1 uluna',
    'terra-classic columbus-5 uluna',
    'kava kava_2222-10 ukava',
    'sei pacific-1 usei',
    'axelar axelar-dojo-1 uaxl',
    'akash akashnet-2 uakt',
    'secret secret-4 uscrt',
    'juno juno-1 ujuno',
    'stride stride-1 ustrd',
    'neutron neutron-1 untrn',
    'kujira kaiyo-1 ukuji',
    'persistence core-1 uxprt',
    'band laozi-mainnet uband',
    'iris irishub-1 uiris',
    'fetch fetchhub-4 afet',
    'cronos-pos crypto-org-chain-mainnet-1 basecro',
    'regen regen-1 uregen',
    'agoric agoric-3 ubld',
    'coreum coreum-mainnet-1 ucore',
    'archway archway-1 aarch',
    'saga ssc-1 usaga',
    'babylon bbn-1 ubbn',
    'chihuahua chihuahua-1 uhuahua',
    'sentinel sentinelhub-2 udvpn',
    'comdex comdex-1 ucmdx',
    'oraichain Oraichain orai',
    'quicksilver quicksilver-2 uqck',
    'nolus pirin-1 unls',
    'kyve kyve-1 ukyve',
    'cheqd cheqd-mainnet-1 ncheq',
  ].map((line) => {
    const [id, chainId, denom] = line.split(' ');
    return [id, { chainId, denom }];
  }),
);
