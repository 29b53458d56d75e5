import type { Declaration } from '../lifecycle.ts'
import { serviceFailure } from '../lifecycle.ts'

export const namespace = 'Microsoft.Network'

const years: Readonly<Record<string, readonly string[]>> = {
  2026: ['01-01'],
  2025: ['05-01', '03-01', '01-01'],
  2024: ['10-01', '07-01', '05-01', '03-01', '01-01'],
  2023: ['11-01', '09-01', '06-01', '05-01', '04-01', '02-01'],
  2022: ['11-01', '09-01', '07-01', '05-01', '01-01'],
  2021: ['08-01', '05-01', '03-01', '02-01'],
  2020: ['11-01', '08-01', '07-01', '06-01', '05-01', '04-01'],
  2019: ['11-01', '09-01', '08-01', '07-01', '06-01', '04-01', '02-01'],
  2018: ['11-01', '08-01', '04-01'],
}

export const apiVersions = Object.keys(years)
  .sort()
  .reverse()
  .flatMap(year => (years[year] ?? []).map(day => `${year}-${day}`))

/** 1 to 80 characters: letters, digits, `_`, `.` and `-`, from a letter or digit to one of those or `_`. */
export const name: NonNullable<Declaration['name']> = {
  pattern: /^[A-Za-z0-9](?:[\w.-]{0,78}\w)?$/,
  failure: asked =>
    serviceFailure(
      400,
      'InvalidResourceName',
      `Resource name ${asked} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.`,
    ),
}
