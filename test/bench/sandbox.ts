import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { fileURLToPath } from 'node:url'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'

/**
 * What the sandbox costs, as ratios to a bare Node HTTPS server that answers a constant, taken in one run: a GET and a vault's
 * PUT with its polling, at 50 clients at once; and how long it takes from its start to its first answered request.
 *
 * Usage: npm run bench -- --only sandbox
 */
const program = fileURLToPath(new URL('../../dist/verbatim.js', import.meta.url))
const clients = 50
const gets = 6000
const puts = 1500
const starts = 9

const times: number[] = []
for (let count = 1; count < starts; count++) {
  const { sandbox, agent, took } = await start()
  times.push(took)
  agent.destroy()
  sandbox.kill()
  await once(sandbox, 'exit')
}
const { sandbox, definition, agent, took } = await start()
try {
  const sorted = [...times, took].sort((a, b) => a - b)
  const median = sorted[(starts - 1) / 2] ?? took
  if (median > 500) process.exitCode = 1
  say(
    `start to first answer        ${Math.round(median)} ms (median of ${sorted.map(Math.round).join(', ')})  ${median <= 500 ? 'within 500 ms' : 'OVER 500 ms  <<<'}`,
  )

  const token = await tokenOf(definition, agent)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const root = `${definition.resourceManager}/subscriptions/${definition.subscription}/resourcegroups`
  await ask(`${root}/rg1?api-version=2021-04-01`, agent, { method: 'PUT', headers, body: '{"location":"westus"}' })

  const bare = await bareServer(agent)
  const get = () => ask(`${root}/rg1?api-version=2021-04-01`, agent, { headers })
  const vault = JSON.stringify({ location: 'westus', sku: { name: 'RS0', tier: 'Standard' } })
  const putAndPoll = async (index: number) => {
    const url = `${root}/rg1/providers/Microsoft.RecoveryServices/vaults/v${index}?api-version=2024-04-01`
    // As a client that heeds what it is told about asking again.
    let answer = await ask(url, agent, { method: 'PUT', headers, body: vault })
    const status = String(answer.headers['azure-asyncoperation'])
    do {
      await new Promise(resolve => setTimeout(resolve, Number(answer.headers['x-ms-retry-after-ms'] ?? 0)))
      answer = await ask(status, agent, { headers })
    } while (answer.text.includes('InProgress'))
    await ask(url, agent, { headers })
  }
  const constant = () => ask(bare.address, agent)
  await each(1000, constant, bare.process)
  await each(1000, get, sandbox)
  await each(puts, index => putAndPoll(puts + index), sandbox)
  const baseline = await each(gets, constant, bare.process)
  show('GET of a resource group', await each(gets, get, sandbox), baseline, 4)
  show('vault PUT with polling', await each(puts, putAndPoll, sandbox), baseline, 20)
  bare.process.kill()
  agent.destroy()
} finally {
  sandbox.kill()
}

/** A sandbox that has answered its first request, and how many milliseconds that took from its start. */
async function start() {
  const began = performance.now()
  const sandbox = spawn(process.execPath, [program, 'sandbox', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const definition = JSON.parse(await firstObject(sandbox)) as SandboxDefinition
  const agent = new Agent({ ca: definition.certificateAuthority, keepAlive: true, maxSockets: clients })
  await ask(`${definition.resourceManager}/metadata/endpoints?api-version=2015-01-01`, agent)
  return { sandbox, definition, agent, took: performance.now() - began }
}

/**
 * Milliseconds that a server computes per piece of work, with all clients at it. Not the time that passes: a vault is waited
 * for, on purpose.
 */
async function each(count: number, work: (index: number) => Promise<unknown>, server: ChildProcess): Promise<number> {
  let next = 0
  const began = computed(server)
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) await work(next++)
    }),
  )
  return (computed(server) - began) / count
}

/** Milliseconds of processor time, from Linux. */
function computed({ pid }: ChildProcess): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) * 10
}

function show(what: string, cost: number, baseline: number, atMost: number): void {
  const ratio = cost / baseline
  if (ratio > atMost) process.exitCode = 1
  say(
    `${what.padEnd(28)} ${cost.toFixed(2)} ms, ${ratio.toFixed(1)} times a bare server's ${baseline.toFixed(2)} ms  ${ratio <= atMost ? `within ${atMost}` : `OVER ${atMost}  <<<`}`,
  )
}

/** The bare server has the sandbox's certificate's kind: TLS costs the same. */
async function bareServer(agent: Agent): Promise<{ address: string; process: ChildProcess }> {
  const script = fileURLToPath(new URL('bare-server.js', import.meta.url))
  const process_ = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { port, authority } = JSON.parse(await firstObject(process_)) as { port: number; authority: string }
  const roots = agent.options.ca
  agent.options.ca = [String(roots), authority]
  return { address: `https://localhost:${port}/`, process: process_ }
}

async function tokenOf({ entra, tenant, audience, credential }: SandboxDefinition, agent: Agent): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credential.clientId,
    client_secret: credential.clientSecret,
    scope: `${audience}/.default`,
  })
  const { text } = await ask(`${entra}/${tenant}/oauth2/v2.0/token`, agent, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  })
  return (JSON.parse(text) as { access_token: string }).access_token
}

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
}

function ask(url: string, agent: Agent, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{ text: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const call = request(url, { method, headers, agent }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if ((response.statusCode ?? 0) >= 400) reject(new Error(`${response.statusCode} ${text}`))
        else resolve({ text, headers: response.headers })
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

/** What a process prints first, up to the end of its JSON. */
async function firstObject({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The process has no output.')
  let text = ''
  for (;;) {
    const [chunk] = (await once(stdout, 'data')) as [Buffer]
    text += chunk.toString()
    if (/\}\n$/.test(text)) return text
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
