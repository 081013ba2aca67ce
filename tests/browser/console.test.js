// The console as a whole and its first page: log-in, figures, languages, keyboard, what it may ask for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { logIn, visit } from './browser.js';
import { card, office, plain } from './office.js';
import { people } from './server.js';

const all = office();
const { atDoor, as } = all;
const api = () => all.server.api;

const percent = (part, whole) => `${Math.round((part / whole) * 100)} %`;
const refused = (fault) => fault.includes('status of 401');

test('a wrong password says what happened and what to do, and keeps the log-in name', () =>
  atDoor(async (page) => {
    await page.fill('input[name=login]', people.lead);
    await page.fill('input[name=password]', 'not this one');
    await page.click('button.main');
    const alert = page.locator('[role=alert] p');
    await alert.waitFor();
    assert.match(await alert.innerText(), /[а-яё]+.*\..*[а-яё]/i);
    assert.equal(await page.inputValue('input[name=login]'), people.lead);
  }, { expected: refused }));

test('the figures of the overview are those of the API', () =>
  as(people.lead, async (page) => {
    const { coverage, norm, cases, nps, paused } = await api().get('/v1/results/overview');
    assert.ok(coverage.done > 0 && cases.count > 0 && nps.answers > 0, 'the demo has something to show');

    const covered = await card(page, 'Охват клиентов');
    assert.ok(covered.includes(percent(coverage.done, coverage.total)), covered);
    for (const state of ['done', 'paused', 'booked', 'called', 'untouched'])
      assert.match(covered, new RegExp(`(^|\\s)${coverage[state]}(\\s|$)`));
    assert.match(await card(page, 'Норматив недели'), new RegExp(`${norm.done}\\s+из ${norm.norm}`));
    assert.match(await card(page, 'Проблемы клиентов'), new RegExp(`${cases.count}`));
    assert.match(await card(page, 'Открытые проблемы'), new RegExp(`${cases.count}`));
    assert.match(await card(page, 'Анкеты на паузе'), new RegExp(`${paused.count}`));
    assert.match(await card(page, 'Индекс NPS'), new RegExp(`${Math.abs(nps.score)}[^]*${nps.promoters}[^]*${nps.detractors}`));
    await page.waitForSelector('dl[aria-busy=false] dd');
    const { questionnaires, risk } = await api().get('/v1/results/consolidated');
    const year = await card(page, 'Итоги года');
    assert.match(year, new RegExp(`(^|\\s)${questionnaires.delivered}\\s`));
    assert.match(year, new RegExp(`(^|\\s)${risk.clients}\\s`));
    for (const rep of norm.reps) {
      const row = page.locator('#norm li.rep', { hasText: rep.name });
      assert.match(await row.innerText(), new RegExp(`${rep.done} из ${rep.norm}`));
    }
  }));

test('the first screen of a desk shows the state of the whole programme, without scrolling', () =>
  as(people.lead, async (page) => {
    for (const heading of ['Охват клиентов', 'Норматив недели', 'Проблемы клиентов', 'Индекс NPS', 'Итоги года', 'Норматив по сотрудникам']) {
      const place = await page.getByRole('heading', { name: heading, exact: true }).boundingBox();
      assert.ok(place && place.y + place.height < 900, heading);
    }
  }));

test('what clients confirmed today stands at the open problems, and the overview says what day it is', () =>
  as(people.lead, async (page) => {
    const { restored } = await api().get('/v1/daily');
    assert.match(await card(page, 'Проблемы клиентов'), new RegExp(`сегодня подтвержден[аоы]? ${restored.length}`));
    const { today } = await api().get('/v1/results/overview');
    assert.ok((await page.locator('main header').first().innerText()).includes(String(Number(today.slice(8)))));
  }));

test('the page speaks the chosen language, with the same figures', () =>
  as(people.lead, async (page) => {
    const before = await page.locator('.figure').first().innerText();
    await page.getByRole('button', { name: 'English' }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.locator('h1').innerText(), 'Overview');
    // What the page itself says; names of clients stay as they are.
    const own = (await page.locator('h1, h2, nav a, thead th, button:not([lang])').allInnerTexts()).join('\n');
    assert.doesNotMatch(own, /[а-яё]/i);
    assert.equal((await page.locator('.figure').first().innerText()).match(/\d+/)[0], before.match(/\d+/)[0]);
  }));

test('a filter stands in the address, narrows the figures as the API does, and Back undoes it', () =>
  as(people.lead, async (page) => {
    const { norm } = await api().get('/v1/results/overview');
    const rep = norm.reps[0];
    const narrowed = await api().get(`/v1/results/overview?rep=${rep.id}`);
    await page.getByLabel('Сотрудник', { exact: true }).selectOption(rep.id);
    await page.waitForFunction(() => document.querySelectorAll('#norm li.rep').length === 1);
    assert.ok(page.url().includes(rep.id));
    assert.ok((await card(page, 'Охват клиентов')).includes(`из ${narrowed.coverage.total}`));
    await page.goBack();
    await page.waitForFunction((count) => document.querySelectorAll('#norm li.rep').length === count, norm.reps.length);
  }));

