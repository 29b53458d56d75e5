import { Hono } from 'hono'
import * as z from 'zod'
import { Faults } from './fault-schema.ts'
import type { Faults as ArmedFaults } from './fault.ts'
import type { RecordedRequest } from './request-log.ts'

/** Where the sandbox is controlled, on Resource Manager's origin. Azure has no such path. */
export const controlPath = '/_sandbox'

/**
 * Arms and clears faults, and tells the requests so far, to scripts. Who asks must send `x-verbatim-sandbox: control`: a
 * page in a browser can't, without being asked for leave first.
 */
export function createControl(faults: ArmedFaults, requests: readonly RecordedRequest[]): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    if (context.req.header('x-verbatim-sandbox') === 'control') return next()
    return context.json({ error: "Send the header 'x-verbatim-sandbox: control'." }, 403)
  })
  app.post('/faults', async context => {
    const sent: unknown = await context.req.json().catch(() => undefined)
    const read = Faults.safeParse(Array.isArray(sent) ? sent : [sent])
    if (!read.success) return context.json({ error: z.prettifyError(read.error) }, 400)
    read.data.forEach(fault => faults.add(fault))
    return context.json({ armed: read.data.length }, 201)
  })
  app.delete('/faults', context => {
    faults.clear()
    return context.body(null, 204)
  })
  app.get('/requests', context => context.json(requests))
  app.all('*', context => context.json({ error: 'Known are POST and DELETE /faults, and GET /requests.' }, 404))
  return app
}
