import * as z from 'zod'
import type { Fault } from './fault.ts'
import { serverNames } from './request-log.ts'

const match = {
  server: z.enum(serverNames).optional(),
  method: z
    .string()
    .regex(/^[A-Z]+$/, 'Say it in upper case.')
    .optional(),
  path: z.string().refine(isPattern, 'It is no regular expression.').optional(),
  times: z.number().int().positive().optional(),
  after: z.number().int().nonnegative().optional(),
  chance: z.number().min(0).max(1).optional(),
}

/** Faults as a file or the control address has them. */
export const Faults: z.ZodType<Fault[]> = z.array(
  z.discriminatedUnion('do', [
    z.strictObject({
      ...match,
      do: z.literal('answer'),
      status: z.number().int().min(200).max(599),
      body: z.unknown().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
    z.strictObject({ ...match, do: z.literal('drop') }),
    z.strictObject({ ...match, do: z.literal('hang') }),
    z.strictObject({ ...match, do: z.literal('delay'), milliseconds: z.number().int().nonnegative() }),
    z.strictObject({ ...match, do: z.literal('challenge') }),
    z.strictObject({ ...match, do: z.literal('expire') }),
    z.strictObject({
      ...match,
      do: z.literal('operation'),
      end: z.enum(['failed', 'canceled', 'never']),
      code: z.string().optional(),
      message: z.string().optional(),
    }),
    z.strictObject({ ...match, do: z.literal('stale') }),
  ]),
)

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'i')
    return true
  } catch {
    return false
  }
}
