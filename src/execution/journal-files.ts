import { join } from 'node:path'

/** The folder of a run's journal, under its output folder. */
export const journalFolder = (output: string): string => join(output, 'journal')

/** The file that the worker of one article writes. */
export const articleJournal = (output: string, article: string): string =>
  join(journalFolder(output), `${article}.jsonl`)
