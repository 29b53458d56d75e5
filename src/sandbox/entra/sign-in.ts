import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Application, Directory, Person } from './directory.ts'
import { findPerson, isTenant, requireApplication } from './directory.ts'
import {
  interactionRequired,
  missingParameter,
  staleSignIn,
  unknownTenant,
  unsupportedResponseType,
  wrongRedirect,
} from './error.ts'
import {
  codePage,
  contentSecurityPolicy,
  formPostPage,
  passwordPage,
  pickAccountPage,
  proofPage,
  signedOutPage,
  staySignedInPage,
  userNamePage,
} from './pages.ts'
import type { SignIns } from './sign-ins.ts'
import type { TokenSigner } from './token.ts'
import { idClaims } from './token.ts'
import type { TokenEndpoint } from './token-endpoint.ts'
import { findTotpWindow } from './totp.ts'

/** What an application asked for when it sent a person here. */
interface Authorization {
  application: Application
  redirectUri: string
  responseMode: string
  wantsIdToken: boolean
  scope: string
  state: string | undefined
  nonce: string | undefined
  codeChallenge: string | undefined
  codeChallengeMethod: string | undefined
}

/** One sign-in under way: what was asked, and how far the person has got. */
interface Flow {
  authorization: Authorization
  userName: string
  /** Set when the password was right and a code is still to come. */
  half?: { person: Person; totpSecret: string } | undefined
  /** Set when everything was right. */
  person: Person | undefined
}

type Page = Parameters<Context['html']>[0]

const sessionCookie = 'ESTSAUTH'
const persistentCookie = 'ESTSAUTHPERSISTENT'
const cookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'None' } as const
const ninetyDays = 90 * 24 * 60 * 60

/** The pages on which people sign in and out, and the cookies that remember them (portal-facts.md §9). */
export function createSignInApp(
  directory: Directory,
  signer: TokenSigner,
  tokens: TokenEndpoint,
  signIns: SignIns,
): Hono {
  const app = new Hono()
  const flows = new Map<string, Flow>()
  const sessions = new Map<string, { person: Person; signIn: string }>()
  /** The last half minute whose code each person has used: a code works once (portal-facts.md §9). */
  const usedCodes = new Map<string, number>()

  app.get('/:tenant/oauth2/v2.0/authorize', async context => {
    const tenant = context.req.param('tenant')
    if (!isTenant(directory, tenant)) throw unknownTenant(tenant)
    const authorization = readAuthorization(context, directory)
    const prompt = context.req.query('prompt')
    const hint = context.req.query('login_hint') ?? ''
    const person = signedIn(context)
    const id = randomBytes(24).toString('base64url')
    const flow: Flow = { authorization, userName: hint, person: undefined }
    flows.set(id, flow)
    if (person && prompt === 'select_account') {
      return show(context, pickAccountPage({ action: `/${tenant}/reprocess`, flow: id }, [person]))
    }
    if (person && prompt !== 'login') return goBack(context, authorization, person)
    if (prompt === 'none') throw interactionRequired()
    if (hint && findPerson(directory, hint)) return show(context, passwordPage(passwordStep(tenant, id), hint))
    return show(context, userNamePage(userNameStep(tenant, id), hint))
  })

  app.post('/:tenant/username', async context => {
    const tenant = context.req.param('tenant')
    const form = await readForm(context)
    const { id, flow } = requireFlow(form)
    flow.userName = form.get('loginfmt')?.trim() ?? ''
    if (!flow.userName) {
      return show(context, userNamePage(userNameStep(tenant, id), '', messages.noUserName))
    }
    if (!findPerson(directory, flow.userName)) {
      return show(context, userNamePage(userNameStep(tenant, id), flow.userName, messages.wrongUserName))
    }
    return show(context, passwordPage(passwordStep(tenant, id), flow.userName))
  })

  app.post('/:tenant/login', async context => {
    const tenant = context.req.param('tenant')
    const form = await readForm(context)
    const { id, flow } = requireFlow(form)
    if (form.has('back')) return show(context, userNamePage(userNameStep(tenant, id), flow.userName))
    const password = form.get('passwd')
    if (!password) return show(context, passwordPage(passwordStep(tenant, id), flow.userName, messages.noPassword))
    const person = findPerson(directory, flow.userName)
    if (person?.password !== password) {
      return show(context, passwordPage(passwordStep(tenant, id), flow.userName, messages.wrongPassword))
    }
    if (person.disabled) {
      return show(context, passwordPage(passwordStep(tenant, id), flow.userName, messages.disabled))
    }
    const { totpSecret } = person
    if (totpSecret) {
      flow.half = { person, totpSecret }
      return show(context, codePage(codeStep(id), person.userName))
    }
    flow.person = person
    return show(context, staySignedInPage({ action: '/kmsi', flow: id }, person.userName))
  })

  app.post('/common/SAS/ProcessAuth', async context => {
    const form = await readForm(context)
    const { id, flow } = requireFlow(form)
    if (!flow.half) throw staleSignIn()
    const { person, totpSecret } = flow.half
    const { userName } = person
    if (form.has('another')) return show(context, proofPage(codeStep(id), userName))
    if (form.has('proof')) return show(context, codePage(codeStep(id), userName))
    if (!takeCode(userName, totpSecret, form.get('otc') ?? '')) {
      return show(context, codePage(codeStep(id), userName, messages.wrongCode))
    }
    flow.person = person
    return show(context, staySignedInPage({ action: '/kmsi', flow: id }, userName))
  })

  app.post('/kmsi', async context => {
    const form = await readForm(context)
    const { id, flow } = requireFlow(form)
    if (!flow.person) throw staleSignIn()
    flows.delete(id)
    remember(context, flow.person, form.get('stay') === 'Yes')
    return goBack(context, flow.authorization, flow.person)
  })

  app.post('/:tenant/reprocess', async context => {
    const tenant = context.req.param('tenant')
    const form = await readForm(context)
    const { id, flow } = requireFlow(form)
    const person = signedIn(context)
    if (!person || person.userName !== form.get('account')) return show(context, userNamePage(userNameStep(tenant, id)))
    flows.delete(id)
    return goBack(context, flow.authorization, person)
  })

  for (const path of ['/:tenant/oauth2/v2.0/logout', '/:tenant/oauth2/logout']) {
    app.get(path, context => {
      for (const name of [sessionCookie, persistentCookie]) {
        sessions.delete(getCookie(context, name) ?? '')
        deleteCookie(context, name, cookieOptions)
      }
      const next = context.req.query('post_logout_redirect_uri')
      if (next && isRegistered(directory, next)) return context.redirect(next)
      return show(context, signedOutPage())
    })
  }

  function takeCode(userName: string, totpSecret: string, code: string) {
    const window = findTotpWindow(totpSecret, code.replaceAll(/\s/g, ''))
    if (window === undefined || window <= (usedCodes.get(userName) ?? -1)) return false
    usedCodes.set(userName, window)
    return true
  }

  function signedIn(context: Context) {
    const session =
      sessions.get(getCookie(context, persistentCookie) ?? '') ?? sessions.get(getCookie(context, sessionCookie) ?? '')
    return session?.signIn === signIns.current() && !session.person.disabled ? session.person : undefined
  }

  function remember(context: Context, person: Person, stay: boolean) {
    const session = randomBytes(32).toString('base64url')
    sessions.set(session, { person, signIn: signIns.current() })
    setCookie(context, sessionCookie, session, cookieOptions)
    if (stay) setCookie(context, persistentCookie, session, { ...cookieOptions, maxAge: ninetyDays })
  }

  function requireFlow(form: URLSearchParams) {
    const id = form.get('flow') ?? ''
    const flow = flows.get(id)
    if (!flow) throw staleSignIn()
    return { id, flow }
  }

  async function goBack(context: Context, authorization: Authorization, person: Person) {
    const { application, redirectUri, responseMode, state, nonce } = authorization
    const code = tokens.issueCode({ ...authorization, person, signIn: signIns.current() })
    const origin = new URL(context.req.url).origin
    const fields: Record<string, string> = {
      code,
      ...(authorization.wantsIdToken
        ? { id_token: await signer.sign(idClaims(directory, origin, application, person, { nonce, code })) }
        : {}),
      ...(state === undefined ? {} : { state }),
    }
    if (responseMode === 'form_post') return show(context, formPostPage(redirectUri, fields))
    const separator = responseMode === 'fragment' ? '#' : '?'
    return context.redirect(`${redirectUri}${separator}${new URLSearchParams(fields).toString()}`)
  }

  return app
}

