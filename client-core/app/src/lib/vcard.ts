// A contact as a vCard 3.0, which every phone's address book takes.
import { text, type Body } from './types';

const escape = (value: string) => value.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');

export function vcard(contact: Body, company: string): string {
  const name = text(contact, 'name');
  const [family = name, ...given] = name.split(/\s+/);
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `N:${escape(family)};${escape(given.join(' '))};;;`, `FN:${escape(name)}`, `ORG:${escape(company)}`];
  if (text(contact, 'post')) lines.push(`TITLE:${escape(text(contact, 'post'))}`);
  if (text(contact, 'phone')) lines.push(`TEL;TYPE=WORK:${escape(text(contact, 'phone'))}`);
  if (text(contact, 'email')) lines.push(`EMAIL;TYPE=WORK:${escape(text(contact, 'email'))}`);
  return `${[...lines, 'END:VCARD'].join('\r\n')}\r\n`;
}
