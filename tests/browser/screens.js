// Goes through every screen of the phone app with demo data: node screens.js FOLDER (through ./run app --screens FOLDER) takes
// a picture of each, light and dark, at the size of a phone, and of some with the keyboard open or the text twice as large.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Phone, pin } from './phone.js';
import { picture } from './picture.js';
import { people, startServer } from './server.js';

const settled = (page) => page.waitForTimeout(500);

/** `shoot(name, options?)` is called when the screen of that name stands. */
export async function walk(phone, shoot) {
  const { page } = phone;
  await page.waitForSelector('input[name=login]');
  await shoot('log-in');
  await setUp(phone, shoot);
  const client = await ofTheDay(phone, shoot);
  await ofClients(phone, shoot, client);
  await ofProblems(phone, shoot);
  await ofTheTalk(phone, shoot, client);
  await ofTheEnd(phone, shoot);
  await ofClashes(phone, shoot, client);
  await ofSync(phone, shoot);
  await ofOtherWords(phone, shoot, client);
  await ofTheLock(phone, shoot);
}

async function setUp(phone, shoot) {
  const { page } = phone;
  await page.fill('input[name=login]', people.rep);
  await page.fill('input[name=password]', phone.password);
  await page.tap('button.main');
  await page.waitForSelector('input[name=pin]');
  await shoot('new-pin');
  for (let i = 0; i < 2; ++i) {
    await page.fill('input[name=pin]', pin);
    await page.tap('button.main');
  }
  await page.waitForSelector('nav');
  await phone.synced();
}

async function ofTheDay(phone, shoot) {
  const { page } = phone;
  await phone.go('today');
  await page.locator('.norm').waitFor();
  await page.getByRole('link', { name: /Пора встретиться/ }).locator('.number').waitFor();
  await shoot('today');
  await shoot('today-whole', { fullPage: true });
  await phone.go('overdue');
  await page.locator('.list a').first().waitFor();
  await shoot('overdue');
  await phone.go('calls');
  await page.locator('.list a').first().waitFor();
  await shoot('calls');
  await page.locator('.list a').first().tap();
  await page.getByRole('button', { name: 'Назначена встреча' }).waitFor();
  await shoot('call');
  await page.getByRole('button', { name: 'Назначена встреча' }).tap();
  await shoot('call-booking');
  await page.getByRole('button', { name: 'Отмена' }).tap();
  await page.getByRole('button', { name: 'Не ответили' }).tap();
  await page.getByText('Записано').waitFor();
  await shoot('undo');
  await page.getByRole('button', { name: 'Отменить' }).tap();
  await page.waitForFunction(() => location.hash.startsWith('#/call/'));
  return phone.openClient(2);
}

async function ofClients(phone, shoot, client) {
  const { page } = phone;
  await shoot('client');
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
  await shoot('client-whole', { fullPage: true });
  await phone.go('clients');
  await page.locator('.list a').first().waitFor();
  await shoot('clients');
  await page.fill('input[type=search]', 'банк');
  await page.locator('mark').first().waitFor();
  await shoot('clients-search');
  await page.fill('input[type=search]', 'нет такого');
  await page.getByText('Ничего не нашлось').waitFor();
  await shoot('clients-none');
  await page.fill('input[type=search]', '');
  await phone.go('brief', client);
  await settled(page);
  await shoot('brief');
  await phone.go('edit', client);
  await settled(page);
  await shoot('edit');
  for (const collection of ['contact', 'interaction', 'referral', 'offer']) {
    await phone.go('add', client, collection);
    await shoot(`add-${collection}`, { fullPage: true });
  }
  for (const [name, value] of [['service', 'Резервный канал связи по второму вводу']]) await page.fill(`[name=${name}]`, value);
  await page.locator('label.choice:has(input[value=new_line])').tap();
  await page.getByRole('button', { name: 'Сохранить' }).tap();
  await page.waitForFunction(() => !location.hash.endsWith('/offer'));
  await phone.go('client', client);
  await page.getByText('Дополнительные продажи').tap();
  await page.getByRole('link', { name: /Резервный канал/ }).tap();
  await page.getByRole('button', { name: 'Предложено' }).waitFor();
  await shoot('deal');
}

