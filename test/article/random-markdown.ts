import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'

/** One of Verbatim's own articles. */
export const article = readFileSync(
  fileURLToPath(new URL('../../runbooks/create-recovery-services-vault.md', import.meta.url)),
  'utf8',
)

/** Pieces of Markdown and of Learn's own syntax, whole and torn. */
export const pieces = [
  ...[
    '# ',
    '## ',
    '1. ',
    '   1. ',
    '- ',
    '* ',
    '> ',
    '> [!NOTE]\n> ',
    '\n',
    '\n\n',
    '    ',
    '\t',
    '---\n',
    '***\n',
    '```\n',
    '```bash\n',
    '~~~\n',
  ],
  ...[
    '**',
    '*',
    '***',
    '_',
    '`',
    '``',
    '[',
    ']',
    '(',
    ')',
    '](',
    '![',
    '<',
    '>',
    '<!--',
    '-->',
    '</br>',
    '<b>',
    '</table>',
    '<table><tr><td>',
  ],
  ...[
    '| a | b |\n',
    '| --- | --- |\n',
    '|',
    '\\',
    '&amp;',
    '&',
    '\r\n',
    '\r',
    '\u0000',
    '\ufeff',
    '\u2028',
    '😀',
    'é',
    '…',
  ],
  ...[
    ':::',
    ':::image source="a.png"',
    ':::image type="complex" source="a.png" alt-text="x":::',
    ':::image-end:::',
    '::: zone pivot="a"\n',
    '::: zone-end\n',
    ':::code source="x.sh":::',
    '::: moniker range=">=1"\n',
  ],
  ...[
    '[!INCLUDE [x](x.md)]',
    '[!INCLUDE [x](',
    '[!div class="checklist"]\n',
    '# [Portal](#tab/portal)\n',
    '[!UICONTROL Save]',
    '[x]: y.md\n',
    '[x]',
  ],
  ...[
    'Select **Create**. ',
    'For **Region**, select **West US**. ',
    'enter *myVault*',
    ' > ',
    ', or ',
    'If prompted, ',
    'Wait for it to finish. ',
    'Sign in to the [Azure portal](https://portal.azure.com). ',
  ],
  ...[
    'Search for and select **X**',
    'Repeat steps 1 to 2. ',
    '(optional)',
    'Follow [these steps](y.md#z). ',
    '<resource-group>',
    'az group create -n x\n',
    'title: "x\n',
  ],
] as const

/** Pieces in any order. */
export const markdown = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    ),
    { maxLength: 60 },
  )
  .map(parts => parts.join(''))

/** A text with some of it gone, and pieces in its place. */
export const mutationsOf = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(40), fc.constantFrom(...pieces, '')), { minLength: 1, maxLength: 12 })
    .map(changes =>
      changes.reduce((torn, [at, length, put]) => torn.slice(0, at) + put + torn.slice(at + length), text),
    )

/** The article, torn like that. */
export const mutated = mutationsOf(article)