/** As the real pages word them. */
const messages = {
  noUserName: 'Enter a valid email address, phone number, or Skype name.',
  wrongUserName: 'This username may be incorrect. Make sure you typed it correctly. Otherwise, contact your admin.',
  noPassword: 'Please enter your password.',
  wrongPassword: "Your account or password is incorrect. If you don't remember your password, reset it now.",
  /** AADSTS50057; the page calls it locked all the same. */
  disabled: 'Your account has been locked. Contact your support person to unlock it, then try again.',
  wrongCode: "You didn't enter the expected verification code. Please try again.",
}

const responseTypes = new Set(['code', 'code id_token', 'id_token code'])

function readAuthorization(context: Context, directory: Directory): Authorization {
  const query = (name: string) => context.req.query(name)
  const clientId = query('client_id')
  if (!clientId) throw missingParameter('client_id')
  const application = requireApplication(directory, clientId)
  const redirectUri = query('redirect_uri') ?? application.redirectUris[0] ?? ''
  if (!application.redirectUris.includes(redirectUri)) throw wrongRedirect(redirectUri, clientId)
  const responseType = query('response_type') ?? ''
  if (!responseTypes.has(responseType)) throw unsupportedResponseType(responseType)
  const wantsIdToken = responseType !== 'code'
  const nonce = query('nonce')
  if (wantsIdToken && !nonce) throw missingParameter('nonce')
  return {
    application,
    redirectUri,
    responseMode: query('response_mode') ?? (wantsIdToken ? 'fragment' : 'query'),
    wantsIdToken,
    scope: query('scope') ?? 'openid',
    state: query('state'),
    nonce,
    codeChallenge: query('code_challenge'),
    codeChallengeMethod: query('code_challenge_method'),
  }
}

const userNameStep = (tenant: string, flow: string) => ({ action: `/${tenant}/username`, flow })
const codeStep = (flow: string) => ({ action: '/common/SAS/ProcessAuth', flow })
const passwordStep = (tenant: string, flow: string) => ({ action: `/${tenant}/login`, flow })

async function readForm(context: Context) {
  return new URLSearchParams(await context.req.text())
}

/** An address on the site of one of the applications. */
function isRegistered(directory: Directory, address: string) {
  if (!URL.canParse(address)) return false
  const { origin } = new URL(address)
  return directory.applications.some(({ redirectUris }) => redirectUris.some(uri => new URL(uri).origin === origin))
}

function show(context: Context, page: Page) {
  return context.html(page, 200, { 'content-security-policy': contentSecurityPolicy, 'cache-control': 'no-store' })
}
