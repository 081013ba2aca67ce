// Whether a client is a key one, in a word.
import { locale } from './i18n.svelte';
import { text, type Body } from './types';

export const keyStatus = (body: Body): string => (['key', 'top'].includes(text(body, 'key_status')) ? locale.name('clients', text(body, 'key_status')) : '');
