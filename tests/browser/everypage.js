// Every address of the console, for tests that hold for all of them and for pictures of all of them.
import { drawnClient, richClient } from './office.js';

/** As the lead sees them. */
export async function everyPage(api) {
  const { client, questionnaire } = await richClient(api);
  const drawn = (await drawnClient(api)).client;
  const problem = (await api.get('/v1/cases?limit=1&status=open')).items[0].id;
  const of = (page, tabs) => tabs.map((tab) => `${page}?tab=${tab}`);
  const lists = ['questionnaires', 'key_persons', 'clients', 'sales', 'referrals', 'risk', 'new_in_range', 'nps', 'opportunities', 'revisions', 'accounts'];
  return [
    'overview',
    'results',
    ...lists.map((list) => `results/${list}`),
    'clients',
    `clients/${client.id}`,
    ...of(`clients/${client.id}`, ['contacts', 'history', 'ahead', 'work', 'sales', 'files']),
    `clients/${drawn.id}?tab=decision`,
    'questionnaires',
    `questionnaires/${questionnaire}`,
    'questionnaires?print=blank',
    `questionnaires/${questionnaire}?print=filled`,
    'answers',
    'problems',
    ...of('problems', ['table', 'bottlenecks', 'tasks', 'agenda']),
    `problems/${problem}`,
    'campaign',
    ...of('campaign', ['lists', 'calls', 'calendar', 'cadence', 'meetings', 'pareto', 'seasons', 'staffing', 'settings']),
    'conflicts',
    ...of('conflicts', ['parked', 'resolved']),
    'devices',
    'mail',
    'users',
    'audit',
    'backup',
  ];
}

/** What opens over a page: where, how, and what shows that it is open. */
export const opened = [
  { name: 'palette', at: 'overview', open: (page) => page.keyboard.press('Control+k'), shows: 'dialog [role=option]' },
  { name: 'shortcuts', at: 'overview', open: (page) => page.keyboard.press('?'), shows: 'dialog kbd' },
  { name: 'export menu', at: 'clients', open: (page) => page.click('[aria-haspopup=menu]'), shows: '[role=menuitem]' },
  { name: 'saved view', at: 'clients?coverage=paused', open: (page) => page.getByRole('button', { name: /Сохранить отбор|Save/ }).click(), shows: 'dialog input' },
  { name: 'texts', at: 'answers?section=s5', open: (page) => page.locator('article .button').first().click(), shows: 'dialog li' },
  { name: 'report', at: 'mail', open: (page) => page.locator('section.card .button').first().click(), shows: 'dialog section' },
  { name: 'new pass', at: 'campaign', open: (page) => page.getByRole('button', { name: /Новый проход|New pass/ }).click(), shows: 'dialog fieldset' },
  { name: 'revoke', at: 'devices?browsers=yes', open: (page) => page.locator('td.act button').first().click(), shows: 'dialog' },
  { name: 'edits', at: 'audit', open: (page) => page.locator('tbody button').first().click(), shows: 'dialog li' },
];
