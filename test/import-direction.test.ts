import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const source = fileURLToPath(new URL('../src/', import.meta.url))

/** Which folder may import from which others, type imports included (docs/design: the folders are the data flow). */
const allowed: Record<string, readonly string[]> = {
  article: [],
  cloud: [],
  sandbox: [],
  action: ['article'],
  plan: ['article', 'action'],
  check: ['article', 'action', 'plan'],
  result: ['article'],
  execution: ['article', 'action', 'plan', 'cloud', 'result'],
  report: ['article', 'action', 'result'],
  command: ['article', 'action', 'plan', 'check', 'cloud', 'result', 'execution', 'report', 'sandbox'],
}

/** Every import of a file of ours: static, dynamic, type-only, re-export. */
function importsOf(text: string): string[] {
  const specifiers = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)['"](\.[^'"]+)['"]/g)]
  return specifiers.flatMap(([, specifier]) => (specifier === undefined ? [] : [specifier]))
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(name => /\.tsx?$/.test(name))
  .map(name => ({ name: name.split(sep).join('/'), imports: importsOf(readFileSync(join(source, name), 'utf8')) }))

test('every folder of the source is one that the rules know', () => {
  expect([...new Set(files.map(({ name }) => name.split('/')[0]))].sort()).toEqual(Object.keys(allowed).sort())
})

for (const [folder, mayImport] of Object.entries(allowed))
  test(`${folder} imports ${mayImport.length > 0 ? `only ${mayImport.join(', ')}` : 'nothing of ours'}`, () => {
    const wrong = files
      .filter(({ name }) => name.startsWith(`${folder}/`))
      .flatMap(({ name, imports }) =>
        imports.flatMap(specifier => {
          const target = relative(source, resolve(source, name, '..', specifier)).split(sep)[0] ?? ''
          return target === folder || mayImport.includes(target) ? [] : [`${name} imports ${specifier}`]
        }),
      )
    expect(wrong).toEqual([])
  })

test('the rule sees an import of every kind', () => {
  const text = `import { a } from '../x/a.ts'\nimport type { B } from '../x/b.ts'\nexport * from '../x/c.ts'\nconst d = await import('../x/d.ts')\nimport '../x/e.ts'\ntype F = import('../x/f.ts').F\n`
  expect(importsOf(text)).toEqual(['../x/a.ts', '../x/b.ts', '../x/c.ts', '../x/d.ts', '../x/e.ts', '../x/f.ts'])
})
