// The overview page: what it shows is what the API says, for everybody, in both languages and themes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { logIn, openPage, startBrowser, violations, visit } from './browser.js';
import { people, startServer } from './server.js';

let server, browser;

before(async () => {
  server = await startServer();
  browser = await startBrowser(server.caFile);
  await server.api.logIn(people.lead);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Runs a test in a page of its own, and fails it for whatever the browser complained about. */
async function inPage(options, work, expectedFaults = () => false) {
  const { page, faults, close } = await openPage(browser, server.address, options);
  try {
    await work(page);
    assert.deepEqual(faults.filter((fault) => !expectedFaults(fault)), []);
  } finally {
    await close();
  }
}

/** The text of a card, found by its heading, with no-break spaces as plain ones. */
async function card(page, heading) {
  const text = await page.locator('section.card', { has: page.getByRole('heading', { name: heading, exact: true }) }).innerText();
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

const percent = (part, whole) => `${Math.round((part / whole) * 100)} %`;
const refused = (fault) => fault.includes('status of 401');

test('a wrong password says what happened and what to do, and keeps the log-in name', () =>
  inPage({}, async (page) => {
    await page.fill('input[name=login]', people.lead);
    await page.fill('input[name=password]', 'not this one');
    await page.click('button.main');
    const alert = page.locator('[role=alert] p');
    await alert.waitFor();
    assert.match(await alert.innerText(), /[а-яё]+.*\..*[а-яё]/i);
    assert.equal(await page.inputValue('input[name=login]'), people.lead);
  }, refused));

test('the figures of the overview are those of the API', () =>
  inPage({}, async (page) => {
    await logIn(page, people.lead);
    const { coverage, norm, cases, nps, paused } = await server.api.get('/v1/results/overview');
    assert.ok(coverage.done > 0 && cases.count > 0 && nps.answers > 0, 'the demo has something to show');

    const covered = await card(page, 'Охват клиентов');
    assert.ok(covered.includes(percent(coverage.done, coverage.total)), covered);
    for (const state of ['done', 'paused', 'booked', 'called', 'untouched'])
      assert.match(covered, new RegExp(`(^|\\s)${coverage[state]}(\\s|$)`));
    assert.match(await card(page, 'Норматив недели'), new RegExp(`${norm.done}\\s+из ${norm.norm}`));
    assert.match(await card(page, 'Открытые проблемы'), new RegExp(`${cases.count}`));
    assert.match(await card(page, 'Анкеты на паузе'), new RegExp(`${paused.count}`));
    assert.match(await card(page, 'Индекс NPS'), new RegExp(`${Math.abs(nps.score)}[^]*${nps.promoters}[^]*${nps.detractors}`));
    await page.waitForSelector('dl[aria-busy=false] dd');
    const { questionnaires, risk } = await server.api.get('/v1/results/consolidated');
    const year = await card(page, 'Итоги года');
    assert.match(year, new RegExp(`(^|\\s)${questionnaires.delivered}\\s`));
    assert.match(year, new RegExp(`(^|\\s)${risk.clients}\\s`));
    for (const rep of norm.reps) {
      const row = page.locator('#norm li.row', { hasText: rep.name });
      assert.match(await row.innerText(), new RegExp(`${rep.done} из ${rep.norm}`));
    }
  }));

test('the answers of a section are counted as by the API', () =>
  inPage({}, async (page) => {
    await logIn(page, people.lead);
    await visit(page, '#/answers', '#answers article');
    const { sections } = await server.api.get('/v1/results/questions');
    for (const section of sections) {
      await page.click(`#tab-${section.name}`);
      const answered = section.questions.filter((question) => question.answered > 0);
      assert.equal(await page.locator('#answers article').count(), answered.length, section.name);
      for (const question of answered.filter(({ choices }) => choices)) {
        const rows = await page.locator(`article[aria-labelledby=question-${question.name}] tbody tr`).allInnerTexts();
        assert.deepEqual(
          rows.map((row) => Number(row.split('\t').at(-2))),
          question.choices.map(({ count }) => count),
          question.name,
        );
      }
    }
  }));

test('texts open in a dialog, are searched as by the API, and Escape gives the focus back', () =>
  inPage({}, async (page) => {
    await logIn(page, people.lead);
    await visit(page, '#/answers', '#answers article');
    await page.click('#tab-s5');
    const open = page.locator('article[aria-labelledby=question-nps_why] button');
    await open.click();
    const dialog = page.locator('dialog');
    await dialog.locator('li').first().waitFor();
    const all = await server.api.get('/v1/results/questions/nps_why/texts');
    assert.match(await dialog.locator('[role=status]').innerText(), new RegExp(`^${all.total}\\s`));

    const word = all.items[0].text.split(/[^\p{L}]+/u).find(({ length }) => length > 4);
    const found = await server.api.get(`/v1/results/questions/nps_why/texts?search=${encodeURIComponent(word)}`);
    assert.ok(found.total > 0 && found.total < all.total, `the word «${word}» tells texts apart`);
    await dialog.locator('input').fill(word);
    await page.waitForFunction(
      (total) => parseInt(document.querySelector('dialog [role=status]').innerText, 10) === total,
      found.total,
    );

    // The first Escape empties the search field, the second closes the dialog.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(await open.evaluate((button) => button === document.activeElement));
  }));

test('the page speaks the chosen language, with the same figures', () =>
  inPage({}, async (page) => {
    await logIn(page, people.lead);
    const before = await page.locator('.figure').first().innerText();
    await page.getByRole('button', { name: 'English' }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.locator('h1').innerText(), 'Overview');
    // What the page itself says; names of clients stay as they are, and so do the form's own numbers ("5П").
    const own = (await page.locator('h1, h2, nav a, thead th, button:not([lang])').allInnerTexts()).join('\n');
    assert.doesNotMatch(own.replaceAll(/^\d+[А-Я]/gm, ''), /[а-яё]/i);
    assert.equal((await page.locator('.figure').first().innerText()).match(/\d+/)[0], before.match(/\d+/)[0]);
  }));

test('a filter stands in the address, narrows the figures as the API does, and Back undoes it', () =>
  inPage({}, async (page) => {
    await logIn(page, people.lead);
    const { norm } = await server.api.get('/v1/results/overview');
    const rep = norm.reps[0];
    const narrowed = await server.api.get(`/v1/results/overview?rep=${rep.id}`);
    await page.selectOption('.filters select >> nth=-1', rep.id);
    await page.waitForFunction(() => document.querySelectorAll('#norm li.row').length === 1);
    assert.ok(page.url().includes(rep.id));
    assert.ok((await card(page, 'Охват клиентов')).includes(`из ${narrowed.coverage.total}`));
    await page.goBack();
    await page.waitForFunction((count) => document.querySelectorAll('#norm li.row').length === count, norm.reps.length);
  }));

test('everything can be reached by keyboard: log-in, skip link, tabs', () =>
  inPage({}, async (page) => {
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'login');
    await logIn(page, people.lead);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'К содержанию');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'title');
    await visit(page, '#/answers', '#answers article');
    await page.focus('[role=tab][aria-selected=true]');
    const before = await page.evaluate(() => document.activeElement?.id);
    await page.keyboard.press('ArrowRight');
    const chosen = page.locator('[role=tab][aria-selected=true]');
    assert.notEqual(await chosen.getAttribute('id'), before);
    assert.ok(await chosen.evaluate((tab) => tab === document.activeElement));
  }));

