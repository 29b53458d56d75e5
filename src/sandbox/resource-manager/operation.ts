import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { operationFaults, type OperationFault } from '../fault.ts'
import type { Pace } from '../pace.ts'
import { ArmFailure } from './failure.ts'
import type { ErrorDetail } from './failure.ts'
import { internalServerError } from './failures.ts'
import type { ArmAnswer, ArmRequest } from './request.ts'

export type OperationStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled'

/** Work that goes on after its request was answered. It moves with the clock, not with the number of polls. */
export interface Operation {
  id: string
  status: OperationStatus
  startTime: Date
  endTime: Date | undefined
  failure: ArmFailure | undefined
  /** What its result address answers in the end, where that isn't the same for all of a type. */
  result?: () => ArmAnswer
  /** Resolves when the work has ended, however it ended. */
  finished: Promise<void>
}

export interface Operations {
  /** Starts the work. Without an id it gets a new one. */
  start(work: () => Promise<void>, id?: string): Operation
  find(id: string): Operation | undefined
}

/** Keeps operations for as long as the sandbox runs: a status address outlives its resource (azure-facts.md §8). */
export function createOperations(): Operations {
  const operations = new Map<string, Operation>()
  return {
    start(work, id = randomUUID()) {
      const operation: Operation = {
        id,
        status: 'InProgress',
        startTime: new Date(),
        endTime: undefined,
        failure: undefined,
        finished: Promise.resolve(),
      }
      operations.set(id, operation)
      const fault = operationFaults.getStore()
      // Not before the caller has the operation in its hands.
      operation.finished = Promise.resolve().then(() =>
        operationFaults.exit(() => carryOut(operation, fault ? () => failing(fault) : work)),
      )
      return operation
    },
    find: id => operations.get(id),
  }
}

async function carryOut(operation: Operation, work: () => Promise<void>) {
  try {
    await work()
    operation.status = 'Succeeded'
  } catch (error) {
    if (error instanceof Canceled || isAbort(error)) {
      operation.status = 'Canceled'
    } else {
      operation.status = 'Failed'
      operation.failure = error instanceof ArmFailure ? error : internalServerError()
    }
  }
  operation.endTime = new Date()
}

/** Takes a while, does nothing, and ends as a fault wants it to. */
async function failing({ end, code, message }: OperationFault) {
  if (end === 'never') return new Promise<void>(() => undefined)
  await sleep(20)
  if (end === 'canceled') throw new Canceled()
  throw new ArmFailure(
    409,
    { code: code ?? 'OperationFailed', message: message ?? 'The operation failed on purpose.' },
    'service',
  )
}

/** Thrown by work that somebody called off. */
export class Canceled extends Error {}

function isAbort(error: unknown) {
  return error instanceof Error && error.name === 'AbortError'
}

/** What an Azure-AsyncOperation address answers: always 200, with a status (azure-facts.md §3.3). */
export function answerStatus(operation: Operation, request: ArmRequest, pace: Pace): ArmAnswer {
  const running = operation.status === 'InProgress'
  return {
    status: 200,
    headers: running ? { 'azure-asyncoperation': signedUrl(request, request.path), ...pace.retryAfter(10) } : {},
    body: {
      id: request.path,
      name: operation.id,
      status: operation.status,
      startTime: operation.startTime.toISOString(),
      ...(operation.endTime ? { endTime: operation.endTime.toISOString() } : {}),
      ...(running || operation.status === 'Succeeded' ? {} : { error: describeEnd(operation) }),
    },
  }
}

/** What a Location address answers: 202 while the work goes on, then `final`, or the failure with its own status. */
export function answerResult(operation: Operation, request: ArmRequest, pace: Pace, final: ArmAnswer): ArmAnswer {
  if (operation.status === 'InProgress') {
    return { status: 202, headers: { location: signedUrl(request, request.path), ...pace.retryAfter(15) } }
  }
  if (operation.failure) throw operation.failure
  if (operation.status === 'Canceled') throw new ArmFailure(409, describeEnd(operation))
  return operation.result?.() ?? final
}

function describeEnd(operation: Operation): ErrorDetail {
  return operation.failure?.error ?? { code: 'OperationCanceled', message: 'The operation was canceled.' }
}

/**
 * An absolute address on the host that the client used, with a signature of the size that Azure's have. Nobody checks it:
 * most of it is the same in every address.
 */
export function signedUrl({ origin, apiVersion }: ArmRequest, path: string) {
  const ticks = (BigInt(Date.now()) + 62135596800000n) * 10000n
  const hash = randomBytes(32).toString('base64url')
  return `${origin}${path}?api-version=${encodeURIComponent(apiVersion)}&t=${ticks}&${signature}&h=${hash}`
}

const signature = `c=${randomBytes(1500).toString('base64url')}&s=${randomBytes(256).toString('base64url')}`
