// SPDX-License-Identifier: Apache-2.0
// The same vouchers signed and verified by ethers and viem: reads {"key", "domain", "type", "rows", "runs"} as JSON
// from stdin, writes milliseconds of each run by figure. Runs beside a node_modules that holds both libraries.
import { readFileSync } from 'node:fs'
import { Wallet, verifyTypedData } from 'ethers'
import { recoverTypedDataAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const { key, domain, type, rows, runs } = JSON.parse(readFileSync(0, 'utf8'))
const primaryType = type.slice(0, type.indexOf('('))
const fields = type.slice(primaryType.length + 1, -1).split(',').map((part) => part.split(' ')).map(([type, name]) => ({ type, name }))
const types = { [primaryType]: fields }
const cases = rows.map(({ values, signature }) => ({
  message: Object.fromEntries(fields.map(({ type, name }, at) => [name, type.startsWith('uint') ? BigInt(values[at]) : values[at]])),
  signature,
}))
const wallet = new Wallet(key)
const account = privateKeyToAccount(key)
const signer = wallet.address.toLowerCase()

function same(found) {
  if (found.toLowerCase() !== signer) throw new Error('another signer')
}

const figures = {
  'ethers, verify': async () => {
    for (const { message, signature } of cases) same(verifyTypedData(domain, types, message, signature))
  },
  'viem, verify': async () => {
    for (const { message, signature } of cases) same(await recoverTypedDataAddress({ domain, types, primaryType, message, signature }))
  },
  'ethers, sign': async () => {
    for (const { message } of cases) await wallet.signTypedData(domain, types, message)
  },
  'viem, sign': async () => {
    for (const { message } of cases) await account.signTypedData({ domain, types, primaryType, message })
  },
}
const told = Object.fromEntries(Object.keys(figures).map((name) => [name, []]))
for (let run = 0; run <= runs; run += 1) {
  for (const [name, work] of Object.entries(figures)) {
    const start = performance.now()
    await work()
    if (run > 0) told[name].push(performance.now() - start)
  }
}
console.log(JSON.stringify(told))
