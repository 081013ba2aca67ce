// Something read from the core.
import { Load as SharedLoad } from '@web/load.svelte';
import type { Failure } from '../core/client';
import { failureOf } from './session.svelte';

export class Load<T> extends SharedLoad<T, Failure> {
  constructor() {
    super(failureOf);
  }
}
