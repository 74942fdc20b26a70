#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The Solidity compiler of the npm package `solc` behind the two calls that forge makes: --version, and
// --standard-json with the input on stdin. It replaces the native program, which no package registry ships.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const solc = createRequire(new URL('./node_modules/', import.meta.url))('solc')
if (process.argv.includes('--version')) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`)
} else if (process.argv.includes('--standard-json')) {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')))
} else {
  console.error('only --version and --standard-json are known')
  process.exit(1)
}