async function ofProblems(phone, shoot) {
  const { page } = phone;
  await phone.go('problems');
  await page.locator('.list a').first().waitFor();
  await shoot('problems');
  await page.locator('.list a').first().tap();
  await page.getByRole('heading', { name: 'Претензии' }).waitFor();
  await shoot('problem');
  await page.getByRole('button', { name: 'Клиент подтвердил' }).tap();
  await shoot('problem-confirm');
  await page.getByRole('button', { name: 'Отмена' }).tap();
  await page.getByRole('button', { name: 'Не исправлено' }).tap();
  await shoot('problem-reject');
}

async function ofTheTalk(phone, shoot, client) {
  const { page } = phone;
  await phone.go('client', client);
  await page.locator('main .button.main').first().waitFor();
  const questionnaire = await phone.begin();
  const stand = async (place) => {
    await phone.go('fill', questionnaire, encodeURIComponent(place));
    await settled(page);
  };
  for (const [name, place] of [['question-first', 's1:'], ['question-persons', 's2:'], ['question-text', 's3:k_wins'], ['question-choices', 's4:serv'], ['question-scale', 's5:nps'], ['question-end', 'end:']]) {
    await stand(place);
    await shoot(name);
  }
  await stand('s2:');
  await page.locator('main .list button').first().tap();
  await settled(page);
  await shoot('question-person');
  await page.getByRole('button', { name: /^Удалить/ }).tap();
  await shoot('question-person-remove');
  await page.keyboard.press('Escape');
  await stand('s3:k_wins');
  // As with the keyboard open.
  await page.setViewportSize({ width: 390, height: 480 });
  await page.locator('[name=k_wins]').focus();
  await shoot('question-keyboard');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of ['sp_ok', 'out', 'serious']) {
    await stand(`s5:${name}`);
    await page.locator(`label:has(input[name="${name}"][value="${name === 'serious' ? 'yes' : 'no'}"])`).tap();
  }
  await page.getByRole('button', { name: 'Разделы' }).tap();
  await shoot('sections-gate');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Заметка или фото' }).tap();
  await page.fill('[name=note]', 'Директор в отпуске до пятницы, звонить заместителю.');
  await page.locator('dialog input[capture]').setInputFiles({ name: 'Визитка.png', mimeType: 'image/png', buffer: picture(900, 500) });
  await page.locator('dialog li', { hasText: 'на телефоне' }).waitFor();
  await shoot('note-and-photo');
  await page.locator('dialog li button').first().tap();
  await page.locator('dialog img[alt="Визитка.png"]').waitFor();
  await shoot('photo');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

/** The questionnaire that is open has broken at its gate: its complaints, its end, and the pause. */
async function ofTheEnd(phone, shoot) {
  const { page } = phone;
  const [, questionnaire] = await phone.place();
  await page.getByRole('button', { name: 'Разделы' }).tap();
  await page.locator('dialog').getByText('ПАУЗА').tap();
  await settled(page);
  await shoot('gate-complaints');
  await page.getByRole('button', { name: 'Добавить' }).tap();
  await page.locator('[name=p_text]').waitFor();
  await shoot('gate-complaint', { fullPage: true });
  for (const name of ['p_text', 'p_done']) {
    await page.fill(`[name=${name}]`, 'Обрывы по вечерам');
    await page.locator(`[name=${name}]`).blur();
  }
  await phone.answerWhatIsMissing(questionnaire);
  await settled(page);
  await shoot('question-ready');
  await page.getByRole('button', { name: 'Закончить' }).tap();
  await page.getByRole('heading', { name: 'Анкета на паузе' }).waitFor();
  await shoot('question-paused');
  await phone.go('fill', (await phone.place())[1], 'again');
  await page.reload();
  await phone.unlock();
  await settled(page);
  await shoot('question-waits');
}

