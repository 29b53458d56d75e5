import type { DeploymentOrder, GroupOrder, Pane, PaneAnswer, QuestionPane, Task } from './host.ts'
import type { Route } from './route.ts'
import type { Settings } from './settings.ts'

/** What the shell tells a frame first, together with a port for everything else. */
export interface Connect {
  type: 'connect'
  settings: Settings
  route: Route
  title: string
}

/** What a frame can ask of the shell; every question gets an answer. */
export interface ShellCalls {
  authorize(renew: boolean): string
  navigate(route: Route): void
  setDirty(dirty: boolean): void
  openPane(pane: Pane): void
  askPane(pane: QuestionPane): PaneAnswer | undefined
  deploy(order: DeploymentOrder): void
  createGroup(order: GroupOrder): void
  carryOut(task: Task): boolean
  isFresh(id: string): boolean
  /** The page has something to show. */
  ready(): void
  /** A key that belongs to the shell was pressed inside the frame. */
  key(key: string): void
}

/** The shell's side: the same functions, which may take their time. */
export type ShellHandlers = {
  [Name in keyof ShellCalls]: (
    ...values: Parameters<ShellCalls[Name]>
  ) => ReturnType<ShellCalls[Name]> | Promise<ReturnType<ShellCalls[Name]>>
}

/** What the shell tells a frame later. */
export interface FrameEvent {
  type: 'refresh'
}

interface Question {
  number: number
  call: keyof ShellCalls
  values: unknown[]
}

type Answer = { number: number; value: unknown } | { number: number; error: string }

/** Answers a frame's questions on `port`. */
export function serveFrame(port: MessagePort, handlers: ShellHandlers): void {
  port.onmessage = async ({ data }: MessageEvent<Question>) => {
    const handler = handlers[data.call] as (...values: unknown[]) => unknown
    try {
      port.postMessage({ number: data.number, value: await handler(...data.values) } satisfies Answer)
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      port.postMessage({ number: data.number, error: text } satisfies Answer)
    }
  }
}

export type AskShell = <Name extends keyof ShellCalls>(
  call: Name,
  ...values: Parameters<ShellCalls[Name]>
) => Promise<ReturnType<ShellCalls[Name]>>

/** Puts a frame's questions to the shell on `port`; events of the shell go to `onEvent`. */
export function askShell(port: MessagePort, onEvent: (event: FrameEvent) => void): AskShell {
  const waiting = new Map<number, { resolve(value: never): void; reject(reason: Error): void }>()
  let last = 0
  port.onmessage = ({ data }: MessageEvent<Answer | FrameEvent>) => {
    if ('type' in data) return onEvent(data)
    const asked = waiting.get(data.number)
    waiting.delete(data.number)
    if ('error' in data) return asked?.reject(new Error(data.error))
    asked?.resolve(data.value as never)
  }
  return (call, ...values) =>
    new Promise((resolve, reject) => {
      const number = (last += 1)
      waiting.set(number, { resolve, reject })
      port.postMessage({ number, call, values } satisfies Question)
    })
}
