// A phone: Chromium with a profile that lasts, at the size and with the touch of one. The process is ours, so that it can
// be killed as a phone kills apps.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { flags, trust } from './browser.js';
import { password } from './server.js';

const home = process.env.ANKETA_BROWSER_HOME;
export const pin = '280619';
/** What a browser says about a server that is out of reach, and that alone, is no fault. */
export const unreachable = (fault) => /ERR_CONNECTION_REFUSED|ERR_INTERNET|Failed to fetch|WebSocket connection/.test(fault);

export class Phone {
  constructor(server, { language = 'ru', theme = 'light' } = {}) {
    this.server = server;
    this.language = language;
    this.theme = theme;
    this.password = password;
    this.profile = mkdtempSync(join(home, 'phone-'));
    /** Console errors, exceptions and requests to anybody else. */
    this.faults = [];
    trust(server.caFile);
  }

  async start() {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: process.env.CHROMIUM,
      // The browser's own parts, date fields among them, speak its user's language.
      args: [...flags, `--lang=${this.language}`],
      env: { ...process.env, HOME: home, LANGUAGE: this.language, LC_ALL: 'C.UTF-8' },
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      isMobile: true,
      hasTouch: true,
      colorScheme: this.theme,
    });
    await this.context.addInitScript((language) => {
      if (!localStorage.getItem('anketa.language')) localStorage.setItem('anketa.language', language);
    }, this.language);
    this.page = await this.openPage(this.context.pages()[0]);
    return this.page;
  }

  async openPage(page) {
    page ??= await this.context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.faults.push(`exception: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${this.server.address}/`) && !request.url().startsWith('blob:')) this.faults.push(`outside request: ${request.url()}`);
    });
    await page.goto(`${this.server.address}/app/`);
    return page;
  }

  /** The browser's own process: who was started with our profile and is not a helper of another. */
  processId() {
    for (const name of readdirSync('/proc')) {
      if (!/^[0-9]+$/.test(name)) continue;
      let line;
      try {
        line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      } catch {
        continue;
      }
      if (line.includes(`--user-data-dir=${this.profile}`) && !line.includes('--type=')) return Number(name);
    }
    throw new Error('the browser is not running');
  }

  /** As the system kills an app: at once, without a word. */
  async kill() {
    const closed = new Promise((resolve) => this.context.once('close', resolve));
    process.kill(this.processId(), 'SIGKILL');
    await closed;
    // What Chromium leaves behind would make the next start think that it still runs.
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) rmSync(join(this.profile, name), { force: true });
  }

  async throwAway() {
    await this.context?.close().catch(() => undefined);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Nothing went wrong in its pages since the last time this was asked. */
  noFaults(expected = () => false) {
    assert.deepEqual(this.faults.filter((fault) => !expected(fault)), []);
    this.faults.length = 0;
  }

  // What a rep does

  async setUp(login) {
    const { page } = this;
    await page.fill('input[name=login]', login);
    await page.fill('input[name=password]', password);
    await page.tap('button.main');
    for (let i = 0; i < 2; ++i) {
      await page.waitForSelector('input[name=pin]');
      await page.fill('input[name=pin]', pin);
      await page.tap('button.main');
    }
    await page.waitForSelector('nav');
    await this.synced();
  }

  async unlock(code = pin) {
    await this.page.fill('input[name=pin]', code);
    await this.page.tap('button.main');
  }

  async synced() {
    await this.go('sync');
    await this.page.waitForFunction(() => !document.querySelector('main progress') && document.querySelector('main .main-line'));
  }

  /** Syncs and waits until nothing is left to send. */
  async syncNow() {
    await this.go('sync');
    await this.page.tap('main button.main');
    await this.synced();
  }

  /** The address of the screen, without "#/". */
  async place() {
    return (await this.page.evaluate(() => location.hash)).replace(/^#\//, '').split('/');
  }

  /** Begins a questionnaire at the client whose card is open; gives its id. */
  async begin() {
    await this.page.getByRole('button', { name: 'Начать анкету' }).tap();
    await this.page.waitForSelector('footer');
    return (await this.place())[1];
  }

  /** Answers one thing after the other from the list at a questionnaire's end, until it can be finished there. */
  async answerWhatIsMissing(questionnaire) {
    const { page } = this;
    const chosen = page.locator('main .question .selected');
    for (let i = 0; i < 30; ++i) {
      await page.evaluate((hash) => (location.hash = hash), `#/fill/${questionnaire}/end:`);
      await page.getByRole('heading', { name: /Не хватает|К завершению/ }).last().waitFor();
      if (await page.getByRole('button', { name: 'Закончить' }).count()) return;
      await page.locator('main .list button').first().tap();
      await page.waitForFunction(() => !location.hash.endsWith('end:'));
      await page.locator('main .question').first().waitFor();
      const number = page.locator('main .question input[inputmode]');
      if (await number.count()) {
        await number.first().fill('100');
        await number.first().blur();
      } else {
        const before = await chosen.count();
        await page.locator('main .question :is(.scale, .choices):not(:has(.selected)) label').first().tap();
        await chosen.nth(before).waitFor();
      }
    }
  }

  /** Opens the card of the nth client of the list; gives its id. */
  async openClient(number) {
    await this.go('clients');
    await this.page.locator('.list a').nth(number).tap();
    await this.page.waitForFunction(() => location.hash.startsWith('#/client/'));
    await this.page.locator('main .button.main').first().waitFor();
    return (await this.place())[1];
  }

  async go(...path) {
    await this.page.evaluate((hash) => (location.hash = hash), `#/${path.join('/')}`);
  }

  /** The service worker has everything. */
  async installed() {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await this.page.waitForFunction(async () => (await (await caches.open((await caches.keys())[0])).keys()).length > 5);
  }
}

export const axeSource = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