test('the service side sees problems, not how the programme goes (R14, R36)', () =>
  inPage({}, async (page) => {
    await logIn(page, people.service);
    await page.getByRole('heading', { name: 'Открытые проблемы' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Охват клиентов' }).count(), 0);
    assert.equal(await page.locator('#norm').count(), 0);
    assert.deepEqual(await page.locator('nav a').allInnerTexts(), ['Сводка', 'Анкеты', 'Ответы', 'Проблемы']);
    await visit(page, '#/clients', '.empty');
    await visit(page, '#/answers');
    assert.equal(await page.locator('#tab-s3').count(), 0);
  }));

test('a representative sees himself and his own clients (R36)', () =>
  inPage({}, async (page) => {
    await logIn(page, people.rep);
    await page.waitForSelector('#norm li.row');
    assert.equal(await page.locator('#norm li.row').count(), 1);
  }));

test('an access token that ran out is renewed without anybody noticing', () =>
  inPage({}, async (page) => {
    await logIn(page, people.lead);
    let refusals = 0;
    await page.route('**/v1/results/overview', (route) => {
      if (refusals++ > 0) return route.continue();
      return route.fulfill({ status: 401, contentType: 'application/json', body: '{"code":"auth.token_expired"}' });
    });
    const renewed = page.waitForResponse((response) => response.url().endsWith('/v1/refresh'));
    await page.getByRole('button', { name: 'Обновить' }).click();
    assert.equal((await renewed).status(), 200);
    await page.waitForFunction(() => !document.querySelector('[role=alert]'));
    assert.equal(await page.locator('h1').innerText(), 'Сводка');
    assert.equal(refusals, 2);
  }, refused));

test('log-out forgets everything on the page', () =>
  inPage({}, async (page) => {
    await logIn(page, people.lead);
    await page.getByRole('button', { name: 'Выйти' }).click();
    await page.waitForSelector('input[name=login]');
    assert.equal(await page.locator('.card').count(), 0);
    const kept = await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }));
    assert.deepEqual(kept, ['anketa.language']);
  }));

