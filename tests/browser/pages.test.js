// What each page of the console shows, does and leads to, in a real browser against a real server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './browser.js';
import { drawnClient, office, plain, richClient } from './office.js';
import { people } from './server.js';

const all = office();
const { as } = all;
const api = () => all.server.api;
const rows = (count) => (count > 0 ? `table[aria-rowcount="${count + 1}"]` : '.empty');

test("clients: the list is the API's, narrowed and sorted in the address, and only rows in sight are drawn", () =>
  as(people.lead, async (page) => {
    await visit(page, '#/clients', 'tbody tr th a');
    const { total } = await api().get('/v1/clients?limit=1');
    assert.equal(await page.locator('table').getAttribute('aria-rowcount'), String(total + 1));
    assert.ok((await page.locator('tbody tr').count()) < 60);

    await page.selectOption('[aria-label="Охват"]', 'paused');
    const paused = await api().get('/v1/clients?coverage=paused&limit=1');
    await page.waitForSelector(rows(paused.total));
    assert.match(page.url(), /coverage=paused/);
    await page.goBack();
    await page.waitForSelector(rows(total));

    await page.getByRole('button', { name: 'Клиент', exact: true }).click();
    const last = (await api().get('/v1/clients?sort=-name&limit=1')).items[0];
    await page.waitForFunction((name) => document.querySelector('tbody th a')?.textContent === name, last.name);
    assert.equal(await page.locator('th[aria-sort]').getAttribute('aria-sort'), 'descending');

    // By keys to the end: the last row is fetched and drawn, and Enter opens it.
    await page.focus('.frame');
    await page.keyboard.press('End');
    const first = (await api().get('/v1/clients?limit=1')).items[0];
    await page.getByRole('link', { name: first.name, exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`#/clients/${first.id}`));
    await page.getByRole('heading', { level: 1, name: first.name, exact: true }).waitFor();
  }));

test('a view is kept under a name, on each page its own', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/clients?coverage=untouched', 'tbody tr th a');
    await page.getByRole('button', { name: 'Сохранить отбор' }).click();
    await page.fill('dialog input', 'Ещё не были');
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await visit(page, '#/clients', 'tbody tr th a');
    await page.selectOption('[aria-label="Сохранённые отборы"]', 'Ещё не были');
    await page.waitForURL(/coverage=untouched/);
    await visit(page, '#/questionnaires', 'tbody tr th a');
    assert.equal(await page.locator('[aria-label="Сохранённые отборы"]').count(), 0);
  }));

test('a client: dossier, contacts, history and the edits of each, with who made them', () =>
  as(people.lead, async (page) => {
    const { client } = await richClient(api());
    const file = await api().get(`/v1/clients/${client.id}`);
    await visit(page, `#/clients/${client.id}`, '.team');
    assert.ok((await page.locator('#panel').innerText()).includes(file.fields.legal_name));
    await page.getByRole('tab', { name: /Контакты/ }).click();
    for (const { fields } of file.records.contact) await page.getByRole('heading', { name: fields.name }).waitFor();
    await page.locator('#panel button').first().click();
    await page.waitForSelector('dialog li .who');
    assert.match(await page.locator('dialog li').first().innerText(), /[А-Я][а-я]+/);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: /История/ }).click();
    await page.waitForSelector('#panel time');
  }));

test('one field has a history of its own: only its values, with who set them', () =>
  as(people.lead, async (page) => {
    const { client } = await richClient(api());
    await api().send('POST', '/v1/edits', { record: client.id, ops: [{ op: 'set', path: 'website', value: 'https://first.example' }] });
    await visit(page, `#/clients/${client.id}`, '.team');
    await page.getByRole('button', { name: 'Сайт', exact: true }).click();
    await page.waitForSelector('dialog li .who');
    const { items } = await api().get(`/v1/records/${client.id}/history`);
    const ours = items.filter(({ changes }) => changes.some(({ path }) => path === 'website'));
    assert.ok(ours.length > 0 && ours.length < items.length);
    assert.equal(await page.locator('dialog ol > li').count(), ours.length);
    assert.match(await page.locator('dialog li').first().innerText(), /Ковалёва[^]*https:\/\/first\.example/);
  }));

