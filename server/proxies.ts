/** Whom TRUST_PROXY may name: what Express takes is asked of Express itself, before anything is opened. */
import express from 'express';

/** `true`: everybody in front is believed; a number: so many proxies; a string: their addresses. */
export type Proxies = boolean | number | string;

/** @returns null for what Express would refuse */
export function readProxies(value: string): Proxies | null {
  if (value === '' || value === 'false' || value === '0') return false;
  if (value === 'true') return true;
  if (/^\d{1,3}$/.test(value)) return Number(value);
  try {
    express().set('trust proxy', value);
    return value;
  } catch {
    return null;
  }
}
