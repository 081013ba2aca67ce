// The phone app on a phone: set up once with a network, then worked with without one; killed, opened twice, locked,
// brought into conflict. What the lead reads afterwards is what the rep gave.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './browser.js';
import { importClients } from './many.js';
import { Phone, pin, unreachable } from './phone.js';
import { password, people, startServer } from './server.js';

let server, phone, page;
/** The questionnaire the tests go through. */
let client, questionnaire;

const noFaults = (expected) => phone.noFaults(expected);

before(async () => {
  server = await startServer((data) => importClients(data, 500));
  phone = new Phone(server);
  page = await phone.start();
});

after(async () => {
  await phone?.throwAway();
  await server?.stop();
});

const place = async (target = page) => target.evaluate(() => location.hash);
const pill = () => page.locator('header .pill').innerText();

/** Goes to a question and answers it as a thumb would. */
async function answer(section, name, value) {
  await page.evaluate((hash) => (location.hash = hash), `#/fill/${questionnaire}/${encodeURIComponent(`${section}:${name}`)}`);
  await give(page.locator(`[name="${name}"]`), name, value);
}

/** The field is there by then. */
async function give(field, name, value) {
  await field.first().waitFor({ state: 'attached' });
  if ((await field.first().getAttribute('type')) === 'radio') {
    const choice = page.locator(`label:has(input[name="${name}"][value="${value}"])`);
    await choice.tap();
    await page.locator(`label.selected:has(input[name="${name}"][value="${value}"])`).waitFor();
  } else {
    await field.fill(String(value));
    await field.blur();
    await page.getByText(/сохранено в/i).waitFor();
  }
}

/** What the phone's own database holds, asked through its screen. */
async function shown(section, name) {
  await page.evaluate((hash) => (location.hash = hash), `#/fill/${questionnaire}/${encodeURIComponent(`${section}:${name}`)}`);
  const field = page.locator(`[name="${name}"]`);
  await field.first().waitFor({ state: 'attached' });
  if ((await field.first().getAttribute('type')) !== 'radio') return field.inputValue();
  return page.locator(`input[name="${name}"]:checked`).getAttribute('value');
}

const talk = [
  ['s3', 'k_story', 'Начинали втроём, гордимся заводом'],
  ['s3', 'k_wins', 'Новый цех'],
  ['s5', 'sp_ok', 'yes'],
  ['s5', 'out', 'no'],
  ['s5', 'nps', '6'],
  ['s5', 'nps_why', 'Долго отвечают на звонки'],
  ['s5', 'serious', 'yes'],
];

test('a rep logs in once, chooses a PIN, and has his clients on the phone', async () => {
  await page.waitForSelector('input[name=login]');
  await phone.setUp(people.rep);
  await server.api.logIn(people.lead);
  await phone.go('clients');
  await page.waitForSelector('.list a');
  await phone.installed();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ru');
  noFaults();
});

test('all 500 clients and more are on the phone, and all it needs offline is under 1.5 MB', async () => {
  await phone.go('today');
  const pass = page.locator('section', { has: page.getByRole('heading', { name: 'Проход за год' }) });
  assert.ok(Number((await pass.locator('.number').innerText()).match(/из (\d+)/)[1]) >= 500);
  const kept = await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0]);
    const packed = async (response) => (await new Response(response.body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer()).byteLength;
    return (await Promise.all((await cache.keys()).map(async (key) => packed(await cache.match(key))))).reduce((sum, one) => sum + one, 0);
  });
  assert.ok(kept > 100_000 && kept < 1_500_000, `${kept} bytes`);
  await phone.go('clients');
  await page.waitForSelector('.list a');
});

test('search finds as one types, by part of a word and with ё as е', async () => {
  const name = await page.locator('.list .name').first().innerText();
  await page.fill('input[type=search]', name.slice(0, 4).toLowerCase());
  await page.locator('.list mark').first().waitFor();
  assert.ok((await page.locator('.list .name').allInnerTexts()).includes(name));
  await page.fill('input[type=search]', 'нет такого слова');
  await page.getByText('Ничего не нашлось').waitFor();
  await page.fill('input[type=search]', '');
});

test('a screen begins at its top and its heading, and Back leads to where a list was left', async () => {
  await page.getByRole('button', { name: 'Показать ещё' }).tap();
  await page.locator('.list a').nth(100).waitFor();
  await page.locator('.list a').nth(90).tap();
  await page.locator('main .button.main').first().waitFor();
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await page.goBack();
  await page.waitForFunction(() => window.scrollY > 3_000);
  await page.reload();
  await phone.unlock();
  await page.waitForSelector('.list a');
  noFaults();
});