test('the decision scheme is drawn, with a line for everybody who follows somebody, and told as a table (R30)', () =>
  as(people.lead, async (page) => {
    const { client, actors } = await drawnClient(api());
    await visit(page, `#/clients/${client.id}?tab=decision`, '.actor');
    assert.equal(await page.locator('.actor').count(), actors.length);
    assert.equal(await page.locator('svg path.line').count(), actors.filter(({ fields }) => fields.follows).length);
    assert.equal(await page.locator('#panel tbody tr').count(), actors.length);
  }));

test('what lies ahead with a client stands by day: visits, calls to make again, tasks, promises (R18, R35)', () =>
  as(people.lead, async (page) => {
    const { items } = await api().get('/v1/tasks');
    assert.ok(items.length > 0, 'the demo has tasks');
    await visit(page, `#/clients/${items[0].client.id}?tab=ahead`, '#panel ol');
    await page.locator('#panel li', { hasText: 'Договориться о новой встрече' }).first().waitFor();
    await visit(page, '#/problems?tab=tasks', '#panel tbody tr');
    assert.equal(await page.locator('#panel tbody tr').count(), items.length);
  }));

test("the lead's own decision on a client's status stands above the split by income (R20)", () =>
  as(people.lead, async (page) => {
    const { items } = await api().get('/v1/campaign/pareto');
    const ordinary = items.find(({ in_set, own_decision }) => !in_set && !own_decision);
    await visit(page, `#/clients/${ordinary.client.id}`, '.team');
    await page.getByRole('button', { name: 'Сменить статус' }).click();
    await page.getByLabel('важнейший').check();
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await page.waitForSelector('dialog', { state: 'detached' });
    const after = (await api().get('/v1/campaign/pareto')).items.find(({ client }) => client.id === ordinary.client.id);
    assert.ok(after.own_decision && after.key_status === 'top');

    await visit(page, '#/campaign?tab=pareto', '#panel tbody tr');
    const { changes, in_set } = await api().get('/v1/campaign/pareto');
    assert.ok(changes > 0, 'the demo leaves something to the split');
    await page.getByRole('button', { name: `Применить к ${changes}` }).click();
    await page.getByRole('button', { name: 'Менять нечего' }).waitFor();
    const split = await api().get('/v1/campaign/pareto');
    assert.equal(split.changes, 0);
    assert.ok(split.items.find(({ client }) => client.id === ordinary.client.id).own_decision);
    assert.match(plain(await page.locator('#panel section.card').innerText()), new RegExp(`(^|\\s)${in_set}\\s`));
  }));

test('a client gets another owner, and the former one stays in the team (R37)', () =>
  as(people.lead, async (page) => {
    const { client } = await richClient(api());
    const owners = async () => (await api().get(`/v1/clients/${client.id}`)).records.assignment.filter(({ fields }) => fields.role === 'owner').map(({ fields }) => fields.user);
    const [before] = await owners();
    await visit(page, `#/clients/${client.id}`, '.team');
    await page.getByRole('button', { name: 'Сменить ответственного' }).click();
    const choice = page.locator('dialog select');
    const next = (await choice.locator('option').evaluateAll((found) => found.map(({ value }) => value))).find((value) => value !== before);
    await choice.selectOption(next);
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.deepEqual(await owners(), [next]);
    const team = (await api().get(`/v1/clients/${client.id}`)).records.assignment;
    assert.ok(team.some(({ fields }) => fields.user === before && fields.role === 'member'));
  }));

test('a questionnaire is shown as it was filled in', () =>
  as(people.lead, async (page) => {
    const { questionnaire } = await richClient(api());
    const filled = await api().get(`/v1/questionnaires/${questionnaire}`);
    await visit(page, `#/questionnaires/${questionnaire}`, 'section.card dl');
    assert.equal(await page.locator('section.card').count(), filled.sections.length);
    const shown = plain(await page.locator('main').innerText());
    for (const { kind, value } of filled.sections.flatMap(({ answers }) => answers))
      if (kind === 'text' && typeof value === 'string') assert.ok(shown.includes(plain(value).split('\n')[0]), value);
  }));

