import { mount } from 'svelte';
import App from './App.svelte';
import { locale } from './lib/i18n.svelte';
import { appearance } from '@web/theme.svelte';
import { updates } from './lib/updates.svelte';
import '@web/base.css';
import { warm } from './core/client';
import './styles.css';

warm();

locale.apply();
appearance.apply();
updates.start();

const target = document.getElementById('app');
if (!target) throw new Error('no #app in the page');
mount(App, { target });
