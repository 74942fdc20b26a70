// SPDX-License-Identifier: Apache-2.0
// ethers and viem as judges: reads {"key", "domains", "cases"} as JSON from stdin and answers, for each case and
// library, the struct hash, the digest, a signature by `key` and who signed the signature that came with the case.
import { readFileSync } from 'node:fs'
import { TypedDataEncoder, Wallet, verifyTypedData } from 'ethers'
import { hashDomain, hashStruct, hashTypedData, recoverTypedDataAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const { key, domains, cases } = JSON.parse(readFileSync(0, 'utf8'))
const wallet = new Wallet(key)
const account = privateKeyToAccount(key)
const DOMAIN = [['string', 'name'], ['string', 'version'], ['uint256', 'chainId'], ['address', 'verifyingContract']].map(
  ([type, name]) => ({ type, name }),
)

function typed({ domain, type, values }) {
  const primaryType = type.slice(0, type.indexOf('('))
  const fields = type.slice(primaryType.length + 1, -1).split(',').map((part) => part.split(' ')).map(([type, name]) => ({ type, name }))
  const read = (kind, value) => (kind.startsWith('uint') ? BigInt(value) : value)
  const message = Object.fromEntries(fields.map(({ type, name }, at) => [name, read(type, values[at])]))
  return { domain: domains[domain], types: { [primaryType]: fields }, primaryType, message }
}

async function said(one) {
  const { domain, types, primaryType, message } = typed(one)
  const ethers = {
    struct_hash: TypedDataEncoder.hashStruct(primaryType, types, message),
    digest: TypedDataEncoder.hash(domain, types, message),
    signature: await wallet.signTypedData(domain, types, message),
    signer: verifyTypedData(domain, types, message, one.signature).toLowerCase(),
  }
  const data = { domain, types, primaryType, message }
  const viem = {
    struct_hash: hashStruct({ data: message, types, primaryType }),
    digest: hashTypedData(data),
    signature: await account.signTypedData(data),
    signer: (await recoverTypedDataAddress({ ...data, signature: one.signature })).toLowerCase(),
  }
  return { ethers, viem }
}

const separators = Object.fromEntries(
  Object.entries(domains).map(([name, domain]) => [
    name,
    { ethers: TypedDataEncoder.hashDomain(domain), viem: hashDomain({ domain, types: { EIP712Domain: DOMAIN } }) },
  ]),
)
const answers = []
for (const one of cases) answers.push(await said(one))
console.log(JSON.stringify({ address: wallet.address.toLowerCase(), separators, answers }))