test('the answers of a section are counted as by the API', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/answers', '#panel article');
    const { sections } = await api().get('/v1/results/questions');
    for (const section of sections) {
      await page.click(`#tab-${section.name}`);
      await page.waitForSelector(`#tab-${section.name}[aria-selected=true]`);
      const answered = section.questions.filter((question) => question.answered > 0);
      assert.equal(await page.locator('#panel article').count(), answered.length, section.name);
      for (const question of answered.filter(({ choices }) => choices)) {
        const lines = await page.locator(`article[aria-labelledby=question-${question.name}] tbody tr`).allInnerTexts();
        assert.deepEqual(
          lines.map((line) => Number(line.split('\t').at(-2))),
          question.choices.map(({ count }) => count),
          question.name,
        );
      }
    }
  }));

test('texts open in a dialog, are searched as by the API, and Escape gives the focus back', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/answers?section=s5', '#panel article');
    const open = page.locator('article[aria-labelledby=question-nps_why] button');
    await open.click();
    const dialog = page.locator('dialog');
    await dialog.locator('li .text').first().waitFor();
    const given = await api().get('/v1/results/questions/nps_why/texts');
    assert.match(await dialog.innerText(), new RegExp(`(^|\\s)${given.total}\\s`));

    const word = given.items[0].text.split(/[^\p{L}]+/u).find(({ length }) => length > 4);
    const found = await api().get(`/v1/results/questions/nps_why/texts?search=${encodeURIComponent(word)}`);
    assert.ok(found.total > 0 && found.total < given.total, `the word «${word}» tells texts apart`);
    await dialog.locator('input').fill(word);
    await page.waitForFunction((count) => document.querySelectorAll('dialog li .text').length === count, Math.min(20, found.total));

    // The first Escape empties the search field, the second closes the dialog.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(await open.evaluate((button) => button === document.activeElement));
  }));

test('problems: the board holds every open one, and steps are taken by what the server asks for (R15, R17)', () =>
  as(people.lead, async (page) => {
    const { items, total } = await api().get('/v1/cases?status=open&limit=500');
    await visit(page, '#/problems', '.board a');
    assert.equal(await page.locator('.board li').count(), total);

    const worked = items.find(({ status }) => status === 'in_work');
    await visit(page, `#/problems/${worked.id}`, '.steps button');
    await page.getByRole('button', { name: 'Записать работы' }).click();
    await page.fill('dialog textarea', 'Заменили порт');
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await page.getByText('Заменили порт').waitFor();

    const checking = items.find(({ status }) => status === 'rep_called');
    await visit(page, `#/problems/${checking.id}`, '.steps button');
    const offered = (await api().get(`/v1/cases/${checking.id}`)).steps;
    assert.equal(await page.locator('.steps button').count(), offered.length + 1);
    await page.getByRole('button', { name: 'Клиент подтвердил' }).click();
    await page.getByLabel('Кто у клиента').fill('Директор по ИТ');
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await page.waitForSelector('.steps', { state: 'detached' });
    const { fields } = await api().get(`/v1/records/${checking.id}`);
    assert.equal(fields.status, 'confirmed');
    assert.equal(fields.confirmed_by, 'Директор по ИТ');
  }));

test("a client's «no» opens the problem again, and it is the server that counts (R17)", () =>
  as(people.lead, async (page) => {
    const { items } = await api().get('/v1/cases?status=open&limit=500');
    const checking = items.find(({ status }) => status === 'rep_called');
    const before = (await api().get(`/v1/records/${checking.id}`)).fields.reopenings ?? 0;
    await visit(page, `#/problems/${checking.id}`, '.steps button');
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().includes('/v1/cases/'));
    await page.getByRole('button', { name: 'Клиент не подтвердил' }).click();
    await page.getByLabel('Кто у клиента').fill('Администратор сети');
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    assert.deepEqual(Object.keys((await sent).postDataJSON()).sort(), ['contact', 'on']);
    await page.getByText(/открыта повторно/).first().waitFor();
    const { fields } = await api().get(`/v1/records/${checking.id}`);
    assert.equal(fields.reopenings, before + 1);
  }));