test('everything can be reached by keyboard: log-in, skip link, tabs, menu', () =>
  atDoor(async (page) => {
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'login');
    await logIn(page, people.lead);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'К содержанию');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'title');
    await visit(page, '#/answers', '#panel article');
    await page.focus('[role=tab][aria-selected=true]');
    const before = await page.evaluate(() => document.activeElement?.id);
    await page.keyboard.press('ArrowRight');
    const chosen = page.locator('[role=tab][aria-selected=true]');
    await page.waitForFunction((id) => document.querySelector('[role=tab][aria-selected=true]')?.id !== id, before);
    assert.ok(await chosen.evaluate((tab) => tab === document.activeElement));

    const menu = page.getByRole('button', { name: 'Выгрузить' });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('ArrowDown');
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /CSV/);
    await page.keyboard.press('Escape');
    assert.ok(await menu.evaluate((button) => button === document.activeElement));
  }));

test('the palette finds pages and clients by a few letters', () =>
  as(people.lead, async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Найти и перейти' }).fill('журн');
    await page.getByRole('option', { name: /Журнал правок/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/audit/);
    const client = (await api().get('/v1/clients?limit=1')).items[0];
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Найти и перейти' }).fill(client.name.toLowerCase());
    await page.getByRole('option', { name: client.name }).first().click();
    await page.waitForURL(new RegExp(`#/clients/${client.id}`));
  }));

test('shortcuts lie where the keys lie, under a Russian layout too', () =>
  as(people.lead, async (page) => {
    // What a browser sends for a key that has "п" on it, where "g" is in Latin.
    const press = (key, code, more = {}) =>
      page.evaluate(([key, code, more]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, ...more })), [key, code, more]);
    await press('п', 'KeyG');
    await press('с', 'KeyC');
    await page.waitForURL(/#\/clients$/);
    await page.waitForSelector('main input[type=search]');
    await press('.', 'Slash');
    assert.ok(await page.evaluate(() => document.activeElement?.matches('input[type=search]')));
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.activeElement.blur());
    await press('л', 'KeyK', { ctrlKey: true });
    await page.getByRole('combobox', { name: 'Найти и перейти' }).waitFor();
    await page.keyboard.press('Escape');
    // Chromium closes a dialog in its own time, and keys are the dialog's until then.
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Клавиши' }).waitFor();
    // Every page has a letter, and no two the same.
    const letters = await page.locator('dialog dt').allInnerTexts();
    assert.equal(new Set(letters).size, letters.length);
  }));

test('an access token that ran out is renewed without anybody noticing', () =>
  as(people.lead, async (page) => {
    let refusals = 0;
    await page.route('**/v1/results/overview', (route) => {
      if (refusals++ > 0) return route.continue();
      return route.fulfill({ status: 401, contentType: 'application/json', body: '{"code":"auth.token_expired"}' });
    });
    const renewed = page.waitForResponse((response) => response.url().endsWith('/v1/refresh'));
    const answered = page.waitForResponse((response) => response.url().includes('/v1/results/overview') && response.ok());
    await page.getByRole('button', { name: 'Обновить' }).click();
    assert.equal((await renewed).status(), 200);
    await answered;
    await page.waitForFunction(() => !document.querySelector('[role=alert] p'));
    assert.equal(await page.locator('h1').innerText(), 'Сводка');
    assert.equal(refusals, 2);
  }, { expected: refused }));

test('log-out forgets everything on the page', () =>
  as(people.lead, async (page) => {
    await page.getByRole('button', { name: 'Выйти' }).click();
    await page.waitForSelector('input[name=login]');
    assert.equal(await page.locator('.card').count(), 0);
    const kept = await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }));
    assert.deepEqual(kept, ['anketa.language']);
  }));

test('the page may run nothing inline and ask nobody else, and its first load is small', () =>
  atDoor(async (page) => {
    const answer = await page.request.get(`${all.server.address}/`, { ignoreHTTPSErrors: true });
    const policy = answer.headers()['content-security-policy'];
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    const session = await page.context().newCDPSession(page);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.reload();
    await logIn(page, people.lead);
    assert.ok(bytes > 0 && bytes < 400_000, `${bytes} bytes`);
  }));

test('the figures are loaded anew when the server has news', () =>
  atDoor(async (page) => {
    const greeted = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
    await logIn(page, people.lead);
    await greeted;
    const loaded = page.waitForResponse((answer) => answer.url().includes('/v1/results/overview'), { timeout: 10_000 });
    await api().addClient('ООО «Новость»');
    const { coverage } = await (await loaded).json();
    assert.equal(coverage.total, (await api().get('/v1/results/overview')).coverage.total);
  }));

test('while the server is away the page keeps what it shows and says what to do', () =>
  as(people.lead, async (page) => {
    await all.server.stop();
    await page.getByRole('button', { name: 'Обновить' }).click();
    await page.locator('[role=alert] p').first().waitFor();
    assert.match(plain(await page.locator('[role=alert]').first().innerText()), /Нет связи с сервером[^]*Повторить/);
    assert.ok((await page.locator('.card').count()) > 4);
    await all.server.start();
  }, { expected: (fault) => /ERR_CONNECTION|WebSocket/.test(fault) }));

test('both languages have the same texts', () => {
  const keys = (node, prefix = '') =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string' || 'other' in value ? [prefix + key] : keys(value, `${prefix}${key}.`),
    );
  const table = (language) => JSON.parse(readFileSync(new URL(`../../shared/text/${language}/console.json`, import.meta.url)));
  assert.deepEqual(keys(table('en')), keys(table('ru')));
});
