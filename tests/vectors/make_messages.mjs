// SPDX-License-Identifier: Apache-2.0
// Writes tests/vectors/messages.json with viem, an implementation of EIP-712 that shares no code with ours:
//   npm install viem && node make_messages.mjs > messages.json
import { encodeAbiParameters, hashDomain, hashStruct, hashTypedData, keccak256 } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const key = keccak256('0x67656d73')
const account = privateKeyToAccount(key)
const domains = {
  GemChannels: { name: 'GemChannels', version: '1', chainId: 31337, verifyingContract: '0x00000000000000000000000000000000000c4a11' },
  GemCampaigns: { name: 'GemCampaigns', version: '1', chainId: 31337, verifyingContract: '0x000000000000000000000000000000000000ca3f' },
  Gem: { name: 'Gem', version: '1', chainId: 31337, verifyingContract: '0x0000000000000000000000000000000000000633' },
}
const h = (n) => keccak256(`0x${n.toString(16).padStart(2, '0')}`)
const a = (n) => `0x${n.toString(16).padStart(40, '0')}`
const MAX128 = (1n << 128n) - 1n, MAX96 = (1n << 96n) - 1n, MAX64 = (1n << 64n) - 1n

const cases = [
  ['GemChannels', 'Voucher(bytes32 channelId,uint128 paid,uint96 bonded,uint64 seq)', [h(1), MAX128, MAX96, MAX64]],
  ['GemChannels', 'Voucher(bytes32 channelId,uint128 paid,uint96 bonded,uint64 seq)', [h(1), 0n, 0n, 1n]],
  ['GemChannels', 'Debit(bytes32 channelId,uint96 debited,bytes32 assignmentHash)', [h(1), 500000000000000000n, h(2)]],
  ['GemChannels', 'ClaimAuth(bytes32 channelId,uint128 claimedBefore,address to,address relayer,uint128 fee,uint64 deadline)', [h(1), 7n, a(3), a(4), 10n ** 16n, 1800000000n]],
  ['GemChannels', 'CloseAuth(bytes32 channelId,address relayer,uint128 fee,uint64 deadline)', [h(1), a(4), MAX128, 1800000000n]],
  ['GemCampaigns', 'Offer(bytes32 campaignId,bytes32 manifestHash)', [h(5), h(6)]],
  ['GemCampaigns', 'Spend(bytes32 campaignId,uint128 spent,uint64 seq)', [h(5), 123456789n, 3n]],
  ['GemCampaigns', 'Assignment(bytes32 campaignId,uint32 index,uint8 attempt,address miner,uint128 reward,uint128 stake,uint32 auditPpm,bytes32 auditCommit,bytes32 inputHash,uint64 dueAt)', [h(5), 4294967295, 255, a(7), 10n ** 18n, 5n * 10n ** 17n, 1000000, h(8), h(9), 1800000000n]],
  ['GemCampaigns', 'ReviewAssignment(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,address verifier,uint128 reward,uint128 stake,bytes32 resultHash,bytes32 inputHash,uint64 dueAt)', [h(5), 4, 1, 2, a(10), 10n ** 17n, 2n * 10n ** 17n, h(11), h(9), 1800000000n]],
  ['GemCampaigns', 'Submission(bytes32 assignmentHash,bytes32 resultHash,bytes32 salt)', [h(12), h(11), h(13)]],
  ['GemCampaigns', 'BatchSubmission(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)', [h(14), 10, h(15), 1700000000n]],
  ['GemCampaigns', 'BatchReceipt(bytes32 root,uint32 count,uint64 receivedAt)', [h(14), 10, 1700000001n]],
  ['GemCampaigns', 'Panel(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,address[] verifiers)', [h(5), 4, 0, 1, [a(1), a(2), a(3)]]],
  ['GemCampaigns', 'Panel(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,address[] verifiers)', [h(5), 4, 0, 0, []]],
  ['GemCampaigns', 'Vote(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,bytes32 resultHash,bool accept)', [h(5), 4, 0, 1, h(11), true]],
  ['GemCampaigns', 'Vote(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,bytes32 resultHash,bool accept)', [h(5), 4, 0, 1, h(11), false]],
  ['GemCampaigns', 'BatchVote(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)', [h(16), 2, h(17), 1700000002n]],
  ['GemCampaigns', 'Answer(bytes32 requestHash,bytes32 bodyHash,uint64 issuedAt)', [h(18), h(19), 1700000003n]],
  ['GemCampaigns', 'Appeal(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,uint128 bond,bytes32 reasonHash)', [h(5), 4, 0, 1, 5n * 10n ** 17n, h(29)]],
  ['GemCampaigns', 'Appeal(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,uint128 bond,bytes32 reasonHash)', [h(5), 4294967295, 255, 2, 0n, h(29)]],
  ['GemCampaigns', 'Commission(bytes32 campaignId,uint32 index,uint8 attempt,uint128 fee)', [h(5), 4, 1, MAX128]],
  ['GemCampaigns', 'StandingNote(address worker,bytes32 family,uint32 passes,uint32 goldRight,uint32 gold,uint32 settledRight,uint32 settled,uint32 weighedRight,uint32 weighed,uint8 grade,uint64 at)', [a(7), h(30), 4294967295, 9, 10, 30, 34, 2990, 3150, 4, 1700000004n]],
  ['GemCampaigns', 'StandingNote(address worker,bytes32 family,uint32 passes,uint32 goldRight,uint32 gold,uint32 settledRight,uint32 settled,uint32 weighedRight,uint32 weighed,uint8 grade,uint64 at)', [a(7), h(30), 0, 0, 0, 0, 0, 0, 0, 2, 0n]],
  ['Gem', 'TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)', [a(31), a(32), (1n << 256n) - 1n, 0n, 1800000000n, h(33)]],
  ['GemCampaigns', 'CarryKey(bytes32 key,uint64 since,uint64 until)', [h(34), 1700000000n, 1723328000n]],
  ['GemCampaigns', 'Carry(bytes32 contentHash,bytes32 replyKey,uint64 seq,uint64 madeAt)', [h(35), h(36), MAX64, 1700000005n]],
  ['GemCampaigns', 'Receipt(bytes32 submissionHash,uint64 receivedAt)', [h(39), 1700000001n]],
  ['GemCampaigns', 'Release(bytes32 taskKey,address to)', [h(40), a(21)]],
  ['GemCampaigns', 'BatchRelease(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)', [h(41), 3, h(42), 1700000007n]],
  ['GemCampaigns', 'Bill(bytes32 campaignId,uint128 spent,bytes32 root,uint32 count)', [h(5), MAX128, h(43), 4294967295]],
  ['GemCampaigns', 'CarryReply(bytes32 carryHash,bytes32 contentHash,uint64 issuedAt)', [h(37), h(38), 1700000006n]],
]

