// A new version of the app comes while a questionnaire is open: the old one goes on until it is left, and nothing is lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Phone } from './phone.js';
import { startReleases } from './release.js';
import { people, startServer } from './server.js';

let server, front, phone, page, questionnaire;
/** No WebSocket comes through this proxy; the app then asks from time to time. */
const noWebSocket = (fault) => /WebSocket connection/.test(fault);

before(async () => {
  server = await startServer();
  front = await startReleases(server);
  phone = new Phone(front);
  page = await phone.start();
  await phone.setUp(people.rep);
  await phone.installed();
  await page.reload();
  await phone.unlock();
  await phone.openClient(3);
  questionnaire = await phone.begin();
});

after(async () => {
  await phone?.throwAway();
  await front?.stop();
  await server?.stop();
});

const release = () => page.evaluate(() => document.querySelector('meta[name=release]')?.content ?? '1');

async function scale(value) {
  await phone.go('fill', questionnaire, encodeURIComponent('s5:nps'));
  await page.locator(`label:has(input[value="${value}"])`).tap();
  await page.locator(`label.selected:has(input[value="${value}"])`).waitFor();
}

test('with a questionnaire open the new version waits, and answers go on being stored', async () => {
  await scale(7);
  await page.evaluate(() => (window.sameOldPage = true));
  front.release = 2;
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await scale(8);
  assert.equal(await page.evaluate(() => window.sameOldPage), true, 'the page was not loaded anew');
  assert.equal(await page.getByRole('button', { name: 'Обновить' }).count(), 0, 'it is not offered here');
  phone.noFaults(noWebSocket);
});

test('a reload in the middle of it is still the old version, at the same question', async () => {
  await page.reload();
  await phone.unlock();
  await page.locator('.scale').waitFor();
  assert.equal(await release(), '1');
  assert.equal(await page.locator('.scale input:checked').inputValue(), '8');
  phone.noFaults(noWebSocket);
});

/** How far what the selector finds moves from where it is seen first until the day is on the screen, in pixels. */
const moved = (selector) =>
  page.evaluate(async (selector) => {
    const seen = async (what) => {
      for (;;) {
        const found = document.querySelector(what);
        if (found) return found.getBoundingClientRect().y;
        await new Promise(requestAnimationFrame);
      }
    };
    const first = await seen(selector);
    await seen('main .norm');
    return (await seen(selector)) - first;
  }, selector);

test('on Today it is offered; taken, the new version goes on with the draft as it stood', async () => {
  await phone.go('today');
  assert.equal(await moved('main .card button'), 0, 'it does not move away under the finger');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Обновить' }).tap()]);
  await page.waitForSelector('input[name=pin]');
  assert.equal(await release(), '2');
  await phone.unlock();
  await page.locator(`a[href="#/fill/${questionnaire}"]`).tap();
  await page.locator('.scale').waitFor();
  assert.equal(await page.locator('.scale input:checked').inputValue(), '8');
  await scale(9);
  phone.noFaults(noWebSocket);
});
