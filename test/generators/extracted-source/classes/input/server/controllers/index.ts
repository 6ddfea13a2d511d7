export * from './customer.controller';
export { OrderController } from './order.controller';
export type { Controller } from './controller';
