import { Hono } from 'hono'
import { serveBundle } from './bundle.ts'
import type { PortalSurroundings } from './server.ts'

/**
 * What is inside the shell's frames. The page's skeleton has the ids of a real React blade (portal-facts.md §3).
 * `/React/Index` is a blade; `/React/Prewarm` is an empty one that waits for its turn.
 */
export function createFrameApp({ portalOrigin, resourceManagerOrigin }: PortalSurroundings): Hono {
  const app = new Hono()

  app.use(async (context, next) => {
    await next()
    context.header('content-security-policy', contentPolicy(portalOrigin, resourceManagerOrigin))
    context.header('x-content-type-options', 'nosniff')
  })

  app.get('/React/Index', context =>
    context.html(bladePage(portalOrigin, '<script type="module" src="/Content/frame.js"></script>')),
  )
  app.get('/React/Prewarm', context => context.html(bladePage(portalOrigin, '')))
  app.get('/Content/:file', serveBundle)
  return app
}

function contentPolicy(portalOrigin: string, resourceManagerOrigin: string) {
  return [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${resourceManagerOrigin}`,
    `frame-ancestors ${portalOrigin}`,
  ].join('; ')
}

function bladePage(portalOrigin: string, script: string) {
  return `<!doctype html>
<html lang="en" dir="ltr" data-trusted-authority="${portalOrigin}">
<head>
<meta charset="utf-8">
<title id="__frameTitle"></title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/Content/frame.css">
</head>
<body>
<h2 id="__bladeTitle" class="print-only"></h2>
<div id="__bladeShield"><div class="fxs-progress-dots"><i></i><i></i><i></i></div></div>
<div id="__bladeCommandBar"></div>
<div id="__bladeStatusBar"></div>
<div id="__bladeDialog"></div>
<div id="root"></div>
<div id="__bladeFooter"></div>
${script}
</body>
</html>`
}
