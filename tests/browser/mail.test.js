// Reports by e-mail from the console, received by a real mail server (tests/scenario/mail_server.py): Debian's own
// python3-aiosmtpd, STARTTLS and log-in. Where it is missing, this is skipped.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { visit } from './browser.js';
import { office, plain } from './office.js';
import { people } from './server.js';

const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('../scenario/mail_server.py', import.meta.url));
const skip = existsSync(python) && spawnSync(python, ['-c', 'import aiosmtpd']).status === 0 ? false : 'no python3-aiosmtpd';

const all = office();
const api = () => all.server.api;
let mail, folder;

const received = () => readdirSync(folder).filter((name) => name.endsWith('.eml'));

before(async () => {
  if (skip) return;
  await all.ready();
  const { server } = all;
  folder = join(server.data, 'mail');
  mkdirSync(folder);
  mail = spawn(python, [script, 'serve', folder, join(server.data, 'tls/server.pem'), join(server.data, 'tls/server.key')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve) => mail.stdout.once('data', (line) => resolve(String(line).trim())));
  const secret = join(server.data, 'mail.password');
  writeFileSync(secret, 'a secret of the mail server\n', { mode: 0o600 });
  await server.stop();
  server.settings = {
    ANKETA_MAIL_SERVER: `localhost:${port}`,
    ANKETA_MAIL_USER: 'reports',
    ANKETA_MAIL_PASSWORD_FILE: secret,
    ANKETA_MAIL_CA: server.caFile,
    ANKETA_MAIL_FROM: 'Анкета <anketa@firma.example>',
    ANKETA_MAIL_DAILY_TO: 'Анна <anna@firma.example>',
    ANKETA_MAIL_WEEKLY_TO: 'nobody@firma.example',
    ANKETA_MAIL_RETRY_SECONDS: '1',
  };
  await server.start();
  await api().logIn(people.lead);
});

after(() => mail?.kill('SIGTERM'));

test('a report is sent from the page, kept as a file as it went out, and sent once more', { skip }, () =>
  all.as(people.lead, async (page) => {
    await visit(page, '#/mail', 'section.card dl');
    const report = page.locator('section.card', { hasText: 'Ежедневный отчёт' }).first();
    assert.match(plain(await report.innerText()), /anna@firma\.example/);
    const before = received().length;
    await report.getByRole('button', { name: 'Отправить сейчас' }).click();
    await page.locator('[role=status] p', { hasText: 'В очереди 1 письмо' }).waitFor();
    const row = page.locator('tbody tr', { hasText: 'anna@firma.example' }).first();
    await row.getByText('ушло').waitFor();
    assert.equal(received().length, before + 1);

    const waiting = page.waitForEvent('download');
    await row.getByRole('button', { name: /^Скачать/ }).click();
    const letter = readFileSync(await (await waiting).path(), 'utf8');
    const { items } = await api().get('/v1/mail/letters');
    assert.ok(letter.includes(items[0].message_id));

    await row.getByRole('button', { name: /^Отправить ещё раз/ }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].filter((line) => line.textContent.includes('ушло')).length >= 2);
    assert.equal(received().length, before + 2);
  }));

test('a letter that the mail server refuses says so, with its answer', { skip }, () =>
  all.as(people.lead, async (page) => {
    await visit(page, '#/mail', 'section.card dl');
    await page.locator('section.card', { hasText: 'Повестка недели' }).first().getByRole('button', { name: 'Отправить сейчас' }).click();
    const row = page.locator('tbody tr', { hasText: 'nobody@firma.example' }).first();
    await row.getByText('не ушло').waitFor();
    assert.match(await row.innerText(), /550/);
  }));
