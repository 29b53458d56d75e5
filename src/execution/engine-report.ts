/** What Playwright knows and the journal doesn't: files it kept, and what went wrong outside of the steps. */
export interface EngineReport {
  tests: { spec: string; status: string; duration: number; errors: string[]; trace?: string; video?: string }[]
  errors: string[]
}

/** The file of the engine's report, under a run's output folder. */
export const engineReportFile = 'specs/engine.json'