test('bottlenecks stand with what mending costs, brings, and when it pays back (R17)', () =>
  as(people.lead, async (page) => {
    const { items } = await api().get('/v1/bottlenecks');
    assert.ok(items.some(({ payback_months }) => payback_months !== null), 'the demo has one with money');
    await visit(page, '#/problems?tab=bottlenecks', '#panel tbody tr');
    assert.equal(await page.locator('#panel tbody tr').count(), items.length);
    const paying = items.find(({ payback_months }) => payback_months !== null);
    const line = plain(await page.locator('#panel tbody tr', { hasText: paying.cause }).first().innerText());
    assert.match(line, /\d мес\./);
  }));

test('the agenda of the week tells every overdue case, and each case once (R16)', () =>
  as(people.lead, async (page) => {
    const agenda = await api().get('/v1/agenda');
    assert.ok(agenda.overdue.length > 0);
    await visit(page, '#/problems?tab=agenda', '.wall dl');
    const links = await page.locator('.wall li a').evaluateAll((found) => found.map(({ href }) => href));
    assert.equal(new Set(links).size, links.length);
    assert.equal(links.length, agenda.on_agenda);
    for (const { id } of agenda.overdue) assert.ok(links.some((link) => link.endsWith(id)), id);
    // On the wall it is read from afar.
    await page.getByRole('button', { name: 'На весь экран' }).click();
    await page.waitForFunction(() => document.fullscreenElement !== null);
    assert.ok(await page.locator('.wall li').first().evaluate((line) => parseFloat(getComputedStyle(line).fontSize) >= 20));
  }));

test("campaign: a client changes hands on the lists, and the server's rules say what goes along (R5)", () =>
  as(people.lead, async (page) => {
    await visit(page, '#/campaign?tab=lists', 'tbody select');
    const row = page.locator('tbody tr', { has: page.locator('select') }).first();
    const select = row.locator('select').last();
    const name = await row.locator('th a').innerText();
    const before = await select.inputValue();
    const options = await select.locator('option').evaluateAll((found) => found.map(({ value }) => value));
    const next = options.find((value) => value && value !== before);
    await select.selectOption(next);
    await page.locator('[role=status] p', { hasText: name }).waitFor();
    const lists = await api().get('/v1/campaign/lists');
    assert.equal(lists.items.find(({ client }) => client.name === name).rep.id, next);
  }));

test('campaign: a client is drawn to a name with the mouse, and given by keys alone', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/campaign?tab=lists', 'tbody select');
    const repOf = async (name) => (await api().get('/v1/campaign/lists')).items.find(({ client }) => client.name === name).rep.id;
    const row = page.locator('tbody tr').nth(2);
    const name = await row.locator('th a').innerText();
    const before = await repOf(name);
    const names = page.locator('ul[aria-label] li', { has: page.locator('a[href*="rep="]') });
    const places = await names.locator('a').evaluateAll((links) => links.map((link) => new URLSearchParams(link.hash.split('?')[1]).get('rep')));
    await row.locator('th a').dragTo(names.nth(places.findIndex((id) => id !== before)));
    await page.locator('[role=status] p', { hasText: name }).waitFor();
    const drawn = await repOf(name);
    assert.equal(drawn, places.find((id) => id !== before));

    const choice = page.getByLabel(`Кому отдать: ${name}`);
    const moved = page.waitForResponse((answer) => answer.url().endsWith('/move') && answer.ok());
    await choice.focus();
    await page.keyboard.press((await choice.evaluate(({ selectedIndex }) => selectedIndex)) > 0 ? 'ArrowUp' : 'ArrowDown');
    await moved;
    assert.notEqual(await repOf(name), drawn);
  }));

test('campaign: a new pass is begun, its clients are distributed, and suggestions are decided (R3-R5)', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/campaign', '#panel section.card');
    await page.getByRole('button', { name: 'Новый проход' }).click();
    await page.getByLabel('Название').fill('Проход проверки');
    await page.locator('dialog input[value=A]').check();
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Проход проверки' }).waitFor();
    const { items } = await api().get('/v1/campaign/campaigns');
    const made = items.find(({ title }) => title === 'Проход проверки');
    const { clients, filter } = await api().get(`/v1/campaign/campaign?campaign=${made.id}`);
    assert.deepEqual(filter.segments, ['A']);
    await page.getByRole('button', { name: `Распределить ${clients}` }).click();
    await page.locator('[role=status] p', { hasText: `Распределено: ${clients}` }).waitFor();
    assert.equal((await api().get(`/v1/campaign/campaign?campaign=${made.id}`)).listed, clients);

    const relation = page.locator('tbody select').first();
    const name = await page.locator('tbody th a').first().innerText();
    await relation.selectOption('unsure');
    const suggestion = page.locator('#panel section.card li', { hasText: name });
    await suggestion.getByRole('button', { name: 'Передать' }).click();
    await suggestion.waitFor({ state: 'detached' });
    const decided = (await api().get(`/v1/campaign/suggestions?campaign=${made.id}`)).items.find(({ client }) => client.name === name);
    assert.equal(decided.status, 'accepted');
    const { items: listed } = await api().get(`/v1/campaign/lists?campaign=${made.id}`);
    assert.equal(listed.find(({ client }) => client.name === name).rep.id, decided.to.id);
  }));

