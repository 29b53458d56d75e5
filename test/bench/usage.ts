import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/** Preloaded into a measured program: says at its end what it used. */
if (isMainThread)
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    writeFileSync(process.env.BENCH_USAGE ?? '/dev/null', JSON.stringify({ maxRSS, cpu: userCPUTime + systemCPUTime }))
  })
