import { randomBytes, createHash } from 'node:crypto'
import { request } from 'node:https'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { PortalSurroundings } from './server.ts'

/** Somebody who is signed in. */
export interface Session {
  userName: string
  name: string
  accessToken: string
  refreshToken: string | undefined
  /** Milliseconds since 1970. */
  expires: number
}

export type SignIn = { type: 'signed-in' } | { type: 'failed'; message: string }

export interface Sessions {
  /**
   * The caller's session, its token renewed when it is about to end or was `refused`; undefined when there is none or it
   * has expired.
   */
  find(context: Context, refused?: boolean): Promise<Session | undefined>
  /** Notes a sign-in that begins and returns Entra's address for it. */
  beginSignIn(context: Context): string
  completeSignIn(context: Context): Promise<SignIn>
  end(context: Context): void
}

interface Pending {
  nonce: string
  verifier: string
}

interface Tokens {
  access_token: string
  id_token?: string
  refresh_token?: string
  expires_in: number | string
}

const sessionCookie = 'portalauth'
const signInCookie = 'portalnonce'
const renewalMargin = 2 * 60 * 1000

/** Sessions in memory, by a random cookie: they end with the sandbox. Sign-in is the code flow with a form post (portal-facts.md §9). */
export function createSessions(surroundings: PortalSurroundings): Sessions {
  const sessions = new Map<string, Session>()
  const pending = new Map<string, Pending>()
  const { portalOrigin, entraOrigin, tenant, portalClient } = surroundings
  const redirectUri = `${portalOrigin}${portalClient.redirectPath}`
  const scope = `openid profile offline_access ${surroundings.audience.replace(/\/$/, '')}/.default`

  function redeem(grant: Record<string, string>) {
    return postForm(`${entraOrigin}/${tenant}/oauth2/v2.0/token`, surroundings.certificateAuthority, {
      client_id: portalClient.clientId,
      client_secret: portalClient.clientSecret,
      scope,
      ...grant,
    })
  }

  async function renew(key: string, session: Session, refused: boolean) {
    const refreshed = session.refreshToken
      ? await redeem({ grant_type: 'refresh_token', refresh_token: session.refreshToken }).catch(() => undefined)
      : undefined
    if (refreshed) return store(key, refreshed, session)
    if (session.expires > Date.now() && !refused) return session
    sessions.delete(key)
    return undefined
  }

  function store(key: string, tokens: Tokens, known?: Session): Session {
    const claims = { ...readClaims(tokens.access_token), ...readClaims(tokens.id_token) }
    const userName = claims['preferred_username'] ?? claims['upn'] ?? known?.userName ?? ''
    const session = {
      userName,
      name: claims['name'] ?? known?.name ?? userName,
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? known?.refreshToken,
      expires: Date.now() + Number(tokens.expires_in) * 1000,
    }
    sessions.set(key, session)
    return session
  }

  return {
    async find(context, refused = false) {
      const key = getCookie(context, sessionCookie)
      const session = key && sessions.get(key)
      if (!key || !session) return undefined
      return session.expires - Date.now() > renewalMargin && !refused ? session : renew(key, session, refused)
    },

    beginSignIn(context) {
      const state = randomBytes(24).toString('base64url')
      const attempt = { nonce: randomBytes(24).toString('base64url'), verifier: randomBytes(48).toString('base64url') }
      pending.set(state, attempt)
      // Entra posts back from another site, so the cookie that ties the answer to this browser must travel cross-site.
      setCookie(context, signInCookie, state, { httpOnly: true, secure: true, sameSite: 'None', path: '/' })
      const query = new URLSearchParams({
        client_id: portalClient.clientId,
        response_type: 'code',
        response_mode: 'form_post',
        redirect_uri: redirectUri,
        scope,
        state,
        nonce: attempt.nonce,
        code_challenge: createHash('sha256').update(attempt.verifier).digest('base64url'),
        code_challenge_method: 'S256',
      })
      return `${entraOrigin}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`
    },

    async completeSignIn(context) {
      const form = new URLSearchParams(await context.req.text())
      const state = form.get('state') ?? ''
      const attempt = pending.get(state)
      if (!attempt || getCookie(context, signInCookie) !== state) {
        return { type: 'failed', message: 'This sign-in was not started here, or was already completed. Start again.' }
      }
      pending.delete(state)
      deleteCookie(context, signInCookie, { secure: true, path: '/' })
      const code = form.get('code')
      if (!code) return { type: 'failed', message: form.get('error_description') ?? 'Entra returned no code.' }
      try {
        const tokens = await redeem({
          grant_type: 'authorization_code',
          redirect_uri: redirectUri,
          code,
          code_verifier: attempt.verifier,
        })
        if (tokens.id_token && readClaims(tokens.id_token)['nonce'] !== attempt.nonce) {
          return { type: 'failed', message: 'The answer belongs to another sign-in. Start again.' }
        }
        const key = randomBytes(32).toString('base64url')
        store(key, tokens)
        setCookie(context, sessionCookie, key, { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
        return { type: 'signed-in' }
      } catch (error) {
        return { type: 'failed', message: error instanceof Error ? error.message : String(error) }
      }
    },

    end(context) {
      const key = getCookie(context, sessionCookie)
      if (key) sessions.delete(key)
      deleteCookie(context, sessionCookie, { secure: true, path: '/' })
    },
  }
}

/** The token came straight from Entra over TLS, so its signature needs no second look. */
function readClaims(token: string | undefined): Record<string, string | undefined> {
  const payload = token?.split('.')[1]
  if (!payload) return {}
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, string | undefined>
}

/** Rejects with Entra's `error_description`. */
function postForm(address: string, certificateAuthority: string, form: Record<string, string>) {
  const body = new URLSearchParams(form).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
  return new Promise<Tokens>((resolve, reject) => {
    const call = request(address, { method: 'POST', ca: certificateAuthority, headers }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) return resolve(JSON.parse(text) as Tokens)
        reject(new Error(describeRefusal(text, response.statusCode ?? 0)))
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

function describeRefusal(text: string, status: number) {
  try {
    return (JSON.parse(text) as { error_description?: string }).error_description ?? `Entra answered ${status}.`
  } catch {
    return `Entra answered ${status}.`
  }
}
