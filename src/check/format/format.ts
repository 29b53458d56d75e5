import type { CheckedFile } from '../checked-file.ts'
import type { Coverage } from '../coverage.ts'

/** A way to tell what a check found, file by file, so that ten thousand files need no more memory than one. */
export interface Format {
  start(): string
  file(file: CheckedFile): string
  end(total: Total): string
}

export interface Total {
  files: number
  withoutProcedure: number
  errors: number
  warnings: number
  infos: number
  coverage: Coverage
}
