import { mount } from 'svelte';
import App from './App.svelte';
import { locale } from './lib/i18n.svelte';
import { appearance } from '@web/theme.svelte';
import '@web/base.css';
import './fonts.css';
import './styles.css';

locale.apply();
appearance.apply();

const target = document.getElementById('app');
if (!target) throw new Error('no #app in the page');
mount(App, { target });
