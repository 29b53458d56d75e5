import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Settings } from './app/settings.ts'
import { serveBundle } from './bundle.ts'
import type { PortalSurroundings } from './server.ts'
import type { Session } from './session.ts'
import { traitsOf } from './traits.ts'
import { createSessions } from './session.ts'

/** The shell's web application: its one page, sign-in by form post (portal-facts.md §9) and tokens for the page. */
export function createPortalApp(surroundings: PortalSurroundings): Hono {
  const app = new Hono()
  const sessions = createSessions(surroundings)

  app.use(async (context, next) => {
    await next()
    context.header('content-security-policy', contentPolicy(surroundings))
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'strict-origin-when-cross-origin')
  })

  app.get('/', async context => {
    const session = await sessions.find(context)
    if (!session) return context.redirect(`/auth/login/${new URL(context.req.url).search}`)
    context.header('cache-control', 'no-store')
    return context.html(shellPage(settingsFor(surroundings, session)))
  })

  // A page, not a redirect: the part behind # never reaches a server, and must outlive the round trip through Entra.
  app.get('/auth/login/', context => {
    context.header('cache-control', 'no-store')
    return context.html(departurePage(sessions.beginSignIn(context)))
  })

  app.post(surroundings.portalClient.redirectPath, async context => {
    const outcome = await sessions.completeSignIn(context)
    if (outcome.type === 'signed-in') return context.html(arrivalPage())
    return context.html(failurePage(outcome.message), 401)
  })

  app.get('/signout', context => {
    sessions.end(context)
    const back = encodeURIComponent(`${surroundings.portalOrigin}/`)
    const { entraOrigin, tenant } = surroundings
    return context.redirect(`${entraOrigin}/${tenant}/oauth2/v2.0/logout?post_logout_redirect_uri=${back}`)
  })

  app.post('/api/DelegationToken', async context => {
    if (!isOwnPage(context, surroundings.portalOrigin)) return context.json({ error: 'CrossOriginRequest' }, 403)
    const session = await sessions.find(context, context.req.query('refused') === 'true')
    if (!session) return context.json({ error: 'SessionExpired' }, 401)
    context.header('cache-control', 'no-store')
    return context.json({ authHeader: `Bearer ${session.accessToken}`, expiresInMs: session.expires - Date.now() })
  })

  app.get('/Content/:file', serveBundle)
  return app
}

function settingsFor(surroundings: PortalSurroundings, session: Session): Settings {
  const { portalOrigin, frameOrigin, resourceManagerOrigin, tenant, tenantName, tenantDomain } = surroundings
  const { subscription, era, drifts, seed, pace } = surroundings
  const { userName, name } = session
  return {
    ...{ portalOrigin, frameOrigin, resourceManagerOrigin, tenant, tenantName, tenantDomain },
    ...{ subscription, era, seed, pace },
    traits: traitsOf(era, drifts),
    user: { userName, name },
  }
}

function isOwnPage(context: Context, portalOrigin: string) {
  const origin = context.req.header('origin')
  return origin === undefined || origin === portalOrigin
}

function contentPolicy({ frameOrigin, resourceManagerOrigin }: PortalSurroundings) {
  return [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "script-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${resourceManagerOrigin}`,
    `frame-src ${frameOrigin}`,
    "frame-ancestors 'none'",
  ].join('; ')
}

function shellPage(settings: Settings) {
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Microsoft Azure</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/Content/shell.css">
</head>
<body>
<div class="fxs-splashscreen" role="status">Verbatim sandbox</div>
<div id="web-container" class="fxs-portal"></div>
<script type="application/json" id="settings">${embed(settings)}</script>
<script type="module" src="/Content/shell.js"></script>
</body>
</html>`
}

function departurePage(address: string) {
  return messagePage(
    'Sign in',
    `<p>Taking you to the sign-in page. <a href="${escape(address)}">Continue</a></p>
<script>
if (location.hash) sessionStorage.setItem('landing', location.hash)
location.replace(${embed(address)})
</script>`,
  )
}

function arrivalPage() {
  return messagePage(
    'Sign in',
    `<p>Signed in. <a href="/#home">Continue</a></p>
<script>
const landing = sessionStorage.getItem('landing') ?? '#home'
sessionStorage.removeItem('landing')
location.replace('/' + landing)
</script>`,
  )
}

function failurePage(message: string) {
  return messagePage(
    'Sign-in failed',
    `<h1>Sign-in failed</h1><p>${escape(message)}</p><p><a href="/">Try again</a></p>`,
  )
}

function messagePage(title: string, body: string) {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} - Microsoft Azure</title><link rel="icon" href="data:,">
<style>body{font:14px/1.5 'Segoe UI',system-ui,sans-serif;margin:4rem auto;max-width:40rem;color:#323130}</style></head>
<body>${body}</body></html>`
}

/** JSON that can stand in a script element. */
function embed(value: unknown) {
  return JSON.stringify(value).replace(/</g, '\\u003c')
}

function escape(text: string) {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
