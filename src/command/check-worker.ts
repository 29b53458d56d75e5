import { parentPort, workerData } from 'node:worker_threads'
import { FileChecker, type CheckJob, type CheckSettings } from './check-file.ts'

/** The thread of `check-pool.ts`: takes a job, answers with what was found. */
const checker = new FileChecker(workerData as CheckSettings)

parentPort?.on('message', (job: CheckJob) => {
  void checker.check(job).then(finding => parentPort?.postMessage(finding))
})
