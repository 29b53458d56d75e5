import { setTimeout as sleep } from 'node:timers/promises'
import type { Page, Request } from '@playwright/test'
import type { CloudDefinition } from '../../cloud/definition.ts'
import { beginningOf, oneTimeCode, windowAt } from '../../cloud/one-time-code.ts'
import type { PlannedAction } from '../../plan/plan.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome } from '../surface.ts'
import { notSignedIn, type Driver } from './driver.ts'
import { isGlobalSearch } from './find.ts'
import { hasMovedOn, labelOf, takeScreen } from './screen.ts'

/** How long the portal may take from a cold start to its search box, in milliseconds (`portal-facts.md` §11). */
const coldStart = 120_000

/** Below it the portal folds its tools away (`portal-facts.md` §11). CSS pixels. */
const narrowest = 1280

/** Who is signed in does not change on the way: once for each page is enough. */
const guardedPages = new WeakSet<Page>()

type Place = PlannedAction['said']['place']

/**
 * Opens the portal and goes through Entra's pages: user name, password or certificate, code, “Stay signed in?”
 * (`portal-facts.md` §9). The portal must then be the run's: its directory, its subscription, in English.
 *
 * @throws StepFailure `not-signed-in`, `wrong-directory`, `subscription-not-visible`, `portal-language` or
 * `window-too-small`, which are no faults of the article.
 */
