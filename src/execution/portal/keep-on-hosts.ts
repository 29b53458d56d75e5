import type { BrowserContext, CDPSession, Frame, Page } from '@playwright/test'
import { isPortalHost, type CloudDefinition } from '../../cloud/definition.ts'

type Hosts = Pick<CloudDefinition, 'portalHosts'>

/**
 * Pull requests run articles: pages and frames may only be those of the cloud. What pages load into themselves may come
 * from elsewhere. Chromium is asked to stop at documents alone: Playwright's routing stops at every request and goes
 * without the browser's cache, which costs a portal a tenth of its time. A tab that comes is closed by who follows it.
 */
export async function keepOnHosts(page: Page, cloud: Hosts): Promise<void> {
  const context = page.context()
  if (context.browser()?.browserType().name() !== 'chromium') return routeDocuments(context, cloud)
  const guard = async (tab: Page) => {
    tab.on('framenavigated', frame => void guardFrame(frame, cloud).catch(() => undefined))
    await stopAtDocuments(tab, await context.newCDPSession(tab), cloud)
  }
  // One that is closed again at once needs no guard.
  context.on('page', tab => void guard(tab).catch(() => undefined))
  await guard(page)
}

/** The host that a page, or a frame in it, was last kept from going to. */
export function hostKeptFrom(page: Page): string | undefined {
  return keptFrom.get(page)
}

const keptFrom = new WeakMap<Page, string>()

/** Stops the document of a page before it is asked for, and the first one of a frame in it. */
async function stopAtDocuments(tab: Page, session: CDPSession, cloud: Hosts): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const allowed = isAllowed(request.url, cloud)
    if (!allowed) keptFrom.set(tab, new URL(request.url).hostname)
    const answer = allowed
      ? session.send('Fetch.continueRequest', { requestId })
      : session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    // The page may have been closed meanwhile.
    answer.catch(() => undefined)
  })
  await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document' }] })
}

/** A frame with a process of its own goes where it likes without its page being asked. One without has no session, and needs none. */
async function guardFrame(frame: Frame, cloud: Hosts): Promise<void> {
  if (!frame.parentFrame()) return
  const page = frame.page()
  if (isAllowed(frame.url(), cloud)) await stopAtDocuments(page, await page.context().newCDPSession(frame), cloud)
  else await frame.goto('about:blank')
}

async function routeDocuments(context: BrowserContext, cloud: Hosts): Promise<void> {
  await context.route('**/*', async route => {
    const request = route.request()
    const allowed = !request.isNavigationRequest() || isAllowed(request.url(), cloud)
    await (allowed ? route.fallback() : route.abort('blockedbyclient'))
  })
}

function isAllowed(url: string, cloud: Hosts): boolean {
  const { protocol, hostname } = new URL(url)
  return !protocol.startsWith('http') || isPortalHost(cloud, hostname)
}