test('without a network the app opens from the phone itself, behind the PIN', async () => {
  await server.stop();
  await page.reload();
  await phone.unlock();
  await phone.go('clients');
  await page.waitForSelector('.list a');
  noFaults(unreachable);
});

test('a questionnaire is begun offline, and the phone killed in the middle loses no answer', async () => {
  await page.locator('.list a').nth(1).tap();
  await page.getByRole('button', { name: 'Начать анкету' }).tap();
  await page.waitForSelector('footer');
  [, , questionnaire] = (await place()).split('/');
  for (const [section, name, value] of talk.slice(0, 4)) await answer(section, name, value);
  await page.reload();
  await phone.unlock();
  for (const [section, name, value] of talk.slice(0, 4)) assert.equal(await shown(section, name), value);
  for (const [section, name, value] of talk.slice(4)) await answer(section, name, value);
  await phone.kill();
  page = await phone.start();
  await phone.unlock();
  await page.waitForSelector('footer');
  for (const [section, name, value] of talk) assert.equal(await shown(section, name), value, name);
  noFaults(unreachable);
});

test('it goes on at the same question after it was left', async () => {
  await answer('s5', 'nps_why', 'Долго отвечают на звонки и письма');
  await phone.go('today');
  await page.locator(`a[href="#/fill/${questionnaire}"]`).tap();
  await page.locator('[name=nps_why]').waitFor();
});

test('an app that was killed in the middle opens at the very question, unless it was left or another screen is asked for', async () => {
  const killed = async () => {
    await phone.kill();
    page = await phone.start();
    await page.waitForSelector('input[name=pin]');
  };
  await killed();
  await phone.unlock();
  await page.locator('[name=nps_why]').waitFor();
  assert.equal(await page.locator('[name=nps_why]').inputValue(), 'Долго отвечают на звонки и письма');
  // Back leads out of it, to where the day begins.
  await page.goBack();
  await page.getByRole('heading', { name: 'Норма недели' }).waitFor();
  await page.locator(`a[href="#/fill/${questionnaire}"]`).tap();
  await page.locator('[name=nps_why]').waitFor();
  await killed();
  await phone.go('clients');
  await phone.unlock();
  await page.waitForSelector('input[type=search]');
  await phone.go('fill', questionnaire, 's5%3Anps_why');
  await page.locator('[name=nps_why]').waitFor();
  await page.getByRole('button', { name: 'Выйти, всё сохранено' }).tap();
  await page.getByRole('link', { name: 'Продолжить анкету' }).waitFor();
  await killed();
  await phone.unlock();
  await page.getByRole('heading', { name: 'Норма недели' }).waitFor();
  assert.equal(await place(), '');
  await phone.go('fill', questionnaire, 's5%3Anps_why');
  await page.locator('[name=nps_why]').waitFor();
  noFaults(unreachable);
});

test('bad quality closes what comes after it and asks for the complaints (R12, R13)', async () => {
  await page.getByRole('button', { name: 'Разделы' }).tap();
  const dialog = page.locator('dialog');
  for (const number of ['6', '7', '8'])
    assert.ok(await dialog.locator('button.item:disabled', { hasText: new RegExp(`^${number}`) }).count(), `section ${number} is closed`);
  await dialog.getByText('ПАУЗА').tap();
  await page.getByRole('button', { name: 'Добавить' }).tap();
  await page.locator('textarea, input').first().waitFor();
  const text = page.locator('[name=p_text]');
  await text.waitFor();
  for (const [name, value] of [['p_cat', 'outage'], ['p_sev', 'hinders']]) {
    const choice = page.locator(`label:has(input[name$="/${name}"][value="${value}"])`);
    await choice.tap();
    await page.locator(`label.selected:has(input[name$="/${name}"][value="${value}"])`).waitFor();
  }
  await text.fill('Обрывы по вечерам');
  await text.blur();
  await page.locator('[name=p_done]').fill('Неделя без обрывов');
  await page.locator('[name=p_done]').blur();
  // What has answers is not removed by a tap alone.
  await page.getByRole('button', { name: /^Удалить/ }).tap();
  await dialog.getByText('вернуть их будет нельзя').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole('button', { name: 'Отмена' }).tap();
  await page.locator('[name=p_done]').waitFor();
});

