import type { BundlePrimitives } from './types';

export const bundle: BundlePrimitives;
