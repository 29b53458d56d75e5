import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from '@playwright/test'
import { maskTexts, maskTrace } from '../../src/execution/mask-trace.ts'
import { maskWith } from '../../src/execution/mask.ts'

/** Characters that forms, JSON and addresses write differently. */
const canary = 'Canary!7431"ä+/%&'
const cookie = 'session-cookie-7432'
const token = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"aud":"https://localhost"}').toString('base64url')}.c2lnbmF0dXJl`

const page = `<!doctype html><title>Sign in</title>
<form method="post" action="/signed-in"><label>Password <input type="password" name="passwd"></label>
<button>Sign in</button></form>`

test('takes a typed password, cookies and tokens out of a real trace, which stays one', async ({ context }) => {
  const server = createServer((request, response) => {
    response.setHeader('set-cookie', `ESTSAUTH=${cookie}; Path=/`)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const answer = `<!doctype html><title>In</title><p>Signed in</p><script>
      fetch('/data?x=${encodeURIComponent(canary)}', {headers: {authorization: 'Bearer ${token}'}})
        .then(() => { document.title = 'Done' })</script>`
    request.resume().on('end', () => response.end(request.method === 'POST' ? answer : page))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const path = test.info().outputPath('trace.zip')
  try {
    await context.tracing.start({ screenshots: true, snapshots: true, sources: false })
    const tab = await context.newPage()
    await tab.goto(`http://127.0.0.1:${port}/`)
    await tab.getByLabel('Password').fill(canary)
    await tab.getByRole('button').click()
    await tab.waitForFunction(() => document.title === 'Done')
    await context.tracing.stop({ path })
  } finally {
    server.close()
    server.closeAllConnections()
  }

  const before = textsOf(path)
  for (const secret of [canary, cookie, token]) expect(formsFoundIn(before, secret), secret).not.toEqual([])
  expect(await maskTrace(path, maskWith([canary]))).toBe(true)
  const after = textsOf(path)
  for (const secret of [canary, cookie, token]) expect(formsFoundIn(after, secret), secret).toEqual([])
  expect(Object.keys(after)).toEqual(Object.keys(before))
  for (const [name, text] of Object.entries(after))
    if (/\.(?:trace|network|stacks)$/.test(name))
      for (const line of text.split('\n').filter(Boolean)) expect(() => void JSON.parse(line), name).not.toThrow()
  expect(Object.values(after).join('')).toContain('Signed in')
})

test('keeps pictures as they are', async () => {
  const path = test.info().outputPath('trace.zip')
  const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...strToU8(canary), 0xff])
  writeFileSync(path, zipSync({ 'resources/page.jpeg': picture, 'x.trace': strToU8(`{"a":"${cookie}"}`) }))
  expect(await maskTrace(path, maskWith([cookie]))).toBe(true)
  const entries = unzipSync(readFileSync(path))
  expect(Buffer.from(entries['resources/page.jpeg'] ?? []).equals(Buffer.from(picture))).toBe(true)
  expect(Buffer.from(entries['x.trace'] ?? []).toString()).toBe('{"a":"***"}')
})

test('does not keep a trace that it can’t rewrite', async () => {
  const path = test.info().outputPath('broken.zip')
  writeFileSync(path, `no zip, but ${canary}`)
  expect(await maskTrace(path, maskWith([canary]))).toBe(false)
  expect(existsSync(path)).toBe(false)
})

test('takes secrets out of the texts beside traces, in every folder', () => {
  const folder = test.info().outputPath('results')
  mkdirSync(join(folder, 'deep'), { recursive: true })
  writeFileSync(join(folder, 'deep', 'error-context.md'), `- textbox: ${cookie}`)
  writeFileSync(join(folder, 'picture.png'), cookie)
  maskTexts(folder, maskWith([cookie]))
  expect(readFileSync(join(folder, 'deep', 'error-context.md'), 'utf8')).toBe('- textbox: ***')
  maskTexts(join(folder, 'none'), maskWith([cookie]))
})

function textsOf(path: string): Record<string, string> {
  const entries = Object.entries(unzipSync(readFileSync(path)))
  return Object.fromEntries(entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]))
}

/** The files in which a secret stands, in any spelling. */
function formsFoundIn(texts: Record<string, string>, secret: string): string[] {
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    encodeURIComponent(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ]
  return Object.entries(texts).flatMap(([name, text]) => forms.filter(form => text.includes(form)).map(() => name))
}
