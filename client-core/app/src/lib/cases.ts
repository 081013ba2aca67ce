// A quality case in one line: where it stands, how bad it is, since when.
import { locale } from './i18n.svelte';
import { text, type Body } from './types';

export const caseLine = (body: Body, ...parts: ('status' | 'severity' | 'date')[]): string =>
  parts
    .map((part) => {
      if (part === 'status') return locale.name('case_status', text(body, 'status'));
      if (part === 'severity') return text(body, 'severity') ? locale.name('severity', text(body, 'severity')) : '';
      return text(body, 'opened_on') ? locale.date(text(body, 'opened_on')) : '';
    })
    .filter(Boolean)
    .join(' · ');