const text = (value) => (typeof value === 'bigint' ? value.toString() : value)
const messages = []
for (const [domain, type, values] of cases) {
  const name = type.slice(0, type.indexOf('('))
  const fields = type.slice(type.indexOf('(') + 1, -1).split(',').map((part) => part.split(' ')).map(([type, name]) => ({ type, name }))
  const message = Object.fromEntries(fields.map((field, place) => [field.name, values[place]]))
  const typed = { domain: domains[domain], types: { [name]: fields }, primaryType: name, message }
  messages.push({
    name, type, domain, fields: Object.fromEntries(Object.entries(message).map(([k, v]) => [k, text(v)])),
    struct_hash: hashStruct({ data: message, types: typed.types, primaryType: name }),
    digest: hashTypedData(typed), signature: await account.signTypedData(typed),
  })
}

const terms = ['address', 'address', 'uint128', 'uint128', 'uint128', 'uint128', 'uint8', 'uint8', 'uint8', 'uint8', 'uint64', 'uint64', 'uint64', 'bytes32', 'bytes32', 'address', 'bytes32', 'bytes32']
const termValues = [a(20), a(21), 10n ** 18n, 5n * 10n ** 17n, 4n * 10n ** 17n, 2n * 10n ** 17n, 5, 3, 2, 3, 172800n, 259200n, 1900000000n, h(22), h(23), a(0), h(24), h(25)]
const config = ['address', 'address', 'address', 'uint64', 'uint64']
const configValues = [a(26), a(27), a(28), 2592000n, 9n]
const encoded = (types, values) => keccak256(encodeAbiParameters(types.map((type) => ({ type })), values))
console.log(JSON.stringify({
  source: 'viem, by tests/vectors/make_messages.mjs', key, signer: account.address.toLowerCase(),
  domains: Object.fromEntries(Object.entries(domains).map(([name, d]) => [name, { ...d, separator: hashDomain({ domain: d, types: { EIP712Domain: [{ name: 'name', type: 'string' }, { name: 'version', type: 'string' }, { name: 'chainId', type: 'uint256' }, { name: 'verifyingContract', type: 'address' }] } }) }])),
  messages,
  campaign_id: { terms: termValues.map(text), keccak: encoded(terms, termValues) },
  channel_id: { config: configValues.map(text), keccak: encoded(config, configValues) },
}, null, 1))