test('the end lists what is missing as links, and with that answered the questionnaire pauses', async () => {
  await phone.answerWhatIsMissing(questionnaire);
  await page.getByRole('button', { name: 'Закончить' }).tap();
  await page.getByRole('heading', { name: 'Анкета на паузе' }).waitFor();
  // What is finished is not gone on with.
  await phone.kill();
  page = await phone.start();
  await phone.unlock();
  await page.getByRole('heading', { name: 'Норма недели' }).waitFor();
  await phone.go('fill', questionnaire);
  await page.getByRole('button', { name: 'К клиенту' }).tap();
  await page.locator('main h2').first().waitFor();
  [, , client] = (await place()).split('/');
});

test('a person met and a talk are recorded without a network (R35)', async () => {
  for (const [collection, fields] of [
    ['contact', { person: 'Соколов Игорь Львович', post: 'Директор по связи', phone: '+7 000 333-33-33' }],
    ['interaction', { summary: 'Договорились о замере в четверг' }],
  ]) {
    await phone.go('add', client, collection);
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value);
    if (collection === 'interaction') await page.locator('label.choice:has(input[value=meeting])').tap();
    await page.getByRole('button', { name: 'Сохранить' }).tap();
    await page.waitForFunction((hash) => !location.hash.startsWith(hash), '#/add');
  }
  await phone.go('client', client);
  await page.locator('.name', { hasText: 'Соколов Игорь Львович' }).waitFor();
  noFaults(unreachable);
});

test('a call books a meeting in two taps and a date, and the day shows it (R9)', async () => {
  await phone.go('clients');
  const other = page.locator('.list a').nth(4);
  await other.waitFor();
  const id = (await other.getAttribute('href')).split('/').pop();
  const name = await other.locator('.name').innerText();
  await phone.go('call', id);
  // All outcomes are at the thumb, whatever the length of the script.
  for (const outcome of ['Не ответили', 'Перезвонить', 'Отказ', 'Назначена встреча']) {
    const button = page.getByRole('button', { name: outcome });
    await button.waitFor();
    const { y, height } = await button.boundingBox();
    assert.ok(height >= 44 && y > 844 / 2 && y + height <= 844 - 60, `${outcome}: ${y} and ${height}`);
  }
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  await page.getByRole('button', { name: 'Назначена встреча' }).tap();
  assert.deepEqual(await violations(page), []);
  const tomorrow = new Date(Date.now() + 86_400_000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  await page.fill('input[name=when]', `${tomorrow}T11:47`);
  await page.getByRole('button', { name: 'Сохранить' }).tap();
  await page.waitForFunction(() => !location.hash.startsWith('#/call/'));
  await phone.go('today');
  await page.locator('li.meeting', { hasText: '11:47' }).filter({ hasText: name }).waitFor();
  noFaults(unreachable);
});

test('the dossier is edited without a network, and what is unsent is said', async () => {
  await phone.go('edit', client);
  const remarks = page.locator('textarea[name=remarks]');
  await remarks.waitFor();
  await remarks.fill('Вход со двора, пропуск заказать заранее');
  await remarks.blur();
  await phone.go('clients');
  await page.waitForFunction(() => /не отправлен/.test(document.querySelector('header .pill')?.innerText ?? ''));
  assert.match(await pill(), /^\s*[1-9]\d* не отправлен/);
  noFaults(unreachable);
});

test('back in the office a sync takes everything, and the lead reads it', async () => {
  await server.start();
  await phone.syncNow();
  await page.getByText('Всё принято в офисе').first().waitFor();
  const view = await server.api.get(`/v1/questionnaires/${questionnaire}`);
  assert.equal(view.status, 'paused');
  const answers = JSON.stringify(view);
  for (const text of ['Начинали втроём', 'Новый цех', 'Обрывы по вечерам', 'Неделя без обрывов']) assert.ok(answers.includes(text), text);
  const cases = await server.api.get('/v1/cases');
  assert.ok(cases.items.some((one) => one.client?.id === client), 'the complaints are a case');
  noFaults(unreachable);
});

test('two phones that change one field meet: both sides are shown, one tap decides (R37)', async () => {
  const other = new Phone(server);
  try {
    await other.start();
    await other.setUp(people.lead);
    const change = async (who, number) => {
      await who.go('edit', client);
      const field = who.page.locator('input[name=phone]');
      await field.waitFor();
      await field.fill(number);
      await field.blur();
    };
    // Without a network: the server would tell of the other's number before this one is typed.
    await phone.context.setOffline(true);
    await change(phone, '+7 000 222-22-22');
    await change(other, '+7 000 111-11-11');
    await other.syncNow();
    await phone.context.setOffline(false);
    await phone.syncNow();
  } finally {
    assert.deepEqual(other.faults, []);
    await other.throwAway();
  }
  await page.locator('a[href="#/conflicts"]').tap();
  const conflict = page.locator('[data-conflict]', { hasText: '+7 000 222-22-22' });
  await conflict.getByText('+7 000 111-11-11').waitFor();
  assert.deepEqual(await violations(page), []);
  await conflict.getByRole('button', { name: 'Оставить моё' }).tap();
  await page.getByText('Расхождений нет').waitFor();
  await phone.syncNow();
  await phone.go('client', client);
  await page.getByText('+7 000 222-22-22').waitFor();
  noFaults((fault) => /INTERNET_DISCONNECTED/.test(fault));
});

test('a second tab says that the first has the data, and takes them over when asked', async () => {
  const second = await phone.openPage();
  await second.getByRole('button', { name: 'Продолжить здесь' }).tap();
  await second.fill('input[name=pin]', pin);
  await second.tap('button.main');
  await second.waitForSelector('nav');
  await page.getByText('Работа продолжается в другой вкладке').waitFor();
  await second.close();
  await page.getByRole('button', { name: 'Продолжить здесь' }).tap();
  await phone.unlock();
  await page.waitForSelector('nav');
  noFaults();
});

for (const theme of ['light', 'dark'])
  test(`axe finds nothing on any screen, ${theme}`, async () => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await phone.go('problems');
    await page.waitForSelector('.list a');
    const problem = (await page.locator('.list a').first().getAttribute('href')).slice(2);
    const screens = ['today', 'calls', `call/${client}`, 'clients', `client/${client}`, `brief/${client}`, `edit/${client}`, `add/${client}/interaction`, `add/${client}/contact`, 'problems', problem, 'sync', 'settings', 'parked', 'conflicts', `fill/${questionnaire}`];
    for (const screen of screens) {
      await phone.go(...screen.split('/'));
      await page.waitForTimeout(400);
      assert.equal(await page.locator('[role=alert] .notice').count(), 0, `${screen} shows what it is for`);
      assert.deepEqual(await violations(page), [], screen);
    }
    noFaults();
  });