export async function signIn({ said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const { page, surroundings } = driver
  const { cloud } = surroundings
  const deadline = Date.now() + coldStart
  const tokens = watchTokens(page, cloud)
  try {
    await page
      .goto(`${cloud.portal}/?l=en.en-us`, { waitUntil: 'domcontentloaded', timeout: coldStart })
      .catch(goOnIfMoved)
    const answers: Answers = { given: new Set(), codeOf: undefined }
    while (Date.now() < deadline) {
      const account = await signInFurther(answers).catch(goOnIfMoved)
      if (account !== undefined) return passed(account)
      await sleep(40)
    }
  } finally {
    tokens.stop()
  }
  throw notSignedIn(said.place, 'The portal did not open in two minutes')

  /** @returns who is signed in, once the portal is open. */
  async function signInFurther(answers: Answers): Promise<string | undefined> {
    if (isAtEntra(page, cloud)) await answerEntra(driver, answers, { place: said.place, deadline })
    else if (await isPortalUp(page)) {
      if (!guardedPages.has(page)) await guardPortal(driver, said.place, tokens)
      if (isAtEntra(page, cloud)) return undefined
      guardedPages.add(page)
      return tellAccount(page)
    }
    return undefined
  }
}

/** The portal and Entra send people on by themselves, also while a page is looked at: the next look is at the next page. */
function goOnIfMoved(error: unknown): undefined {
  if (!hasMovedOn(error)) throw error
}

/** Whether the portal's search box is there: somebody is signed in. */
export async function isPortalUp(page: Page): Promise<boolean> {
  const screen = await takeScreen(page).catch(() => undefined)
  return screen?.nodes.some(isGlobalSearch) ?? false
}

/** Whether the page is one of Entra's, on which people sign in. */
export function isAtEntra(page: Page, { entra, portal }: Pick<CloudDefinition, 'entra' | 'portal'>): boolean {
  const url = page.url()
  return (url.startsWith(entra) || /^https:\/\/login\./.test(url)) && !url.startsWith(portal)
}

async function tellAccount(page: Page): Promise<string> {
  const screen = await takeScreen(page)
  const account = screen.nodes.find(node => /^account menu/i.test(node.name))
  if (!account) return 'the portal is open'
  const words = labelOf(account).replace(/^account menu\s*/i, '')
  return `signed in (${words.slice(0, 120)})`
}

interface Answers {
  /** Pages that were answered: twice the same answer is the same refusal. */
  given: Set<string>
  /** The half minute whose code was given last: each is taken once. */
  codeOf: number | undefined
}

/** What each of Entra's pages is known by. The names are Entra's own. */
const signs = {
  code: 'input[name=otc]',
  password: 'input[name=passwd]',
  userName: 'input[name=loginfmt]',
  staySignedIn: '#idBtn_Back',
  accounts: '#otherTile, [data-test-id]',
  codeWay: '[data-value="PhoneAppOTP"]',
  anotherWay: '#signInAnotherWay',
} as const

const problems = '#usernameError, #passwordError, [role=alert], #exceptionMessageContainer'

/** Runs in the page: what of it can be seen, and what it complains of. */
function readSignIn({ known, problem }: { known: string[]; problem: string }): { shown: string[]; words?: string } {
  const first = (selector: string) => {
    const element = document.querySelector(selector)
    const { width, height } = element?.getBoundingClientRect() ?? { width: 0, height: 0 }
    return element?.checkVisibility({ visibilityProperty: true }) && width > 0 && height > 0 ? element : undefined
  }
  const words = first(problem)?.textContent?.trim()
  return { shown: known.filter(selector => first(selector)), ...(words === undefined ? {} : { words }) }
}

/** Does what a person does on each of Entra's pages. */
async function answerEntra(
  driver: Driver,
  answers: Answers,
  { place, deadline }: { place: Place; deadline: number },
): Promise<void> {
  const { page, surroundings } = driver
  const { person } = surroundings.cloud
  const { shown, words } = await page.evaluate(readSignIn, { known: Object.values(signs), problem: problems })
  const shows = (sign: keyof typeof signs) => shown.includes(signs[sign])
  if (!person || !('userName' in person)) throw notSignedIn(place, 'The stored session has ended')
  const totpSecret = 'totpSecret' in person ? person.totpSecret : undefined
  if (shows('code')) return giveCode(words)
  if (words) throw notSignedIn(place, `Entra says “${words}”`)
  if (shows('password')) {
    if ('password' in person) return answer('password', person.password, signs.password)
    return chooseCertificate()
  }
  if (shows('userName')) return answer('user name', person.userName, signs.userName)
  if (shows('staySignedIn')) return press('stay signed in', signs.staySignedIn)
  if (shows('accounts')) return press('account', `[data-test-id="${person.userName.toLowerCase()}"], #otherTile`)
  if (shows('codeWay')) {
    if (!totpSecret) throw withoutCode()
    await page.locator(signs.codeWay).first().click()
  } else if (shows('anotherWay')) {
    if (!totpSecret) throw withoutCode()
    return press('another way', signs.anotherWay)
  } else if ('clientCertificate' in person && !answers.given.has('certificate')) {
    if (await certificateChoice(page).isVisible()) return chooseCertificate()
  }

  async function answer(name: string, value: string, selector: string): Promise<void> {
    if (answers.given.has(name)) return
    answers.given.add(name)
    await page.locator(selector).first().fill(value)
    await page.locator('#idSIButton9').click()
  }

  async function press(name: string, selector: string): Promise<void> {
    if (answers.given.has(name)) return
    answers.given.add(name)
    await page.locator(selector).first().click()
  }

  /** A code that was used already, by another run in the same half minute, is refused like a wrong one: the next one is tried. */
  async function giveCode(refusal: string | undefined): Promise<void> {
    if (!totpSecret) throw withoutCode()
    const { codeOf } = answers
    if (refusal !== undefined && codeOf !== undefined && answers.given.has('last code'))
      throw notSignedIn(
        place,
        `Entra says “${refusal}” to the codes of three half minutes: is the secret right, and this machine’s clock?`,
      )
    if (codeOf !== undefined && refusal === undefined) return
    if (codeOf !== undefined && windowAt() <= codeOf) {
      const next = beginningOf(codeOf + 1)
      if (next > deadline) throw notSignedIn(place, `Entra says “${refusal}”`)
      await sleep(Math.max(0, next - Date.now()))
    }
    if (codeOf !== undefined) answers.given.add(answers.given.has('second code') ? 'last code' : 'second code')
    answers.codeOf = windowAt()
    await page.locator(signs.code).first().fill(oneTimeCode(totpSecret, answers.codeOf))
    const said = page.waitForEvent('framenavigated', { timeout: 10_000 }).catch(() => undefined)
    await page.locator('#idSubmit_SAOTCC_Continue').click()
    await said
  }

  async function chooseCertificate(): Promise<void> {
    if (answers.given.has('certificate')) return
    answers.given.add('certificate')
    await certificateChoice(page).click()
  }

  function withoutCode(): StepFailure {
    return notSignedIn(place, 'Entra asks for a second factor')
  }
}

/** The words are those of Entra's guide to certificate-based authentication. */
function certificateChoice(page: Page) {
  const words = /use a certificate or smart card/i
  return page
    .getByRole('link', { name: words })
    .or(page.getByRole('button', { name: words }))
    .first()
}

/** What the portal's own requests to Resource Manager are signed with. */
export interface Tokens {
  /** The newest token that was seen; waits a while for the first. */
  newest(): Promise<string | undefined>
  stop(): void
}

/** Listens to a page from before it opens the portal. */
export function watchTokens(page: Page, { resourceManager }: CloudDefinition): Tokens {
  let token: string | undefined
  let heard = () => {}
  const first = new Promise<void>(resolve => (heard = resolve))
  const onRequest = (request: Request) => {
    if (!request.url().startsWith(resourceManager)) return
    const sent = /^Bearer (.+)$/.exec(request.headers()['authorization'] ?? '')?.[1]
    if (sent === undefined) return
    token = sent
    heard()
  }
  page.on('request', onRequest)
  return {
    async newest() {
      await Promise.race([first, sleep(5_000, undefined, { ref: false })])
      return token
    },
    stop: () => page.off('request', onRequest),
  }
}

/** Somebody else's directory or subscription, another language, or a narrow window would make every verdict wrong. */
async function guardPortal(driver: Driver, place: Place, tokens: Tokens): Promise<void> {
  const { page, surroundings } = driver
  const { cloud } = surroundings
  const { language, width } = await page.evaluate(() => ({
    language: document.documentElement.lang,
    width: window.innerWidth,
  }))
  if (!/^en\b/i.test(language))
    throw guarded(place, 'portal-language', {
      message: `The portal is in “${language || 'no language'}”, and articles are in English.`,
      remedy: 'Set the account’s portal language to English (Settings, Language + region).',
    })
  if (width < narrowest)
    throw guarded(place, 'window-too-small', {
      message: `The window is ${width} pixels wide: below ${narrowest} the portal folds its tools away.`,
      remedy: 'Set `window` of the configuration to a larger size.',
    })
  const standing = await standingOf(page, cloud, tokens)
  if (standing.status === 'signed-out' && !isAtEntra(page, cloud))
    throw notSignedIn(place, 'The portal’s session was ended')
  if (standing.status === 'elsewhere')
    throw guarded(place, 'wrong-directory', {
      message: `The portal is in the directory ${standing.directory}, and the run is in ${cloud.tenant}.`,
      remedy: 'Sign in as somebody of the run’s directory, or make it the account’s startup directory.',
    })
  if (standing.status === 'blind')
    throw guarded(place, 'subscription-not-visible', {
      message: `Who is signed in to the portal can’t see the run’s subscription ${cloud.subscription}.`,
      remedy: 'Give the person a role in the subscription, or name another person or subscription.',
    })
}

/** How who is signed in to the portal stands to the run: in its directory, with its subscription in sight. */
export type Standing =
  { status: 'fine' | 'signed-out' | 'blind' | 'unknown' } | { status: 'elsewhere'; directory: string }

/** Milliseconds that the portal may take to renew a token that was refused. */
const renewal = 15_000

/** Reads it from the token that the portal itself works with, and asks Resource Manager as the page would. */
export async function standingOf(page: Page, cloud: CloudDefinition, tokens: Tokens): Promise<Standing> {
  const deadline = Date.now() + renewal
  for (;;) {
    const token = await tokens.newest()
    if (token === undefined) return { status: 'unknown' }
    const directory = directoryOf(token)
    if (cloud.tenant && directory && isId(cloud.tenant) && directory.toLowerCase() !== cloud.tenant.toLowerCase())
      return { status: 'elsewhere', directory }
    const status = cloud.subscription ? await statusOf(page, cloud, token) : 200
    if (status === 403 || status === 404) return { status: 'blind' }
    if (status !== undefined && status !== 401) return { status: 'fine' }
    // A refused token is renewed by the portal, or it sends its person to Entra, and the page that was asked is gone.
    if (isAtEntra(page, cloud)) return { status: 'signed-out' }
    if (Date.now() > deadline) return { status: status === undefined ? 'unknown' : 'signed-out' }
    await sleep(300)
  }
}

/** Asks Resource Manager for the run's subscription as the page itself would. @returns undefined where it gave no answer. */
async function statusOf(page: Page, cloud: CloudDefinition, token: string): Promise<number | undefined> {
  const address = `${cloud.resourceManager}/subscriptions/${cloud.subscription}?api-version=2022-12-01`
  return page
    .evaluate(
      async ({ address, token }) => (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).status,
      { address, token },
    )
    .catch(() => undefined)
}

/** The tenant that a token was given by, from its middle part. */
function directoryOf(token: string): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { tid?: string }
    return claims.tid
  } catch {
    return undefined
  }
}

/** A tenant may also be named by its domain, which no token tells. */
function isId(tenant: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant)
}

function guarded(place: Place, rule: string, words: { message: string; remedy: string }): StepFailure {
  return new StepFailure({ rule, ...words, place }, { verdict: 'environment' })
}
