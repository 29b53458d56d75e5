import type { FullResult, Reporter, TestCase } from '@playwright/test/reporter'

/** Closes a run of the tests with one line that scripts can read: `N passed, N failed`, and what was skipped. */
export default class SummaryReporter implements Reporter {
  readonly #tests = new Set<TestCase>()
  #errors = 0

  onTestEnd(test: TestCase): void {
    this.#tests.add(test)
  }

  onError(): void {
    this.#errors++
  }

  onEnd(_: FullResult): void {
    const count = (outcome: ReturnType<TestCase['outcome']>) =>
      [...this.#tests].filter(test => test.outcome() === outcome).length
    const failed = count('unexpected') + count('flaky') + this.#errors
    const skipped = count('skipped')
    process.stdout.write(
      `\n${count('expected')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    )
  }

  printsToStdio(): boolean {
    return false
  }
}
