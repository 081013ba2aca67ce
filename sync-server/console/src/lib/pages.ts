// The pages, who sees them, and how each is fetched: only the first one comes with the page itself.
import type { Component } from 'svelte';
import type { IconName } from '@web/icons';
import type { Key } from './i18n.svelte';
import type { Person } from './api';

type Role = Person['role'];

export interface Page {
  name: string;
  label: Key;
  icon: IconName;
  /** Pressed after "g". */
  key: string;
  roles: Role[];
  group: 'programme' | 'control';
  load: () => Promise<{ default: Component }>;
}

const everybody: Role[] = ['rep', 'service', 'lead', 'manager', 'admin'];
const commercial: Role[] = ['rep', 'lead', 'manager', 'admin'];
const control: Role[] = ['lead', 'admin'];

export const pages: Page[] = [
  { name: 'overview', label: 'nav.overview', icon: 'overview', key: 'o', roles: everybody, group: 'programme', load: () => import('../pages/overview/Overview.svelte') },
  { name: 'results', label: 'nav.results', icon: 'results', key: 'r', roles: commercial, group: 'programme', load: () => import('../pages/results/ResultsPage.svelte') },
  { name: 'clients', label: 'nav.clients', icon: 'clients', key: 'c', roles: commercial, group: 'programme', load: () => import('../pages/clients/Clients.svelte') },
  { name: 'questionnaires', label: 'nav.questionnaires', icon: 'sheet', key: 'q', roles: everybody, group: 'programme', load: () => import('../pages/questionnaires/Questionnaires.svelte') },
  { name: 'answers', label: 'nav.answers', icon: 'answers', key: 'a', roles: everybody, group: 'programme', load: () => import('../pages/answers/AnswersPage.svelte') },
  { name: 'problems', label: 'nav.problems', icon: 'problems', key: 'p', roles: everybody, group: 'programme', load: () => import('../pages/problems/Problems.svelte') },
  { name: 'campaign', label: 'nav.campaign', icon: 'campaign', key: 'm', roles: commercial, group: 'programme', load: () => import('../pages/campaign/Campaign.svelte') },
  { name: 'conflicts', label: 'nav.conflicts', icon: 'conflict', key: 'x', roles: commercial, group: 'control', load: () => import('../pages/conflicts/Conflicts.svelte') },
  { name: 'devices', label: 'nav.devices', icon: 'device', key: 'd', roles: control, group: 'control', load: () => import('../pages/devices/Devices.svelte') },
  { name: 'mail', label: 'nav.mail', icon: 'mail', key: 'e', roles: control, group: 'control', load: () => import('../pages/mail/Mail.svelte') },
  { name: 'users', label: 'nav.users', icon: 'users', key: 'u', roles: control, group: 'control', load: () => import('../pages/users/Users.svelte') },
  { name: 'audit', label: 'nav.audit', icon: 'log', key: 'l', roles: control, group: 'control', load: () => import('../pages/audit/Audit.svelte') },
  { name: 'backup', label: 'nav.backup', icon: 'backup', key: 'b', roles: control, group: 'control', load: () => import('../pages/backup/Backup.svelte') },
];

export const pagesOf = (role: Role): Page[] => pages.filter((page) => page.roles.includes(role));
