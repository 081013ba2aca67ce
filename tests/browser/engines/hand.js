// A hand that works in any engine, by what a page itself can do: it finds, taps, fills and waits.
import { axeSource } from '../phone.js';
import { pin } from '../phone.js';
import { password } from '../server.js';

const patience = 60_000;

export class Hand {
  constructor(engine) {
    this.engine = engine;
  }

  /** Until the page's answer to `work` is true; gives it. */
  async until(work, ...given) {
    const end = Date.now() + patience;
    for (;;) {
      const answer = await this.engine.evaluate(work, ...given).catch(() => null);
      if (answer) return answer;
      if (Date.now() > end) {
        const page = await this.engine.evaluate(() => document.body.innerText.slice(0, 600)).catch(String);
        throw new Error(`never true: ${work}\n${JSON.stringify(given)}\nthe page shows: ${page}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  see = (selector) => this.until((what) => Boolean(document.querySelector(what)), selector);
  read = (text) => this.until((what) => document.body.innerText.includes(what), text);

  async tap(selector) {
    await this.see(selector);
    await this.engine.evaluate((what) => document.querySelector(what).click(), selector);
  }
  async tapText(text) {
    const find = (what) => [...document.querySelectorAll('button, a')].some((one) => one.innerText.trim() === what);
    await this.until(find, text);
    await this.engine.evaluate((what) => [...document.querySelectorAll('button, a')].find((one) => one.innerText.trim() === what).click(), text);
  }
  async fill(selector, value) {
    await this.see(selector);
    await this.engine.evaluate(
      (what, text) => {
        const field = document.querySelector(what);
        field.focus();
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        field.blur();
      },
      selector,
      value,
    );
  }
  go = (...path) => this.engine.evaluate((hash) => void (location.hash = hash), `#/${path.join('/')}`);
  place = async () => (await this.engine.evaluate(() => location.hash)).replace(/^#\//, '').split('/');

  async setUp(login) {
    await this.fill('input[name=login]', login);
    await this.fill('input[name=password]', password);
    await this.tap('button.main');
    for (let i = 0; i < 2; ++i) await this.enterPin();
    await this.see('nav');
    await this.synced();
  }
  async enterPin() {
    await this.until(() => document.querySelector('input[name=pin]')?.value === '' && !document.querySelector('button.main').disabled);
    await this.fill('input[name=pin]', pin);
    await this.tap('button.main');
    await this.until(() => document.querySelector('input[name=pin]')?.value !== '280619');
  }
  async synced() {
    await this.go('sync');
    await this.until(() => document.querySelector('main .main-line') && !document.querySelector('main progress'));
  }

  /** An answer by its question's place, as a tap on a choice or as text. */
  async answer(questionnaire, section, name, value) {
    await this.go('fill', questionnaire, encodeURIComponent(`${section}:${name}`));
    await this.see(`[name="${name}"]`);
    if (await this.engine.evaluate((field) => document.querySelector(`[name="${field}"]`).type === 'radio', name)) {
      await this.tap(`input[name="${name}"][value="${value}"]`);
      await this.see(`label.selected input[name="${name}"][value="${value}"]`);
    } else {
      await this.fill(`[name="${name}"]`, value);
      await this.read('Сохранено в');
    }
  }
  async given(questionnaire, section, name) {
    await this.go('fill', questionnaire, encodeURIComponent(`${section}:${name}`));
    await this.see(`[name="${name}"]`);
    return this.engine.evaluate((field) => {
      const first = document.querySelector(`[name="${field}"]`);
      return first.type === 'radio' ? (document.querySelector(`[name="${field}"]:checked`)?.value ?? null) : first.value;
    }, name);
  }

  async violations() {
    await this.engine.evaluate(axeSource);
    return this.engine.evaluate(async () => {
      const { violations } = await globalThis.axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
    });
  }
}