test('campaign: the calendar holds booked visits and calls to be made again (R9)', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/campaign?tab=calendar', '.calendar');
    const [lists, calls] = await Promise.all([api().get('/v1/campaign/lists'), api().get('/v1/campaign/calls')]);
    const monday = new Date();
    monday.setHours(0, 0, 0, 0);
    monday.setDate(monday.getDate() - ((monday.getDay() + 6) % 7));
    const shown = (at) => at >= monday.getTime() && at < monday.getTime() + 28 * 86_400_000;
    const expected = lists.items.filter(({ visit_at }) => shown(visit_at)).length + calls.items.filter(({ last }) => shown(last?.call_back_at)).length;
    assert.ok(expected > 0);
    assert.equal(await page.locator('.calendar a').count(), expected);
  }));

test('campaign: staffing is reckoned anew when a number changes (R21)', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/campaign?tab=staffing', 'dl dd');
    const { people: needed } = await api().get('/v1/campaign/staffing?clients=1000');
    await page.getByLabel('Всего клиентов').fill('1000');
    await page.waitForFunction((count) => document.querySelector('dl dd')?.textContent === String(count), needed.full_only);
  }));

test('campaign: norms of every week, and where the pass will end (R8, R20)', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/campaign', '#panel table');
    const [{ weeks }, { forecast, by_rep }] = await Promise.all([api().get('/v1/campaign/norms'), api().get('/v1/campaign/coverage')]);
    const shown = plain(await page.locator('#panel').innerText());
    for (const week of weeks) assert.ok(shown.includes(`${week.done} из ${week.norm}`), week.week);
    assert.ok(shown.includes(`${(forecast.pace_tenths / 10).toLocaleString('ru')}`));
    for (const { rep } of by_rep) if (rep) assert.ok(shown.includes(rep.name), rep.name);
    // The chart is drawn, and its figures are there for whoever does not see it.
    assert.ok(await page.locator('figure canvas').count());
    assert.ok((await page.locator('figure table tbody tr').count()) > 0);
  }));

test('results: every figure leads to as many records', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/results', '#panel, main section.card');
    const { key_persons, risk, accounts } = await api().get('/v1/results/consolidated');
    const figures = [
      ['key_persons?outcome=changed', key_persons.changed],
      ['risk', risk.clients],
      ['accounts?ownership=one', accounts.one],
    ];
    for (const [list, count] of figures) {
      const link = `dd a[href="#/results/${list}"], .figure a[href="#/results/${list}"]`;
      await visit(page, '#/results', link);
      assert.equal(Number(plain(await page.locator(link).first().innerText()).replaceAll(' ', '')), count, list);
      await page.locator(link).first().click();
      await page.waitForSelector(rows(count));
    }
  }));

test('a conflict shows both sides and who wrote them, and is settled for one (R34)', () =>
  as(people.lead, async (page) => {
    const { client } = await richClient(api());
    const contact = (await api().get(`/v1/clients/${client.id}`)).records.contact[0].id;
    const edit = (value) => ({ record: contact, collection: 'contact', scope: client.id, ops: [{ op: 'set', path: 'phone', value }] });
    await api().push(people.lead, edit('+7 000 111-11-11'));
    const theirs = await api().push(people.lead, edit('+7 000 222-22-22'));
    assert.equal(theirs.status, 'conflict');

    await visit(page, '#/conflicts', 'article li');
    const card = page.locator('article', { hasText: '+7 000 222-22-22' });
    assert.match(await card.innerText(), /Ковалёва/);
    await card.locator('li', { hasText: '+7 000 222-22-22' }).getByRole('button').click();
    await card.waitFor({ state: 'detached' });
    assert.equal((await api().get(`/v1/records/${contact}`)).fields.phone, '+7 000 222-22-22');
    await page.getByRole('tab', { name: /Решены/ }).click();
    await page.locator('article', { hasText: '+7 000 222-22-22' }).waitFor();
  }));

