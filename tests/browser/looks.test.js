// What holds for every page: axe finds nothing, in both languages and themes and with whatever opens over a page; no
// page is wider than the window; and the browser has nothing to complain of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations, visit } from './browser.js';
import { everyPage, opened } from './everypage.js';
import { office } from './office.js';
import { people } from './server.js';

const all = office();
const { as, atDoor } = all;
const api = () => all.server.api;

for (const language of ['ru', 'en'])
  for (const theme of ['light', 'dark'])
    test(`axe finds nothing on any page, nor in what opens over one: ${language}, ${theme}`, () =>
      as(people.lead, async (page) => {
        for (const address of await everyPage(api())) {
          await visit(page, `#/${address}`);
          assert.deepEqual(await violations(page), [], address);
        }
        for (const { name, at, open, shows } of opened) {
          await visit(page, `#/${at}`);
          await open(page);
          await page.waitForSelector(shows);
          assert.deepEqual(await violations(page), [], name);
          await page.keyboard.press('Escape');
          await page.waitForSelector(shows, { state: 'detached' });
        }
      }, { language, theme }));

test('axe finds nothing at the door', () =>
  atDoor(async (page) => {
    assert.deepEqual(await violations(page), []);
  }));

for (const { width, touch } of [{ width: 1440 }, { width: 768 }, { width: 390, touch: true }, { width: 320, touch: true }])
  test(`no page is wider than the window at ${width} px`, () =>
    as(people.lead, async (page) => {
      for (const address of await everyPage(api())) {
        await visit(page, `#/${address}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${address}: ${over}`);
      }
    }, { width, height: 844, touch: touch ?? false }));

test('text twice as large cuts nothing off sideways', () =>
  as(people.lead, async (page) => {
    await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) <= 0);
  }));
