// SPDX-License-Identifier: Apache-2.0
// Writes vectors.json with the public EAS SDK and an ethers wallet: npm ci && node make_vectors.mjs > vectors.json
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url) // the package's ES modules do not load in Node
const { Offchain, OffchainAttestationVersion, SchemaEncoder, SchemaRegistry } = require('@ethereum-attestation-service/eas-sdk')
const { TypedDataEncoder, Wallet, ZeroAddress, ZeroHash, keccak256, toUtf8Bytes } = require('ethers')

const outcome = 'bytes32 campaignId,uint32 index,uint8 attempt,string family,string difficulty,address requester,bool accepted,bool firstTry,uint64 judgedAt,bool gold,bytes32 evidence'
const record = 'uint32 judged,uint32 accepted,uint32 firstTry,uint32 listed,bytes32 root'
const key = keccak256(toUtf8Bytes('gems test key: eas issuer'))
const wallet = new Wallet(key)
const worker = '0x00000000000000000000000000000000000A11cE'
const requester = '0x00000000000000000000000000000000000b0b00'
const h = (text) => keccak256(toUtf8Bytes(text))
const plain = (value) => JSON.parse(JSON.stringify(value, (_, found) => (typeof found === 'bigint' ? found.toString() : found)))

const cases = [
  ['accepted', outcome, 8453n, 1800000000n, [h('campaign'), 4, 0, 'text-classification', 'easy', requester, true, true, 1800000000n, false, h('evidence')]],
  ['rejected', outcome, 31337n, 1800000001n, [h('campaign'), 4294967295, 255, '', '', requester, false, false, 1800000001n, false, ZeroHash]],
  ['gold', outcome, 10n, 1700000000n, [h('other'), 0, 1, 'détection', 'hard', requester, true, false, 1700000000n, true, h('gold')]],
  ['record', record, 8453n, 1800000600n, [40, 36, 34, 40, h('root')]],
]

async function main() {
  const attestations = []
  for (const [name, schema, chainId, time, values] of cases) {
    const encoder = new SchemaEncoder(schema)
    const items = schema.split(',').map((field, place) => { const [type, name] = field.split(' '); return { type, name, value: values[place] } })
    const config = { address: '0x4200000000000000000000000000000000000021', version: '1.0.1', chainId }
    const offchain = new Offchain(config, OffchainAttestationVersion.Version2, undefined)
    const params = {
      schema: SchemaRegistry.getSchemaUID(schema, ZeroAddress, false), recipient: worker, time,
      expirationTime: schema === outcome ? time + 63072000n : 0n, revocable: false, refUID: ZeroHash, data: encoder.encodeData(items), salt: h(`salt ${name}`),
    }
    const sig = await offchain.signOffchainAttestation(params, wallet)
    if (!offchain.verifyOffchainAttestationSignature(wallet.address, sig)) throw new Error(name)
    attestations.push({
      name, digest: TypedDataEncoder.hash(sig.domain, sig.types, sig.message), values: plain(values),
      package: plain({ sig, signer: wallet.address }),
    })
  }
  const uid = (schema) => SchemaRegistry.getSchemaUID(schema, ZeroAddress, false)
  console.log(JSON.stringify({
    source: '@ethereum-attestation-service/eas-sdk 2.10.0, by tests/interop/eas/make_vectors.mjs',
    key, signer: wallet.address, schemas: { outcome: { text: outcome, uid: uid(outcome) }, record: { text: record, uid: uid(record) } }, attestations,
  }, null, 1))
}
main()
