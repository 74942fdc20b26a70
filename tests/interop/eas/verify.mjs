// SPDX-License-Identifier: Apache-2.0
// Checks a bundle of `gems trust export` with nothing but the public EAS SDK: npm ci && node verify.mjs FILE
// Prints {"verified", "refused", "outcomes": [...]} ; exit status 1 when one does not hold or a changed one does.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url) // the package's ES modules do not load in Node
const { Offchain, OffchainAttestationVersion, SchemaEncoder, SchemaRegistry } = require('@ethereum-attestation-service/eas-sdk')
const { ZeroAddress } = require('ethers')

const schemas = [
  'bytes32 campaignId,uint32 index,uint8 attempt,string family,string difficulty,address requester,bool accepted,bool firstTry,uint64 judgedAt,bool gold,bytes32 evidence',
  'uint32 judged,uint32 accepted,uint32 firstTry,uint32 listed,bytes32 root',
]
const byUid = Object.fromEntries(schemas.map((schema) => [SchemaRegistry.getSchemaUID(schema, ZeroAddress, false), schema]))

function holds({ sig, signer }) {
  const config = { address: sig.domain.verifyingContract, version: sig.domain.version, chainId: BigInt(sig.domain.chainId) }
  const offchain = new Offchain(config, OffchainAttestationVersion.Version2, undefined)
  try {
    return offchain.verifyOffchainAttestationSignature(signer, sig)
  } catch {
    return false
  }
}

// every way of changing one field of an attestation, its UID mended where it is the content that changes
function* changed(attestation) {
  const another = {
    recipient: ZeroAddress, time: '1', expirationTime: '1', revocable: true, refUID: '0x' + '11'.repeat(32),
    data: '0x', salt: '0x' + '11'.repeat(32), schema: '0x' + '11'.repeat(32),
  }
  for (const [name, value] of Object.entries(another)) {
    for (const mended of [false, true]) {
      const copy = structuredClone(attestation)
      copy.sig.message[name] = value
      const { schema, recipient, time, expirationTime, revocable, refUID, data, salt } = copy.sig.message
      if (mended) copy.sig.uid = Offchain.getOffchainUID(2, schema, recipient, time, expirationTime, revocable, refUID, data, salt)
      yield copy
    }
  }
  for (const [name, value] of Object.entries({ chainId: '1', verifyingContract: ZeroAddress, version: '0.26' })) {
    const copy = structuredClone(attestation)
    copy.sig.domain[name] = value
    yield copy
  }
  yield { ...structuredClone(attestation), signer: '0x' + '12'.repeat(20) }
}

const bundle = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const all = [...bundle.issued_by.map((entry) => entry.record), ...bundle.attestations]
let refused = 0
for (const attestation of all) {
  if (!holds(attestation)) throw new Error(`the SDK refuses ${attestation.sig.uid}`)
  for (const bad of changed(attestation)) {
    if (holds(bad)) throw new Error(`the SDK holds a changed ${attestation.sig.uid}`)
    refused += 1
  }
}
const outcomes = bundle.attestations.map(({ sig }) => {
  const items = new SchemaEncoder(byUid[sig.message.schema]).decodeData(sig.message.data)
  return Object.fromEntries(items.map(({ name, value }) => [name, typeof value.value === 'bigint' ? value.value.toString() : value.value]))
})
console.log(JSON.stringify({ verified: all.length, refused, outcomes }))
