import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { failedCheck, type CheckJob, type CheckSettings, type Finding } from './check-file.ts'

/** Checks files, several at once where that is faster. */
export interface CheckPool {
  check(job: CheckJob): Promise<Finding>
  close(): Promise<void>
}

/** Worker threads that start as work comes in. Undefined where the program isn't built: there is no worker to start. */
export function openPool(settings: CheckSettings): CheckPool | undefined {
  const script = new URL('check-worker.js', import.meta.url)
  if (!existsSync(script)) return undefined
  for (const flag of threadFlags) setFlagsFromString(flag)
  return new Pool(script, settings)
}

interface Task {
  job: CheckJob
  done(finding: Finding): void
}

interface Thread {
  worker: Worker
  /** In the order in which they are worked on. */
  tasks: Task[]
}

/**
 * For the few seconds that a check of many files lasts, V8's defaults (Node 20) are those of a server: it compiles what
 * runs often once more in each thread anew (after 67,584 bytes of bytecode, with functions copied into each other), and
 * collects garbage with helper threads while each processor has a file to check. `npm run bench` tells what that costs.
 */
const threadFlags = ['--interrupt-budget=1000000', '--max-inlined-bytecode-size-cumulative=0', '--no-parallel-scavenge']

/** A few tasks wait in each thread, so that it never waits for the next one. */
const tasksAhead = 3
/** Each takes about 100 MB. */
const mostThreads = 3

class Pool implements CheckPool {
  private readonly threads: Thread[] = []
  private readonly queue: Task[] = []
  private readonly size = Math.min(mostThreads, availableParallelism())
  private closed = false

  constructor(
    private readonly script: URL,
    private readonly settings: CheckSettings,
  ) {}

  check(job: CheckJob): Promise<Finding> {
    return new Promise(done => {
      this.queue.push({ job, done })
      this.assign()
    })
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()))
  }

  private assign(): void {
    while (this.queue.length > 0) {
      const idle = this.threads.find(({ tasks }) => tasks.length === 0)
      const thread =
        idle ??
        (this.threads.length < this.size
          ? this.start()
          : this.threads
              .toSorted((a, b) => a.tasks.length - b.tasks.length)
              .find(({ tasks }) => tasks.length < tasksAhead))
      if (!thread) return
      const task = this.queue.shift()
      if (!task) return
      thread.tasks.push(task)
      thread.worker.postMessage(task.job)
    }
  }

  private start(): Thread {
    const worker = new Worker(this.script, {
      workerData: this.settings,
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
    })
    const thread: Thread = { worker, tasks: [] }
    this.threads.push(thread)
    worker.on('message', (finding: Finding) => {
      thread.tasks.shift()?.done(finding)
      this.assign()
    })
    worker.on('error', error => this.lose(thread, error))
    return thread
  }

  /** A thread that dies takes the file with it that it was working on; the others go to another thread. */
  private lose(thread: Thread, error: unknown): void {
    this.threads.splice(this.threads.indexOf(thread), 1)
    const [culprit, ...others] = thread.tasks
    culprit?.done(failedCheck(culprit.job, error))
    this.queue.unshift(...others)
    if (!this.closed) this.assign()
  }
}