test('the app speaks English when it is told to, the core as well', async () => {
  await phone.go('settings');
  await page.getByRole('button', { name: 'English' }).tap();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await phone.go('today');
  await page.getByRole('heading', { name: 'Norm of the week' }).waitFor();
  assert.doesNotMatch((await page.locator('nav, h1, h2').allInnerTexts()).join(' '), /[а-яё]/i);
  await phone.go('settings');
  await page.getByRole('button', { name: 'Русский' }).tap();
});

test('too many wrong PINs take the PIN away and nothing else: the password opens', async () => {
  await phone.go('sync');
  await page.getByRole('button', { name: 'Заблокировать' }).tap();
  for (let i = 0; i < 10; ++i) {
    await page.waitForFunction(() => !document.querySelector('button.main')?.disabled && document.querySelector('input[name=pin]')?.value === '');
    await phone.unlock('190417');
    await page.locator('[role=alert] p, input[name=password]').first().waitFor();
    if (i === 8) await page.getByText('Осталась 1 попытка').waitFor();
  }
  await page.locator('input[name=password]').waitFor();
  await page.reload();
  await page.fill('input[name=password]', 'не тот пароль');
  await page.tap('button.main');
  await page.getByText('Пароль не подошёл').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.fill('input[name=password]', password);
  await page.tap('button.main');
  for (let i = 0; i < 2; ++i) {
    await page.fill('input[name=pin]', pin);
    await page.tap('button.main');
  }
  await page.waitForSelector('nav');
  await phone.go('client', client);
  await page.getByText('+7 000 222-22-22').waitFor();
  noFaults();
});

test('a phone that the lead revokes hands its work over and forgets everything', async () => {
  await phone.go('edit', client);
  const website = page.locator('input[name=website]');
  await website.fill('https://last-edit.example');
  await website.blur();
  await phone.go('clients');
  await page.waitForFunction(() => /не отправлен/.test(document.querySelector('header .pill')?.innerText ?? ''));
  const devices = (await server.api.get('/v1/devices')).devices;
  for (const { id, user } of devices)
    if (user.login === people.rep) await server.api.send('POST', `/v1/devices/${id}/revoke`);
  await phone.go('sync');
  await page.tap('main button.main');
  await page.waitForSelector('input[name=login]');
  assert.match(await page.locator('[role=alert]').innerText(), /отключено/);
  const left = await page.evaluate(() => Object.keys(localStorage).filter((name) => !['anketa.language', 'anketa.theme'].includes(name)));
  assert.deepEqual(left, [], 'nothing of the questionnaires stays');
  await page.reload();
  await page.waitForSelector('input[name=login]');
  noFaults((fault) => /status of 40[13]/.test(fault));
});
