import { readFileSync } from 'node:fs'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { markdownIn } from './markdown-in.ts'

/** What `verbatim check` is measured against: parsing every file with remark and GFM, one after the other. */
const parser = remark().use(remarkGfm)
const files = markdownIn(process.argv[2] ?? '.')
for (const file of files) parser.parse(readFileSync(file, 'utf8'))
