/**
 * What pages do beyond showing: copying, tabs, opening what an address points into, and the filters of a run's page,
 * which live in the address. Everything can be read without it.
 */
export const script = `
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const say = text => { document.getElementById('status').textContent = text }

  const copy = async text => {
    try { await navigator.clipboard.writeText(text); return true } catch {
      const area = document.createElement('textarea')
      area.value = text
      document.body.append(area)
      area.select()
      const done = document.execCommand('copy')
      area.remove()
      return done
    }
  }
  document.addEventListener('click', async event => {
    const button = event.target.closest('button.copy')
    if (!button) return
    const words = button.textContent
    const done = await copy(button.dataset.copy)
    button.focus()
    button.textContent = done ? 'Copied' : 'Could not copy'
    say(button.textContent)
    setTimeout(() => { button.textContent = words }, 1600)
  })

  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1))
    const target = id && !id.includes('=') && document.getElementById(id)
    if (!target) return
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === 'DETAILS') node.open = true
      if (node.dataset?.kind === 'tab') node.dispatchEvent(new CustomEvent('show'))
    }
    const evidence = target.querySelector(':scope > .evidence')
    if (evidence) evidence.open = true
    target.scrollIntoView()
  }

  all('.tabs').forEach((group, number) => {
    const parts = all(':scope > .part', group)
    const bar = document.createElement('div')
    bar.setAttribute('role', 'tablist')
    bar.setAttribute('aria-label', 'Ways to do it')
    const tabs = parts.map((part, index) => {
      const tab = document.createElement('button')
      tab.type = 'button'
      tab.id = 'tab-' + number + '-' + index
      tab.setAttribute('role', 'tab')
      tab.textContent = part.dataset.label
      const note = part.querySelector(':scope > .part-title .part-note')
      if (note) tab.append(Object.assign(document.createElement('small'), { textContent: note.textContent }))
      part.id = part.id || 'panel-' + number + '-' + index
      tab.setAttribute('aria-controls', part.id)
      part.setAttribute('role', 'tabpanel')
      part.setAttribute('aria-labelledby', tab.id)
      part.addEventListener('show', () => select(index))
      tab.addEventListener('click', () => select(index))
      tab.addEventListener('keydown', event => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (!step) return
        const next = (index + step + tabs.length) % tabs.length
        select(next)
        tabs[next].focus()
      })
      return tab
    })
    const select = chosen => tabs.forEach((tab, index) => {
      tab.setAttribute('aria-selected', String(index === chosen))
      tab.tabIndex = index === chosen ? 0 : -1
      parts[index].hidden = index !== chosen
    })
    bar.append(...tabs)
    group.prepend(bar)
    group.classList.add('live')
    select(Math.max(0, parts.findIndex(part => part.classList.contains('part-tested'))))
  })

  const article = document.querySelector('.page-article .article')
  if (article) {
    const wide = matchMedia('screen and (min-width: 1180px)')
    const notes = all('.evidence', article)
    const place = () => {
      article.classList.toggle('noted', wide.matches)
      article.style.minHeight = ''
      for (const note of notes) note.style.top = ''
      if (!wide.matches) return
      let bottom = article.getBoundingClientRect().top
      for (const note of notes.filter(note => note.offsetParent)) {
        const step = note.parentElement.getBoundingClientRect().top
        const top = Math.max(step, bottom + 8)
        note.style.top = top - step + 'px'
        bottom = top + note.offsetHeight
      }
      article.style.minHeight = bottom - article.getBoundingClientRect().top + 32 + 'px'
    }
    wide.addEventListener('change', place)
    const observer = new ResizeObserver(place)
    for (const part of [...article.children, ...notes]) observer.observe(part)
    place()
  }

  const form = document.querySelector('form.filters')
  if (form) {
    const rows = all('tr[data-title]')
    const holder = document.getElementById('groups')
    const groups = all('.group', holder)
    const template = groups[0]
    const read = () => new URLSearchParams(location.hash.slice(1))
    const fields = all('[name]', form)
    const made = new Map([['owner', groups]])

    const regroup = by => {
      if (!template) return
      if (!made.has(by)) {
        const found = new Map()
        for (const row of rows) {
          const name = row.dataset[by] || 'none'
          found.set(name, [...(found.get(name) || []), row])
        }
        made.set(by, [...found].sort(([a], [b]) => a.localeCompare(b)).map(([name, members]) => {
          const group = template.cloneNode(true)
          group.querySelector('h3').textContent = name
          group.querySelector('tbody').replaceChildren()
          group.members = members
          return group
        }))
      }
      for (const group of made.get(by)) {
        group.members = group.members || all('tr[data-title]', group)
        group.querySelector('tbody').append(...group.members)
      }
      holder.replaceChildren(...made.get(by))
    }
    for (const group of groups) group.members = all('tr[data-title]', group)

    let grouped = 'owner'
    const apply = () => {
      const wanted = read()
      for (const field of fields) {
        if (field.type === 'checkbox') field.checked = wanted.get(field.name) === 'yes'
        else field.value = wanted.get(field.name) || (field.name === 'by' ? 'owner' : '')
      }
      const by = form.elements.by.value
      if (by !== grouped) regroup(by)
      grouped = by
      const words = (wanted.get('q') || '').toLowerCase().split(/\\s+/).filter(Boolean)
      const exact = ['owner', 'service', 'folder', 'look', 'age'].filter(name => wanted.get(name))
      const flags = ['changed', 'flaky'].filter(name => wanted.get(name) === 'yes')
      let shown = 0
      for (const row of rows) {
        const fits = words.every(word => row.dataset.title.includes(word))
          && exact.every(name => row.dataset[name] === wanted.get(name))
          && flags.every(name => row.dataset[name] === 'yes')
        row.hidden = !fits
        if (fits) shown++
      }
      for (const group of made.get(by)) group.hidden = group.members.every(row => row.hidden)
      const count = document.getElementById('shown')
      count.textContent = shown === rows.length ? 'All ' + shown + ' articles' : shown + ' of ' + rows.length + ' articles'
    }
    const write = () => {
      const wanted = new URLSearchParams()
      for (const field of fields) {
        const value = field.type === 'checkbox' ? (field.checked ? 'yes' : '') : field.value.trim()
        if (value && !(field.name === 'by' && value === 'owner')) wanted.set(field.name, value)
      }
      history.replaceState(null, '', '#' + wanted)
      apply()
    }
    form.hidden = false
    form.addEventListener('input', write)
    form.addEventListener('submit', event => event.preventDefault())
    form.addEventListener('reset', () => { history.replaceState(null, '', '#'); apply() })
    addEventListener('hashchange', apply)
    apply()
  }
  addEventListener('hashchange', reveal)
  addEventListener('beforeprint', () => { for (const part of all('.evidence.e-failed, .evidence.e-drifted')) part.open = true })
  reveal()
})()
`.trim()
