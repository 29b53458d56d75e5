import { expect, test } from '@playwright/test'
import { plain, readingOf, readingsOf } from './step-of.ts'

const sentences: Record<string, object[]> = {
  'In the search box at the top of the portal, enter ***disks***. Select **Disks** from the search results.': [
    { do: 'search', value: 'disks' },
    { do: 'select', target: 'Disks', where: ['search results'] },
  ],
  'Search for `Audit logs` and press **Enter**. Select the logs.': [
    { do: 'search', value: 'Audit logs' },
    { do: 'select', target: 'Audit logs', where: ['search results'] },
  ],
  'On the **Start** page of **Add a disk**, select **Managed** and then select **Next**.': [
    { do: 'select', target: 'Managed', where: ['Add a disk', 'Start'] },
    { do: 'select', target: 'Next', where: ['Add a disk', 'Start'] },
  ],
  'Under **Settings**, select **Endpoints**, then **Add**.': [
    { do: 'select', target: 'Endpoints', where: ['Settings'] },
    { do: 'select', target: 'Add' },
  ],
  'For **Resource group**, select **Create new**, enter *rg1*, and then select **OK**.': [
    { do: 'select', target: 'Create new', where: ['Resource group'] },
    { do: 'set', value: 'rg1', where: ['Resource group'] },
    { do: 'select', target: 'OK', where: ['Resource group'] },
  ],
  'In **Remove a disk**, enter ***disk1***, and then select **Remove**.': [
    { do: 'set', value: 'disk1', where: ['Remove a disk'] },
    { do: 'select', target: 'Remove', where: ['Remove a disk'] },
  ],
  'Select the **Disks** tab, or select **Next: Size**, then **Next: Disks**.': [
    { do: 'select', target: 'Disks' },
    { do: 'select', target: 'Next: Size', or: true },
    { do: 'select', target: 'Next: Disks', sequel: true },
  ],
  'If you have no group, select **Create new**.': [{ do: 'select', target: 'Create new', when: 'you have no group' }],
  'Select **Connect** if prompted.': [{ do: 'select', target: 'Connect', when: 'prompted' }],
  '(Optional) Enter a description.': [{ do: 'set', value: '?a description', optional: true }],
  'Replace `<SIZE>`, and then set **Size** to `<SIZE>`.': [
    { do: 'manual', target: 'Replace <SIZE>' },
    { do: 'set', target: 'Size', value: '?SIZE' },
  ],
  'Select a subscription, resource group, and region.': [
    { do: 'set', value: '?a subscription' },
    { do: 'set', value: '?resource group' },
    { do: 'set', value: '?region' },
  ],
  'Enter a zone, such as *zone1*.': [{ do: 'set', value: '?a zone' }],
  'The portal opens the **Insights** page. Select **Configure**.': [
    { do: 'select', target: 'Configure', where: ['Insights'] },
  ],
  'Specify the **Scope** by clicking the ellipsis button.': [{ do: 'select', target: 'ellipsis', where: ['Scope'] }],
  '**Save** your changes, and close the pane.': [
    { do: 'select', target: 'Save' },
    { do: 'close', target: 'the pane' },
  ],
  'Select **Create**. The disk appears in the list. You can also use another tool.': [
    { do: 'select', target: 'Create' },
  ],
  'You should see a **Succeeded** message.': [{ do: 'verify', target: 'a Succeeded message' }],
  'When you finish, select **Review + create** > **Create**.': [
    { do: 'select', target: 'Review + create' },
    { do: 'select', target: 'Create' },
  ],
  'The deployment takes a few minutes.': [],
}

for (const [sentence, actions] of Object.entries(sentences)) {
  test(`understands "${sentence}"`, () => {
    const reading = readingOf(sentence)
    expect(plain(reading.actions)).toEqual(actions)
    expect(reading.unread).toEqual([])
  })
}

test('reads a settings table with groups, sentences and bare values', () => {
  const reading = readingOf(`On the **Basics** tab, enter the following, and then select **Next**:

   | Setting | Value |
   | --- | --- |
   | **Project** | |
   | Group | Select **Create new**. </br> Enter *rg1* in **Name**. </br> Select **OK**. |
   | Zone | \`zone1\` |
   | **Machine** | |
   | Size | Choose a size or leave the default setting. |
   | Image | The image to start from. |
   | Backup | Selected |
   | Plan | Leave the default of **Basic**. |
   | Owner | *owner1* (if necessary, select **Add**) |
`)
  expect(plain(reading.actions)).toEqual([
    { do: 'select', target: 'Create new', where: ['Basics', 'Project', 'Group'] },
    { do: 'set', target: 'Name', value: 'rg1', where: ['Basics', 'Project', 'Group'] },
    { do: 'select', target: 'OK', where: ['Basics', 'Project', 'Group'] },
    { do: 'set', target: 'Zone', value: 'zone1', where: ['Basics', 'Project'] },
    { do: 'keep', target: 'Size', where: ['Basics', 'Machine'] },
    { do: 'set', target: 'Image', value: '?The image to start from', where: ['Basics', 'Machine'] },
    { do: 'check', target: 'Backup', where: ['Basics', 'Machine'] },
    { do: 'keep', target: 'Plan', value: 'Basic', where: ['Basics', 'Machine'] },
    { do: 'set', target: 'Owner', value: 'owner1', where: ['Basics', 'Machine'] },
    { do: 'select', target: 'Add', where: ['Basics', 'Machine', 'Owner'], when: 'necessary' },
    { do: 'select', target: 'Next', where: ['Basics'] },
  ])
})

