import { TAX } from './orders';

export const priceOf = (order: { price: number }) => order.price * (1 + TAX);
