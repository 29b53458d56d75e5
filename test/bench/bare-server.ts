import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createCertificateAuthority } from '../../src/sandbox/certificate-authority.ts'

/** A Node HTTPS server that answers a constant as long as a resource group; prints its port and authority. */
const authority = createCertificateAuthority()
const constant = JSON.stringify({
  id: 'x'.repeat(100),
  name: 'rg1',
  location: 'westus',
  properties: { provisioningState: 'Succeeded' },
})
const server = createServer({ cert: authority.server.chain, key: authority.server.key }, (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  response.end(constant)
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ port, authority: authority.certificate })}\n`)
})
