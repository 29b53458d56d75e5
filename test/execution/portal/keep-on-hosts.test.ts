import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keepOnHosts } from '../../../src/execution/portal/keep-on-hosts.ts'
import { select } from '../../../src/execution/portal/select.ts'
import { browserOptions } from '../../sandbox/browser.ts'
import { expect, test as base } from './world.ts'

/** A page kept on the portal's hosts, and a server elsewhere that notes what it is asked for. */
const test = base.extend<{ elsewhere: { address: string; asked: string[] } }>({
  elsewhere: async ({ world }, use) => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('content-type', request.url === '/style.css' ? 'text/css' : 'text/html')
      response.end(request.url === '/style.css' ? 'h1 { color: red }' : '<h1>Elsewhere</h1>')
    })
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
    await keepOnHosts(world.page, world.driver.surroundings.cloud)
    await use({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked })
    server.closeAllConnections()
    await new Promise(closed => server.close(closed))
  },
})

// The server elsewhere is on this machine, of which Chromium lets pages from the internet ask nothing by default.
test.use({ permissions: ['local-network-access'] })

// Chrome and Edge give frames of other sites processes of their own; the headless shell has to be told.
const { args = [], ...launching } = browserOptions()
test.use({ launchOptions: { ...launching, args: [...args, '--site-per-process'] } })

test('asks no other host for a document, in the page or in a frame, and any for what a page loads', async ({
  world,
  page,
  elsewhere: { address, asked },
}) => {
  await world.show(`<link rel="stylesheet" href="${address}/style.css"><h1>Portal</h1>
    <iframe src="${address}/frame"></iframe>
    <a href="${address}/link">Learn more</a>`)
  await expect(page.locator('h1')).toHaveCSS('color', 'rgb(255, 0, 0)')
  await page.getByRole('link').click()
  await expect.poll(() => page.url()).toContain('chrome-error:')
  expect(asked).toEqual(['/style.css'])
})

test('stops a frame of another process that goes to another host by itself', async ({
  world,
  page,
  elsewhere: { address, asked },
}) => {
  await page.context().route('https://frame.example/goes.html', route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<button onclick="location = '${address}/late'">Go</button>`,
    }),
  )
  await world.show('<h1>Portal</h1><iframe src="https://frame.example/goes.html"></iframe>')
  const frame = page.frames()[1]
  if (!frame) throw new Error('There is no frame.')
  // Chromium gives such a session only for a frame with a process of its own.
  await (await page.context().newCDPSession(frame)).detach()
  await frame.getByRole('button').click()
  await expect.poll(() => page.frames()[1]?.url()).toContain('chrome-error:')
  expect(asked).toEqual([])
})

test('empties a frame that has gone to another host before it could be stopped', async ({
  world,
  page,
  elsewhere: { address },
}) => {
  await page
    .context()
    .route('https://frame.example/goes.html', route =>
      route.fulfill({ contentType: 'text/html', body: `<script>location = '${address}/at-once'</script>` }),
    )
  await world.show('<h1>Portal</h1><iframe src="https://frame.example/goes.html"></iframe>')
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^(?:about:blank|chrome-error:.*)$/)
  await expect(page.frameLocator('iframe').getByText('Elsewhere')).toHaveCount(0)
})

test('says that the browser would have left the cloud', async ({ world, page, elsewhere: { address, asked } }) => {
  await world.show(`<button onclick="location = '${address}/away'">Leave</button>`)
  await page.getByRole('button').click()
  await expect.poll(() => page.url()).toContain('chrome-error:')
  const failure = await world.fail(select, { do: 'select', target: 'Anything' })
  expect(failure).toMatchObject({ verdict: 'environment', problem: { rule: 'left-the-cloud' } })
  expect(asked).toEqual([])
})

test('blames no article for a page that could not be loaded', async ({ world, page }) => {
  await page.context().route('https://portal.example/broken.html', route => route.abort('connectionreset'))
  await world.show('<a href="https://portal.example/broken.html">Vaults</a>')
  await page.getByRole('link').click()
  await expect.poll(() => page.url()).toContain('chrome-error:')
  const failure = await world.fail(select, { do: 'select', target: 'Anything' })
  expect(failure).toMatchObject({ verdict: 'environment', problem: { rule: 'page-empty' } })
})