test("an edit that was parked is told with its reason, and taken in the lead's name", () =>
  as(people.lead, async (page) => {
    const me = (await api().get('/v1/people')).items.find(({ name }) => name.startsWith('Иванова'));
    const { items } = await api().get('/v1/clients?limit=200');
    let foreign;
    for (const { id } of items) {
      const { assignment } = (await api().get(`/v1/clients/${id}`)).records;
      if (assignment?.length > 0 && !assignment.some(({ fields }) => fields.user === me.id)) foreign = id;
      if (foreign) break;
    }
    assert.ok(foreign, 'the demo has clients of others');
    const edit = { record: foreign, collection: 'client', scope: foreign, ops: [{ op: 'set', path: 'website', value: 'https://parked.example' }] };
    const sent = await api().push(people.rep, edit);
    assert.equal(sent.status, 'parked');
    await visit(page, '#/conflicts?tab=parked', '#panel section.card');
    const card = page.locator('section.card', { hasText: 'https://parked.example' });
    await card.getByRole('button', { name: 'Применить от моего имени' }).click();
    await card.waitFor({ state: 'detached' });
    assert.equal((await api().get(`/v1/records/${foreign}`)).fields.website, 'https://parked.example');
    // It came in an unusual way, and the log can be asked for just that.
    await visit(page, `#/audit?client=${foreign}`, 'tbody tr');
    await page.locator('tbody tr', { hasText: 'не принята' }).first().waitFor();
  }));

test('a device is revoked after one question, and refused from then on', () =>
  as(people.lead, async (page) => {
    await api().push(people.rep, { record: crypto.randomUUID(), collection: 'note', scope: 'company', ops: [{ op: 'set', path: '', value: {} }] });
    await visit(page, '#/devices', 'tbody tr');
    const row = page.locator('tr', { hasText: 'Phone of ivanova' }).first();
    await row.getByRole('button').click();
    await page.getByRole('button', { name: 'Отозвать и стереть' }).click();
    await page.waitForSelector('dialog', { state: 'detached' });
    const { devices } = await api().get('/v1/devices');
    assert.ok(devices.some(({ name, revoked }) => name === 'Phone of ivanova' && revoked));
    await page.selectOption('[aria-label="Состояние"]', 'revoked');
    const { devices: gone } = await api().get('/v1/devices?state=revoked&browsers=no');
    await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length === count, gone.length);
  }));

test('mail: without a mail server the page says how to set one up, and shows what would go out (R16)', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/mail', '.empty code');
    const letter = await api().get('/v1/mail/reports/weekly');
    await page.locator('section.card', { hasText: 'Повестка недели' }).getByRole('button', { name: 'Посмотреть' }).click();
    await page.waitForSelector('dialog dl');
    const shown = plain(await page.locator('dialog').innerText());
    assert.ok(shown.includes(plain(letter.subject)));
    for (const { label, value } of letter.figures) assert.ok(shown.includes(plain(label)) && shown.includes(plain(value)), label);
    for (const section of letter.sections) {
      assert.ok(shown.includes(plain(section.heading)), section.heading);
      for (const cells of section.rows) assert.ok(shown.includes(plain(cells[0].text)), cells[0].text);
    }
    assert.equal(await page.getByRole('button', { name: 'Отправить сейчас' }).count(), 0);
  }));

test('users, audit log and backup tell what the server has', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/users', 'tbody tr');
    assert.equal(await page.locator('tbody tr').count(), (await api().get('/v1/users')).items.length);
    await visit(page, '#/audit', 'tbody tr');
    await page.getByRole('button', { name: 'Показать более ранние' }).click();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length > 150);
    await visit(page, '#/backup', 'section.card');
    await page.getByText('Копии ещё не делали').waitFor();
  }));
