import { priceOf } from './prices';

const stored: { price: number }[] = [];

export const TAX = 0.07;

export const orders = {
  all: () => stored.map(priceOf),
  add(order: { price: number }) {
    stored.push(order);
    return stored.length;
  },
};
