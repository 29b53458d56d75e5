import { basename, join } from 'node:path'
import { writeFileSync } from 'node:fs'
import type { FullConfig, FullResult, Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter'
import { engineReportFile, type EngineReport } from './engine-report.ts'

/**
 * Runs inside Playwright. Writes down what the steps can't tell, and ends Playwright when the command that started it
 * has gone: what is driven by nobody must not go on.
 */
export default class EngineReporter implements Reporter {
  readonly #report: EngineReport = { tests: [], errors: [] }
  #file = ''

  onBegin(config: FullConfig): void {
    this.#file = join(config.rootDir, basename(engineReportFile))
    process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'))
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const attached = (name: string) => result.attachments.find(each => each.name === name)?.path
    const [trace, video] = [attached('trace'), attached('video')]
    this.#report.tests.push({
      spec: test.location.file,
      status: result.status,
      duration: result.duration,
      errors: result.errors.map(textOf),
      ...(trace ? { trace } : {}),
      ...(video ? { video } : {}),
    })
  }

  onError(error: TestError): void {
    this.#report.errors.push(textOf(error))
  }

  onEnd(_: FullResult): void {
    writeFileSync(this.#file, JSON.stringify(this.#report, null, 2))
  }

  printsToStdio(): boolean {
    return false
  }
}

function textOf({ message, value, stack }: TestError): string {
  return stripColours(message ?? value ?? stack ?? 'unknown error')
}

function stripColours(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m/g, '')
}
