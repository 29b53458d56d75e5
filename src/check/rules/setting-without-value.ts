import type { Row, Table } from '../../article/article.ts'
import type { StepReading } from '../../action/action.ts'
import type { Problem, Rule } from '../rule.ts'

/** A row of a settings table that names a field and says nothing about it. */
export const settingWithoutValue: Rule = {
  severity: 'warning',
  summary: 'A row of a settings table names a field and gives no value.',
  why: 'Readers don’t know what to enter, and a run leaves the field alone. A row that only heads a group has its name in bold.',
  examples: [
    {
      wrong:
        '# Create a vault\n\n1. Enter these settings:\n\n   | Setting | Value |\n   | --- | --- |\n   | Vault name | `myVault` |\n   | Region | |\n',
      right:
        '# Create a vault\n\n1. Enter these settings:\n\n   | Setting | Value |\n   | --- | --- |\n   | **Instance details** | |\n   | Vault name | `myVault` |\n   | Region | West US |\n',
    },
  ],
  check: ({ readings }) => readings.flatMap(problemsOf),
}

function problemsOf(reading: StepReading): Problem[] {
  return reading.step.content.flatMap(content =>
    content.type === 'table' && isSettingsTable(content, reading)
      ? content.rows.filter(isEmpty).map(row => ({
          message: `Unexpected empty value for “${row.cells[0]?.text}”, expected what to enter, or a bold name for the head of a group.`,
          place: row.cells[0]?.place ?? row.place,
        }))
      : [],
  )
}

/** Some of its rows were read as something to do. */
function isSettingsTable({ place: { path, start, end } }: Table, { actions }: StepReading): boolean {
  return actions.some(
    ({ place }) => place.path === path && place.start.offset >= start.offset && place.end.offset <= end.offset,
  )
}

function isEmpty({ cells }: Row): boolean {
  const [name, ...rest] = cells
  if (!name || name.text === '' || rest.some(({ text }) => text !== '')) return false
  return name.children.some(child => child.type !== 'strong' && !(child.type === 'text' && child.value.trim() === ''))
}