/** What two people changed, and what the server does not take. */
async function ofClashes(phone, shoot, client) {
  const { page, server } = phone;
  await phone.syncNow();
  await server.api.logIn(people.lead);
  await phone.go('edit', client);
  await page.locator('[name=remarks]').waitFor();
  await phone.context.setOffline(true);
  await page.fill('[name=remarks]', 'Вход со двора, пропуск заказать за день у секретаря');
  await page.locator('[name=remarks]').blur();
  await settled(page);
  await server.api.push(people.lead, { collection: 'client', scope: client, record: client, ops: [{ op: 'set', path: 'remarks', value: 'Вход с улицы, пропуск заказать за два дня' }] });
  await phone.context.setOffline(false);
  await phone.syncNow();
  await phone.go('conflicts');
  await settled(page);
  await shoot('conflicts', { fullPage: true });
  const merge = page.getByRole('button', { name: 'Объединить' });
  if (await merge.count()) {
    await merge.first().tap();
    await shoot('conflicts-merge', { fullPage: true });
  }
  const admin = server.api.as();
  await admin.logIn(people.admin);
  const rep = (await admin.get('/v1/users')).items.find((one) => one.login === people.rep);
  await phone.go('edit', client);
  await page.fill('[name=website]', 'https://parked.example');
  await page.locator('[name=website]').blur();
  await settled(page);
  await admin.send('POST', `/v1/users/${rep.id}`, { role: 'manager' });
  await phone.syncNow();
  await phone.go('parked');
  await page.getByText('https://parked.example').waitFor();
  await shoot('parked', { fullPage: true });
  await phone.go('today');
  await settled(page);
  await shoot('today-attention');
  await admin.send('POST', `/v1/users/${rep.id}`, { role: 'rep' });
  await phone.go('parked');
  await page.getByRole('button', { name: 'Отправить снова' }).tap();
  await settled(page);
  await phone.syncNow();
}

async function ofSync(phone, shoot) {
  const { page } = phone;
  await phone.context.setOffline(true);
  await phone.go('sync');
  await settled(page);
  await shoot('sync', { fullPage: true });
  await phone.go('settings');
  await settled(page);
  await shoot('settings', { fullPage: true });
  await page.getByRole('button', { name: 'Выйти' }).tap();
  await shoot('log-out');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Стереть данные' }).tap();
  await shoot('wipe');
  await page.keyboard.press('Escape');
  await phone.go('conflicts');
  await shoot('conflicts-none');
  await phone.go('parked');
  await shoot('parked-none');
  await phone.go('today');
  await page.locator('.norm').waitFor();
  await shoot('today-unsent');
  await page.evaluate(() => (document.documentElement.style.fontSize = '34px'));
  await shoot('today-large-text');
  await phone.go('clients');
  await settled(page);
  await shoot('clients-large-text');
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await page.evaluate(() => (navigator.storage.estimate = async () => ({ usage: 95, quota: 100 })));
  await phone.go('today');
  await settled(page);
  await shoot('today-full');
  await phone.context.setOffline(false);
}

/** The texts of the other language are of other lengths. */
async function ofOtherWords(phone, shoot, client) {
  const { page } = phone;
  await phone.go('settings');
  await page.getByRole('button', { name: 'English' }).tap();
  for (const path of [['today'], ['call', client], ['client', client], ['sync'], ['problems'], ['settings']]) {
    await phone.go(...path);
    await settled(page);
    await shoot(`english-${path[0]}`);
  }
  await page.getByRole('button', { name: 'Русский' }).tap();
}

async function ofTheLock(phone, shoot) {
  const { page } = phone;
  await phone.go('sync');
  await page.getByRole('button', { name: 'Заблокировать' }).tap();
  for (let wrong = 1; wrong <= 10; ++wrong) {
    await page.waitForFunction(() => !document.querySelector('button.main')?.disabled && document.querySelector('input[name=pin]')?.value === '');
    await phone.unlock('190417');
    await page.locator('[role=alert] p, input[name=password]').first().waitFor();
    if (wrong === 1 || wrong === 8) await shoot(wrong === 1 ? 'locked-wrong' : 'locked-few-left');
  }
  await page.locator('input[name=password]').waitFor();
  await shoot('locked-password');
  const second = await phone.openPage();
  await second.getByRole('button', { name: 'Продолжить здесь' }).waitFor();
  await shoot('second-tab', {}, second);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const folder = process.argv[2];
  mkdirSync(folder, { recursive: true });
  for (const theme of ['light', 'dark']) {
    const server = await startServer();
    const phone = new Phone(server, { theme });
    await phone.start();
    let number = 0;
    const shoot = async (name, options = {}, page = phone.page) => {
      await settled(page);
      await page.screenshot({ path: join(folder, `${theme}-${String(++number).padStart(2, '0')}-${name}.png`), scale: 'css', ...options });
    };
    try {
      await walk(phone, shoot);
    } catch (error) {
      await shoot('stopped-here');
      throw error;
    }
    await phone.throwAway();
    await server.stop();
  }
}