for (const language of ['ru', 'en'])
  for (const theme of ['light', 'dark'])
    test(`axe finds nothing: ${language}, ${theme}`, () =>
      inPage({ language, theme }, async (page) => {
        assert.deepEqual(await violations(page), []);
        await logIn(page, people.lead);
        assert.deepEqual(await violations(page), []);
        await visit(page, '#/answers', '#answers article');
        assert.deepEqual(await violations(page), []);
        await page.click('article .button >> nth=0');
        await page.waitForSelector('dialog li');
        assert.deepEqual(await violations(page), []);
      }));

for (const width of [1440, 768, 390, 320])
  test(`nothing is cut off sideways at ${width} px, also with large text`, () =>
    inPage({ width, height: 844 }, async (page) => {
      await logIn(page, people.lead);
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(await overflow(), 0);
      if (width >= 768) await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
      assert.equal(await overflow(), 0);
    }));

test('the page may run nothing inline and ask nobody else, and its first load is small', () =>
  inPage({}, async (page) => {
    const answer = await page.request.get(`${server.address}/`, { ignoreHTTPSErrors: true });
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
  inPage({}, async (page) => {
    const greeted = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
    await logIn(page, people.lead);
    await greeted;
    const loaded = page.waitForResponse((answer) => answer.url().includes('/v1/results/overview'), { timeout: 10_000 });
    await server.api.addClient('ООО «Новость»');
    const { coverage } = await (await loaded).json();
    assert.equal(coverage.total, (await server.api.get('/v1/results/overview')).coverage.total);
  }));

test('while the server is away the page keeps what it shows and says what to do', () =>
  inPage({}, async (page) => {
    await logIn(page, people.lead);
    await server.stop();
    await page.getByRole('button', { name: 'Обновить' }).click();
    await page.locator('[role=alert]').waitFor();
    assert.match(await page.locator('[role=alert]').innerText(), /Нет связи с сервером[^]*Повторить/);
    assert.ok((await page.locator('.card').count()) > 4);
  }, (fault) => fault.includes('ERR_CONNECTION')));

test('both languages have the same texts', () => {
  const keys = (node, prefix = '') =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string' || 'other' in value ? [prefix + key] : keys(value, `${prefix}${key}.`),
    );
  const table = (language) => JSON.parse(readFileSync(new URL(`../../shared/text/${language}/console.json`, import.meta.url)));
  assert.deepEqual(keys(table('en')), keys(table('ru')));
});
