import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { staysInside } from '../report/output-folder.ts'
import { liveScript } from '../report/page/live.ts'

/** Shows one folder after the other at the same address, and tells its readers when there is something new. */
export interface LiveServer {
  address: string
  /** From now on the pages of a folder are shown, in this version. */
  show(folder: string, version: number): void
  close(): Promise<void>
}

/**
 * A server for this machine alone: it listens on the loopback address and answers only to its own name, so that no page of
 * another origin can read it.
 */
export async function serveLive(port: number): Promise<LiveServer> {
  const readers = new Set<ServerResponse>()
  let shown: { folder: string; version: number } | undefined
  const server = createServer((request, response) => {
    if (!isForMe(request, (server.address() as AddressInfo).port)) return void response.writeHead(403).end()
    if (request.method !== 'GET') return void response.writeHead(405).end()
    if (request.url === '/events') return follow(response)
    respond(request, response, shown?.folder)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show(folder, version) {
      shown = { folder, version }
      for (const reader of readers) reader.write(`data: ${version}\n\n`)
    },
    close() {
      for (const reader of readers) reader.end('event: end\ndata:\n\n')
      return new Promise(resolve => {
        server.close(() => resolve())
        server.closeIdleConnections()
      })
    },
  }

  function follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(`retry: 1000\n${shown ? `data: ${shown.version}\n` : ''}\n`)
    readers.add(response)
    // A reader who leaves while something is written to them is no mistake.
    response.on('error', () => readers.delete(response))
    response.once('close', () => readers.delete(response))
  }
}

/** Names that a page of another origin could give to this address (DNS rebinding) are not its own. */
function isForMe({ headers }: IncomingMessage, port: number): boolean {
  return headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.zip': 'application/zip',
  '.webm': 'video/webm',
}

function respond({ url = '/' }: IncomingMessage, response: ServerResponse, folder: string | undefined): void {
  const path = pathOf(url)
  const type = path === undefined ? undefined : types[extname(path)]
  const bytes = folder === undefined || path === undefined || !type ? undefined : read(join(folder, path))
  if (bytes && type) {
    const headers = { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
    return void response.writeHead(200, headers).end(bytes)
  }
  if (path !== 'index.html') return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(waiting)
}

/** The folder of a run before may be removed at any moment. */
function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname).slice(1) || 'index.html'
    return staysInside(path) ? path : undefined
  } catch {
    return undefined
  }
}

const policy = `default-src 'none'; connect-src 'self'; script-src 'sha256-${createHash('sha256').update(liveScript).digest('base64')}'`
const waiting = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Verbatim</title></head>
<body><p role="status">The first run is starting.</p><script>${liveScript}</script></body></html>
`