test('takes the first of three columns for the place', () => {
  const reading = readingOf(`Configure the following settings:

   | Tab | Setting | Value |
   | --- | --- | --- |
   | Basics | Name | disk1 |
   | | Size | 32 |
   | Tags | Owner | me |
`)
  expect(plain(reading.actions)).toEqual([
    { do: 'set', target: 'Name', value: 'disk1', where: ['Basics'] },
    { do: 'set', target: 'Size', value: '32', where: ['Basics'] },
    { do: 'set', target: 'Owner', value: 'me', where: ['Tags'] },
  ])
})

test('gives nested items the verb that introduces them, and not the place', () => {
  const readings = readingsOf(`1. In the **Logs** pane, select the following categories:
   - **Audit**
   - **Alerts**
1. Enter:
   - **Name**: \`disk1\`
1. Here you can:
   - View alerts.
`)
  expect(readings.map(({ actions }) => plain(actions))).toEqual([
    [],
    [{ do: 'select', target: 'Audit' }],
    [{ do: 'select', target: 'Alerts' }],
    [],
    [{ do: 'set', target: 'Name', value: 'disk1' }],
    [],
    [{ do: 'review', target: 'alerts', optional: true }],
  ])
})

test('runs the code under a step and not the sentence above it', () => {
  const reading = readingOf(
    'Install the tool (Linux):\n\n   ```bash\n   ./install\n   ```\n\n   ```output\n   done\n   ```\n',
  )
  expect(reading.actions).toMatchObject([{ do: 'run', target: 'bash', code: './install', when: 'Linux' }])
})

test('takes from a note only what it says to select or to wait for', () => {
  const note = '> [!NOTE]\n   > This is slow. You can stop it. If the list is empty, select **Refresh**.\n'
  expect(plain(readingOf(`Select **Create**.\n\n   ${note}`).actions)).toEqual([
    { do: 'select', target: 'Create' },
    { do: 'select', target: 'Refresh', when: 'the list is empty' },
  ])
})

test('keeps the span of text that each action comes from', () => {
  const text = '1. Enter *a* in **Name**, and then\n   select **Save**.\n'
  const [reading] = readingsOf(text)
  const spans = reading?.actions.map(({ place }) => text.slice(place.start.offset, place.end.offset))
  expect(spans).toEqual(['Enter *a* in **Name**', 'select **Save**'])
  expect(reading?.actions[1]?.place.start).toMatchObject({ line: 2, column: 4 })
})

test('says which instruction it does not understand, and what comes close', () => {
  const reading = readingOf('Frobnicate the **Widget**, and select **OK**.')
  expect(reading.actions).toEqual([])
  expect(reading.unread).toMatchObject([{ status: 'unknown', text: 'Frobnicate the Widget, and select OK' }])
  expect(reading.unread[0]?.hints).not.toEqual([])
})

test('does not understand a sentence that is too long to be followed', () => {
  const reading = readingOf(`Select ${'**A**, '.repeat(300)}and **B**.`)
  expect(reading.actions).toEqual([])
  expect(reading.unread).toMatchObject([{ status: 'unknown' }])
})

test('does not guess what to choose when a sentence names nothing', () => {
  const reading = readingOf('Select **Deploy**, and confirm.')
  expect(plain(reading.actions)).toEqual([{ do: 'select', target: 'Deploy' }])
  expect(reading.unread).toMatchObject([{ status: 'unknown', text: 'confirm' }])
})

test('comes back to the table after a row that leads elsewhere', () => {
  const reading = readingOf(`On the **Basics** tab, enter the following:

   | Setting | Value |
   | --- | --- |
   | Zone | Select **Deploy elsewhere**. In **Zones**, select **North**. Select the **Select** button. |
   | Size | Select **Small**. |
`)
  expect(plain(reading.actions)).toEqual([
    { do: 'select', target: 'Deploy elsewhere', where: ['Basics', 'Zone'] },
    { do: 'set', target: 'Zones', value: 'North', where: ['Basics', 'Zone'] },
    { do: 'select', target: 'Select', where: ['Basics', 'Zone'] },
    { do: 'set', target: 'Size', value: 'Small', where: ['Basics'] },
  ])
})
