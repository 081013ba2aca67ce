// A programme on its first day: every list is empty, and each says what to do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations, visit } from './browser.js';
import { office } from './office.js';
import { firstDay, people } from './server.js';

const all = office(firstDay);

const pages = [
  'overview', 'clients', 'questionnaires', 'answers', 'problems', 'problems?tab=table', 'problems?tab=bottlenecks', 'problems?tab=tasks',
  'campaign', 'conflicts', 'conflicts?tab=parked', 'conflicts?tab=resolved', 'results/sales', 'results/revisions', 'mail',
];

for (const language of ['ru', 'en'])
  test(`every empty list says why it is empty and what to do: ${language}`, () =>
    all.as(people.lead, async (page) => {
      for (const address of pages) {
        await visit(page, `#/${address}`, '.empty .title');
        const [title, ...rest] = (await page.locator('.empty').first().innerText()).split('\n').filter(Boolean);
        assert.ok(title && rest.join(' ').length > 10, address);
        if (language === 'en') assert.doesNotMatch(title, /[а-яё]/i, address);
        assert.deepEqual(await violations(page), [], address);
      }
      // Where figures stand instead of a list, there are figures.
      for (const address of ['results', 'users', 'devices', 'audit', 'backup', 'campaign']) {
        await visit(page, `#/${address}`);
        assert.equal(await page.locator('[role=alert] p').count(), 0, address);
      }
    }, { language }));

test('a filter that leaves nothing says so, and how to get back', () =>
  all.as(people.lead, async (page) => {
    await visit(page, '#/clients?search=ъъъ', '.empty .title');
    assert.match(await page.locator('.empty').innerText(), /сбросьте отбор/);
    await page.getByRole('button', { name: 'Сбросить' }).click();
    await page.waitForURL(/#\/clients$/);
  }));
